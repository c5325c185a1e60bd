import type { DirectoryChange } from '#contracts/http/directory.api';
import { isRefusal, refuse } from '#domain/decision';
import { type Instant, instant } from '#domain/instant';
import type { DirectoryDocument } from '#evidence/statements';
import { type Changing, type ChangeRefusal, timeOf } from './changing.js';
import type { KnownPerson } from './directory-draft.js';

type OfficeChange = Extract<DirectoryChange, { type: 'add-person' | 'new-password' | 'leave' | 'grant' | 'end-grant' }>;
type Grant = DirectoryDocument['grants'][number];

/**
 * People and their offices: add a person, give a new one-time password, grant, end a grant, leave. Refusals: login_taken,
 * unknown_person, has_left, administrator_apart, unknown_organ, already_in_office, not_in_office, back_dated.
 */
export function changeOffice(draft: Changing, change: OfficeChange): ChangeRefusal | null {
  if (change.type === 'add-person') return addPerson(draft, change);
  const person = draft.people.get(change.login);
  if (person === undefined) return refuse('unknown_person');
  if (person.leavesAt !== null) return refuse('has_left', { at: person.leavesAt });
  if (person.administrator && change.type !== 'new-password') return refuse('administrator_apart');
  switch (change.type) {
    case 'new-password':
      draft.newPasswords.push(person.id);
      return null;
    case 'leave':
      return leave(draft, change, person);
    case 'grant':
      return addGrant(draft, change, person);
    default:
      return endGrant(draft, change, person);
  }
}

function addPerson(
  draft: Changing,
  { login, name }: Extract<OfficeChange, { type: 'add-person' }>,
): ChangeRefusal | null {
  if (draft.people.has(login)) return refuse('login_taken');
  const id = draft.newId();
  draft.people.set(login, { id, administrator: false, leavesAt: null });
  draft.persons = [...draft.persons, { id, active: true }];
  draft.newPeople.push({ id, login, name });
  draft.newPasswords.push(id);
  return null;
}

function addGrant(
  draft: Changing,
  { role, organ, ...change }: Extract<OfficeChange, { type: 'grant' }>,
  { id: person }: KnownPerson,
): ChangeRefusal | null {
  if (!draft.organs.some(({ code }) => code === organ)) return refuse('unknown_organ', { organ });
  const from = timeOf(draft, change.from, draft.at);
  if (isRefusal(from)) return from;
  const until = change.until === null ? null : instant(change.until);
  if (until !== null && until <= from) return refuse('back_dated', { earliest: from });
  const fresh: Grant = { person, role, organ, from, until };
  const overlaps = draft.grants.some(
    (held) => isSameOffice(held, fresh) && beginsBefore(from, held.until) && beginsBefore(held.from, until),
  );
  if (overlaps) return refuse('already_in_office');
  draft.grants = [...draft.grants, fresh];
  return null;
}

function endGrant(
  draft: Changing,
  { role, organ, ...change }: Extract<OfficeChange, { type: 'end-grant' }>,
  { id: person }: KnownPerson,
): ChangeRefusal | null {
  const until = timeOf(draft, change.until, draft.effectiveAt);
  if (isRefusal(until)) return until;
  const ended = endGrants(draft, until, (held) => isSameOffice(held, { person, role, organ }));
  return ended === 0 ? refuse('not_in_office') : null;
}

/** 离职: every office ends, and the account with them, at a time; the directory never says only that somebody is gone. */
function leave(
  draft: Changing,
  change: Extract<OfficeChange, { type: 'leave' }>,
  person: KnownPerson,
): ChangeRefusal | null {
  const at = timeOf(draft, change.until, draft.effectiveAt);
  if (isRefusal(at)) return at;
  endGrants(draft, at, (held) => held.person === person.id);
  draft.people.set(change.login, { ...person, leavesAt: at });
  draft.leavers.push({ person: person.id, at });
  draft.ends.push(at);
  return null;
}

/** Ends grants that go on at `until`; what would only begin then never begins. Answers how many. */
function endGrants(draft: Changing, until: Instant, isEnded: (grant: Grant) => boolean): number {
  const goesOn = (grant: Grant): boolean => isEnded(grant) && beginsBefore(until, grant.until);
  const ended = draft.grants.filter(goesOn).length;
  draft.grants = draft.grants.flatMap((grant) => {
    if (!goesOn(grant)) return [grant];
    return grant.from >= until ? [] : [{ ...grant, until }];
  });
  if (ended > 0) draft.ends.push(until);
  return ended;
}

const beginsBefore = (from: Instant, until: Instant | null): boolean => until === null || from < until;

function isSameOffice(
  one: Pick<Grant, 'person' | 'role' | 'organ'>,
  other: Pick<Grant, 'person' | 'role' | 'organ'>,
): boolean {
  return one.person === other.person && one.role === other.role && one.organ === other.organ;
}
