import { refuse, type Refusal } from '#domain/decision';
import { type Instant, plusSeconds } from '#domain/instant';
import type { DirectoryDocument, Office } from '#evidence/statements';
import type { KnownPerson } from './directory-draft.js';
import { draftsWhatItSigns, type LawGround } from './directory-law.js';

const LONGEST_DAYS = 366;
const DAY_SECONDS = 86_400;
/** "From now on" has been under way a little when it arrives. */
const LATENESS_SECONDS = 300;

/** What a principal asks for. */
export interface DeputyWish extends Office {
  readonly principal: string;
  readonly agent: string;
  readonly from: Instant;
  readonly until: Instant;
}

/** A grant that stands: its period, cut where it was revoked. */
export interface StandingDeputy extends DeputyWish {
  readonly id: string;
  readonly revokedAt: Instant | null;
}

/** What a wish is judged against. `deputies`: all of the same office; `people` by id. */
export interface DeputyGround extends LawGround {
  readonly at: Instant;
  readonly people: ReadonlyMap<string, KnownPerson>;
  readonly deputies: readonly StandingDeputy[];
}

/** Guards of a grant, in the order they are asked. A broken variant replaces one and must be caught. */
export interface DeputyRules {
  isAnother(wish: DeputyWish): boolean;
  isLawfulPeriod(wish: DeputyWish, at: Instant): boolean;
  holdsOffice(wish: DeputyWish, ground: DeputyGround): boolean;
  isAvailable(wish: DeputyWish, ground: DeputyGround): boolean;
  isPresent(wish: DeputyWish, ground: DeputyGround): boolean;
  isFirst(wish: DeputyWish, ground: DeputyGround): boolean;
  isNoDrafter(wish: DeputyWish, ground: DeputyGround): boolean;
}

/** The rules as they are. */
export const deputyRules: DeputyRules = {
  isAnother: ({ principal, agent }) => principal !== agent,
  isLawfulPeriod: ({ from, until }, at) =>
    from >= plusSeconds(at, -LATENESS_SECONDS) &&
    until > from &&
    until > at &&
    until <= plusSeconds(from, LONGEST_DAYS * DAY_SECONDS),
  holdsOffice: ({ principal, role, organ, from }, { document }) =>
    heldOffice(document, principal, { role, organ }, from),
  isAvailable: ({ agent, from }, { people }) => {
    const person = people.get(agent);
    return person !== undefined && !person.administrator && (person.leavesAt === null || person.leavesAt > from);
  },
  // One hop, and no circle: nobody acts for another while he has somebody act for himself in that office.
  isPresent: (wish, { deputies }) => !deputies.some((given) => given.principal === wish.agent && overlap(given, wish)),
  isFirst: (wish, { deputies }) =>
    !deputies.some((given) => given.principal === wish.principal && overlap(given, wish)),
  isNoDrafter: ({ agent, role, organ, from }, ground) => !draftsWhatItSigns(agent, { role, organ }, ground, from),
};

/**
 * Null when the grant may be made, else: deputy_self, deputy_period, deputy_no_office, deputy_unavailable, deputy_away,
 * deputy_exists, deputy_drafts.
 */
export function deputyRefusal(
  wish: DeputyWish,
  ground: DeputyGround,
  rules: DeputyRules = deputyRules,
): Refusal | null {
  const { role, organ } = wish;
  if (!rules.isAnother(wish)) return refuse('deputy_self');
  if (!rules.isLawfulPeriod(wish, ground.at)) return refuse('deputy_period', { at: ground.at });
  if (!rules.holdsOffice(wish, ground)) return refuse('deputy_no_office', { role, organ });
  if (!rules.isAvailable(wish, ground)) return refuse('deputy_unavailable');
  if (!rules.isPresent(wish, ground)) return refuse('deputy_away', { role, organ });
  if (!rules.isFirst(wish, ground)) return refuse('deputy_exists', { role, organ });
  return rules.isNoDrafter(wish, ground) ? null : refuse('deputy_drafts', { role, organ });
}

/** True when a grant of the directory gives the person that office at that instant. */
function heldOffice({ grants }: DirectoryDocument, person: string, { role, organ }: Office, at: Instant): boolean {
  return grants.some(
    (grant) =>
      grant.person === person &&
      grant.role === role &&
      grant.organ === organ &&
      grant.from <= at &&
      (grant.until === null || at < grant.until),
  );
}

/** Both stand at some common instant. A revoked grant stands until it was revoked. */
function overlap(given: StandingDeputy, wish: DeputyWish): boolean {
  const end = given.revokedAt !== null && given.revokedAt < given.until ? given.revokedAt : given.until;
  return given.from < wish.until && wish.from < end;
}
