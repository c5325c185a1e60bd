import { type Instant, instant, plusSeconds } from '#domain/instant';
import type { DirectoryDocument, Office } from '#evidence/statements';
import type { OfficeTaken } from '#evidence/verify-seats';
import { DISCLOSURE_HEAD, type Offices } from '#signoff/directory';
import { id } from '../bundle-builder.js';

/** When every history begins. The bundles a history ends in are built from the same second. */
export const START = instant('2026-01-20T01:00:00.000Z');
export const ORGAN = 'xiangyang';
export const SUBMITTER = id(4);
export const CONTRIBUTOR = id(5);
export const HEAD = id(6);
/** Twelve people who may sign, by number. */
export const SIGNERS: readonly string[] = Array.from({ length: 12 }, (_, index) => id(10 + index));
export const EVERYBODY: readonly string[] = [...SIGNERS, SUBMITTER, CONTRIBUTOR, HEAD];

/** The offices routes ask for; the last is the superior of the others. */
export const OFFICES: readonly Office[] = [
  { role: 'reviewer', organ: 'office' },
  { role: 'counsel', organ: 'justice' },
  { role: 'principal', organ: ORGAN },
  { role: 'chief', organ: ORGAN },
];
export const CHIEF = 3;

/** Who holds which office at first. People who wrote the report hold offices too: only the law keeps them from signing. */
const HOLDERS: readonly (readonly number[])[] = [
  [0, 1, 2, 3, 4, 5],
  [3, 4, 5, 6, 7, 8],
  [6, 7, 8, 9, 0, 1],
  [10, 11, 2],
];

interface Held extends Office {
  readonly person: string;
  readonly from: Instant;
  until: Instant | null;
}

interface Deputy extends Office {
  readonly principal: string;
  readonly agent: string;
  readonly since: Instant;
  readonly until: Instant;
  revoked: boolean;
}

/** Who holds which office when, and who acts for whom: the truth both legs have a copy of. */
export class Staff implements Offices {
  private readonly held: Held[];
  private readonly left = new Set<string>();
  private readonly deputies: Deputy[] = [];
  /** Grows with everything that happens to it. */
  version = 1;

  constructor() {
    const from = plusSeconds(START, -3600);
    const grant = (person: string, { role, organ }: Office): Held => ({ person, role, organ, from, until: null });
    this.held = OFFICES.flatMap((office, index) => HOLDERS[index]!.map((nth) => grant(SIGNERS[nth]!, office)));
    this.held.push(grant(SUBMITTER, OFFICES[0]!), grant(CONTRIBUTOR, OFFICES[2]!), grant(CONTRIBUTOR, OFFICES[CHIEF]!));
    this.held.push(grant(HEAD, { role: DISCLOSURE_HEAD, organ: ORGAN }));
  }

  holders(role: string, organ: string, at: Instant): readonly string[] {
    const holding = this.held.filter(
      (one) =>
        one.role === role && one.organ === organ && one.from <= at && (one.until === null || at < one.until) && !this.left.has(one.person),
    ); // prettier-ignore
    return [...new Set(holding.map(({ person }) => person))];
  }

  holds(person: string, role: string, organ: string, at: Instant): boolean {
    return this.holders(role, organ, at).includes(person);
  }

  countsStill({ actor, onBehalfOf = null, role, organ, as = null, at }: OfficeTaken): boolean {
    const office = as ?? { role, organ };
    return this.held.some(
      (one) =>
        one.person === (onBehalfOf ?? actor) && one.role === office.role && one.organ === office.organ && one.from <= at &&
        (one.until === null ? !this.left.has(one.person) : at < one.until),
    ); // prettier-ignore
  }

  actsFor(agent: string, principal: string, role: string, organ: string, at: Instant): boolean {
    return this.deputies.some(
      (one) =>
        one.agent === agent && one.principal === principal && one.role === role && one.organ === organ && !one.revoked && one.since <= at && at < one.until,
    ); // prettier-ignore
  }

  /** Somebody leaves, or comes back with the offices he had. */
  leaveOrReturn(person: string, at: Instant): void {
    const own = this.held.filter((one) => one.person === person);
    if (this.left.delete(person))
      for (const one of own.filter(({ until }) => until !== null)) this.held.push({ ...one, from: at, until: null }); // prettier-ignore
    else {
      this.left.add(person);
      for (const one of own) if (one.until === null) one.until = at;
    }
    this.version += 1;
  }

  /** It is heard only now that somebody had left already then. Who came to an office later never held it. */
  leftBefore(person: string, at: Instant): void {
    if (this.left.has(person)) return;
    this.left.add(person);
    for (const one of this.held) if (one.person === person && (one.until === null || one.until > at)) one.until = one.from < at ? at : one.from; // prettier-ignore
    this.version += 1;
  }

  /** Somebody loses an office he holds, or is given one he does not. */
  changeOffice(person: string, { role, organ }: Office, at: Instant): void {
    const own = this.held.find((one) => one.person === person && one.role === role && one.organ === organ && one.until === null); // prettier-ignore
    if (own === undefined) this.held.push({ person, role, organ, from: at, until: null });
    else own.until = at;
    this.version += 1;
  }

  appoint(principal: string, agent: string, { role, organ }: Office, since: Instant, seconds: number): void {
    this.deputies.push({ principal, agent, role, organ, since, until: plusSeconds(since, seconds), revoked: false });
    this.version += 1;
  }

  revoke(nth: number): void {
    const one = this.deputies[nth % Math.max(1, this.deputies.length)];
    if (one !== undefined) one.revoked = true;
    this.version += 1;
  }

  /** Deputies of the person who may sign that office for somebody now. */
  deputiesFor({ role, organ }: Office, at: Instant): readonly Deputy[] {
    return this.deputies.filter(({ agent, principal }) => this.actsFor(agent, principal, role, organ, at));
  }

  /** What both administrators would have signed. */
  document(routes: DirectoryDocument['routes']): DirectoryDocument {
    return {
      schema: 'sunward.directory/2', version: this.version, at: START,
      routes: routes.map((route) => ({ ...route, levels: '*' as const, from: START, until: null })),
      organs: [{ code: ORGAN, name: '向阳区人民政府', level: 'county', parent: null }],
      persons: EVERYBODY.map((person) => ({ id: person, active: !this.left.has(person) })),
      grants: this.held.map(({ person, role, organ, from, until }) => ({ person, role, organ, from, until })),
    }; // prettier-ignore
  }
}
