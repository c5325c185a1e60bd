import { type KeyboardEvent, useId, useState } from 'react';
import { useNavigate } from 'react-router';
import { Dialog } from '../../shell/dialog.js';
import { isMeant } from '../../words/pinyin.js';
import { useWords } from '../../words/words.js';
import { lineAddress } from '../report-line.js';
import { useInbox, useReports } from '../queries.js';
import { useMe } from '../../api/session.js';

interface Goal {
  readonly address: string;
  readonly kind: string;
  readonly text: string;
}

const MOST_SHOWN = 12;

/** Ctrl+K: any page, case or report by words or pinyin initials. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const { say } = useWords();
  const navigate = useNavigate();
  const id = useId();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const shown = useGoals()
    .filter(({ text }) => isMeant(text, typed))
    .slice(0, MOST_SHOWN);
  const current = Math.min(at, Math.max(0, shown.length - 1));
  const go = (goal: Goal | undefined): void => {
    if (goal === undefined) return;
    onClose();
    void navigate(goal.address);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && shown.length > 0) {
      event.preventDefault();
      setAt((current + step + shown.length) % shown.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      go(shown[current]);
    }
  };
  return (
    <Dialog title={say('palette.title')} onClose={onClose}>
      <input
        type="search"
        role="combobox"
        aria-label={say('palette.find')}
        aria-expanded={shown.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={shown.length === 0 ? undefined : `${id}-${current}`}
        autoComplete="off"
        placeholder={say('palette.find')}
        value={typed}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
      />
      <ul role="listbox" id={`${id}-list`} aria-label={say('palette.title')} className="goals">
        {shown.map((goal, index) => (
          <li
            key={goal.address}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === current}
            onClick={() => go(goal)}
          >
            <span lang="zh-CN">{goal.text}</span> <span className="soft">{goal.kind}</span>
          </li>
        ))}
      </ul>
      {shown.length === 0 && <p role="status">{say('palette.none')}</p>}
    </Dialog>
  );
}

function useGoals(): readonly Goal[] {
  const { say } = useWords();
  const { grants } = useMe();
  const inbox = useInbox().data?.items ?? [];
  const lines = useReports({ year: null }).data?.pages.flatMap((page) => page.items) ?? [];
  const page = (address: string, text: string): Goal => ({ address, kind: say('palette.page'), text });
  const goals = [
    ...inbox.map(({ case: caseId, organName, year, stageName }) => ({
      address: `/cases/${caseId}`,
      kind: say('palette.turn'),
      text: `${organName} ${year} ${stageName}`,
    })),
    page('/', say('todo.title')),
    page('/reports', say('reports.title')),
    page('/notices', say('notices.title')),
    page('/mine', say('mine.title')),
    ...lines.flatMap((line) => {
      const address = lineAddress(line, grants);
      return address === null ? [] : [{ address, kind: say('palette.report'), text: `${line.organName} ${line.year}` }];
    }),
  ];
  return goals.filter(({ address }, index) => goals.findIndex((one) => one.address === address) === index);
}
