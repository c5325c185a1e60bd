import { type KeyboardEvent, useId, useState } from 'react';
import { formatById } from '#report/format';
import { Dialog } from '../shell/dialog.js';
import { useWords } from '../words/words.js';
import { figureChoices } from './figure-choices.js';
import { useOpenDraft } from './open-draft.js';

interface InsertFigureProps {
  readonly onChoose: (text: string) => void;
  readonly onClose: () => void;
}

/** A figure of the tables to write into the paragraph one was in, instead of copying it by eye. */
export function InsertFigureDialog({ onChoose, onClose }: InsertFigureProps) {
  const { say } = useWords();
  const { draft } = useOpenDraft();
  const id = useId();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const format = formatById(draft.report.format);
  const shown = format === null ? [] : figureChoices(draft.report, format, typed);
  const current = Math.min(at, shown.length - 1);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = shown[current];
    if (step !== undefined && shown.length > 0) {
      event.preventDefault();
      setAt((current + step + shown.length) % shown.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (chosen !== undefined) onChoose(chosen.text);
    }
  };
  return (
    <Dialog title={say('drafting.insertFigure')} onClose={onClose}>
      <input
        type="search"
        role="combobox"
        aria-label={say('drafting.findFigure')}
        aria-expanded={shown.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={shown.length === 0 ? undefined : `${id}-${current}`}
        autoComplete="off"
        placeholder={say('drafting.findFigure')}
        value={typed}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
      />
      <ul role="listbox" id={`${id}-list`} aria-label={say('drafting.insertFigure')} className="goals">
        {shown.map((choice, index) => (
          <li
            key={choice.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === current}
            onClick={() => onChoose(choice.text)}
          >
            <span lang="zh-CN">
              {choice.name} <strong>{choice.text}</strong>
            </span>
          </li>
        ))}
      </ul>
      {shown.length === 0 && <p role="status">{say('drafting.noFigure')}</p>}
      <p className="soft">{say('drafting.insertFigureHelp')}</p>
      <div className="acts">
        <button type="button" className="button" onClick={onClose}>
          {say('session.cancel')}
        </button>
      </div>
    </Dialog>
  );
}
