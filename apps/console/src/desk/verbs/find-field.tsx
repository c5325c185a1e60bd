import { useId, useState } from 'react';
import { isMeant } from '../../words/pinyin.js';
import { useWords } from '../../words/words.js';

/** One of many to choose from, by the words it is shown and found by. */
export interface Choice {
  readonly key: string;
  readonly words: string;
}

interface FindFieldProps {
  readonly label: string;
  /** What the field to type in is called. */
  readonly find: string;
  readonly choices: readonly Choice[];
  readonly value: string;
  readonly onChoose: (key: string) => void;
}

/** Chooses one of many: what is typed, or its pinyin initials, leaves fewer. */
export function FindField({ label, find, choices, value, onChoose }: FindFieldProps) {
  const { say } = useWords();
  const id = useId();
  const [typed, setTyped] = useState('');
  const shown = choices.filter(({ words }) => isMeant(words, typed));
  return (
    <>
      <p className="field">
        <label htmlFor={`${id}-find`}>{find}</label>
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
          {shown.map(({ key, words }) => (
            <option key={key} value={key}>
              {words}
            </option>
          ))}
        </select>
      </p>
    </>
  );
}
