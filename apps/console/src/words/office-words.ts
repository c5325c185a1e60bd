import type { Names, Seat } from '../api/answers.js';
import { nameOf } from '../api/case-file.js';
import { has, type Key, type Say } from './words.js';

/** The offices people may hold, as far as the console has words for them. */
export const ROLES = [
  'drafter',
  'first-reviewer',
  'section-head',
  'secrecy-reviewer',
  'countersigner',
  'countersign-lead',
  'deputy-leader',
  'principal',
  'disclosure-head',
  'authorized-issuer',
  'executive-deputy',
  'office-deputy',
  'office-head',
  'office-secretary',
  'superior-reviewer',
  'archivist',
] as const;

/** What an office is called; an installation may have offices the console has no word for. */
export const roleWords = (role: string, say: Say): string =>
  has(`role.${role}`) ? say(`role.${role}` as Key) : say('role.other', { role });

/** An office at its organ; `office` as `role@organ`. */
export function officeWords(office: string, names: Names, say: Say): string {
  const [role = '', organ = ''] = office.split('@');
  const known = names.offices.find((one) => one.office === office)?.organName;
  return say('seat.office', { organ: known ?? organ, role: roleWords(role, say) });
}

/** Who can sign a seat: the person it names, or the office with those who hold it now. */
export function whoMaySign(
  { person, role, organ }: Pick<Seat, 'person' | 'role' | 'organ'>,
  names: Names,
  say: Say,
): string {
  if (person !== null) return nameOf(names, person);
  const office = `${role}@${organ}`;
  const called = officeWords(office, names, say);
  const holders = names.offices.find((one) => one.office === office)?.holders ?? [];
  if (holders.length === 0) return say('seat.nobody', { office: called });
  return `${called} ${holders.map(({ name }) => name).join(say('seat.comma'))}`;
}
