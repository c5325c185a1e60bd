import type { Candidate } from '../../api/people.js';
import { roleWords } from '../../words/office-words.js';
import { useWords } from '../../words/words.js';
import { FindField } from './find-field.js';

interface PersonFieldProps {
  readonly label: string;
  readonly people: readonly Candidate[];
  readonly value: string;
  readonly onChoose: (key: string) => void;
}

/** One person in one office: what a choice is named by. */
export const candidateKey = ({ person, role, organ }: Candidate): string => `${person} ${role}@${organ}`;

/** Chooses somebody by name, pinyin initials or office. */
export function PersonField({ people, ...field }: PersonFieldProps) {
  const { say } = useWords();
  const choices = people.map((one) => ({
    key: candidateKey(one),
    words: `${one.name} · ${one.organName}${roleWords(one.role, say)}`,
  }));
  return <FindField find={say('people.find')} choices={choices} {...field} />;
}
