import type { Me, Names } from './answers.js';
import type { CaseFile } from './case-file.js';
import { read } from './send.js';

/** Somebody who can be asked, in one office he holds. */
export interface Candidate {
  readonly person: string;
  readonly name: string;
  readonly role: string;
  readonly organ: string;
  readonly organName: string;
}

/** As many offices as one question may name. */
const MOST = 100;

/** Everybody in an office at one of these organs, the person asking left out. */
export async function readCandidates(
  organs: readonly string[],
  roles: readonly string[],
  me: string,
  signal?: AbortSignal,
): Promise<readonly Candidate[]> {
  const asked = organs.flatMap((organ) => roles.map((role) => `${role}@${organ}`)).slice(0, MOST);
  if (asked.length === 0) return [];
  const { offices } = await read<Names>(`/names?offices=${asked.map(encodeURIComponent).join(',')}`, signal);
  return offices.flatMap(({ office, organName, holders }) => {
    const [role = '', organ = ''] = office.split('@');
    return holders
      .filter(({ person }) => person !== me)
      .map(({ person, name }) => ({ person, name, role, organ, organName }));
  });
}

/** The organs whose people have to do with a case: its own, those of its route, and one's own. */
export const organsAround = ({ line, current, review }: CaseFile, { grants }: Me): readonly string[] => [
  ...new Set([
    line.organ,
    ...[...(review?.seats ?? []), ...current.seats].flatMap(({ organ }) => organ ?? []),
    ...grants.map(({ organ }) => organ),
  ]),
];
