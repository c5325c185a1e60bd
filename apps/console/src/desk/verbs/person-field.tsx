import { useId, useState } from 'react';
import type { Candidate } from '../../api/people.js';
import { roleWords } from '../../words/office-words.js';
import { isMeant } from '../../words/pinyin.js';
import { useWords } from '../../words/words.js';

interface PersonFieldProps {
  readonly label: string;
  readonly people: readonly Candidate[];
  readonly value: string;
  readonly onChoose: (key: string) => void;
}

/** One person in one office: what a choice is named by. */
export const candidateKey = ({ person, role, organ }: Candidate): string => `${person} ${role}@${organ}`;

/** Chooses somebody by name, pinyin initials or office. */
export function PersonField({ label, people, value, onChoose }: PersonFieldProps) {
  const { say } = useWords();
  const id = useId();
  const [typed, setTyped] = useState('');
  const words = ({ name, role, organName }: Candidate): string => `${name} · ${organName}${roleWords(role, say)}`;
  const shown = people.filter((one) => isMeant(words(one), typed));
  return (
    <>
      <p className="field">
        <label htmlFor={`${id}-find`}>{say('people.find')}</label>
        <input
          id={`${id}-find`}
          type="search"
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </p>
      <p className="field">
        <label htmlFor={id}>{label}</label>
        <select id={id} value={value} onChange={(event) => onChoose(event.target.value)} lang="zh-CN">
          <option value="" lang={say('people.lang')}>
            {shown.length === 0 ? say('people.none') : say('people.choose', { count: shown.length })}
          </option>
          {shown.map((one) => (
            <option key={candidateKey(one)} value={candidateKey(one)}>
              {words(one)}
            </option>
          ))}
        </select>
      </p>
    </>
  );
}
