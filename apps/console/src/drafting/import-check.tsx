import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useMemo, useRef, useState } from 'react';
import { isRefusal } from '#domain/decision';
import { blankReport } from '#report/blank-report';
import { draftFromLastYear } from '#report/draft-from-last-year';
import { command } from '../api/send.js';
import { Page } from '../desk/page.js';
import { Wrong } from '../shell/wrong.js';
import { useWords, wrongText } from '../words/words.js';
import { CarriedChanges, FigureList, ReaderFindings } from './import-lists.js';
import type { Beside } from './open-draft.js';
import { partsOf, type ReadPart, takenOver } from './read-parts.js';
import type { ReadFile } from './reading.js';

interface ImportCheckProps {
  readonly document: string;
  readonly year: number;
  readonly read: ReadFile;
  readonly beside: Beside;
  readonly onBack: () => void;
}

/** 核对: what stood in the file beside what was read of it; nothing is kept before every doubt was looked at. */
export function ImportCheck({ document, year, read, beside, onBack }: ImportCheckProps) {
  const words = useWords();
  const { say } = words;
  const client = useQueryClient();
  const { use, fileName, bytes, changes, reading } = read;
  const isLastYear = use === 'last-year';
  const parts = useMemo(() => partsOf(reading.report, reading.sources, !isLastYear), [reading, isLastYear]);
  const [taken, setTaken] = useState<ReadonlySet<string>>(() => new Set(parts.map(({ key }) => key)));
  const doubts = reading.findings.flatMap(({ severity }, index) => (severity === 'I' ? [] : [index]));
  const [looked, setLooked] = useState<ReadonlySet<number>>(new Set());
  const left = doubts.filter((index) => !looked.has(index)).length;
  const [isBusy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<unknown>();
  const keys = useRef([crypto.randomUUID(), crypto.randomUUID()] as const);
  const carried = reading.lastYear === null ? null : draftFromLastYear(reading.lastYear, year);

  const confirm = async (): Promise<void> => {
    const blank = blankReport(beside.profile?.name ?? reading.report.organName, year);
    if (isBusy || left > 0 || isRefusal(blank)) return;
    setBusy(true);
    setWrong(undefined);
    const [keepKey, saveKey] = keys.current;
    try {
      if (isLastYear) await command(`/reports/${document}/last-year`, { fileName, bytes, changes }, { key: keepKey });
      const report = takenOver(reading.report, blank, taken);
      const body = { baseRevision: 0, report, importedFrom: fileName };
      await command(`/reports/${document}/revisions`, body, { key: saveKey });
      await client.invalidateQueries();
    } catch (error) {
      setWrong(error);
      // What is sent next may be other parts: it is another command.
      keys.current = [crypto.randomUUID(), crypto.randomUUID()];
      setBusy(false);
    }
  };
  return (
    <Page title={say('importing.title')}>
      <p className="facts">
        <span lang="zh-CN">{fileName}</span> ·{' '}
        {say('importing.format', { format: (reading.lastYear ?? reading.report).format })}
      </p>
      <Steps parts={partsOf(reading.lastYear ?? reading.report, reading.sources, true)} />
      <ReaderFindings
        findings={reading.findings}
        passages={reading.passages}
        report={reading.lastYear ?? reading.report}
        looked={looked}
        look={(index, isLooked) => setLooked(withOr(looked, index, isLooked))}
      />
      <FigureList report={reading.lastYear ?? reading.report} sources={reading.sources} />
      <h2>{say('importing.parts')}</h2>
      <ul className="choices parts">
        {parts.map((part) => (
          <li key={part.key}>
            <label>
              <input
                type="checkbox"
                checked={taken.has(part.key)}
                onChange={(event) => setTaken(withOr(taken, part.key, event.target.checked))}
              />
              <PartName part={part} />
            </label>
          </li>
        ))}
      </ul>
      {isLastYear && carried !== null && !isRefusal(carried) && (
        <CarriedChanges year={year} changes={carried.changes} report={carried.report} />
      )}
      {left > 0 && <p className="soft">{say('importing.left', { count: left })}</p>}
      {wrong !== undefined && <Wrong>{wrongText(wrong, words)}</Wrong>}
      <div className="acts">
        {left === 0 && (
          <Button type="primary" size="large" aria-disabled={isBusy} onClick={() => void confirm()}>
            {isBusy ? say('drafting.saving') : say(isLastYear ? 'importing.draft' : 'importing.confirm', { year })}
          </Button>
        )}
        <Button size="large" onClick={onBack}>
          {say('importing.back')}
        </Button>
      </div>
    </Page>
  );
}

function withOr<T>(all: ReadonlySet<T>, one: T, isIn: boolean): ReadonlySet<T> {
  const next = new Set(all);
  if (isIn) next.add(one);
  else next.delete(one);
  return next;
}

function PartName({ part }: { readonly part: ReadPart }) {
  const { say } = useWords();
  if (part.kind === 'front') return <span>{say('drafting.front')}</span>;
  return (
    <span>
      <span lang="zh-CN">{part.name}</span>{' '}
      <span className="soft">
        {part.kind === 'prose'
          ? say('importing.paragraphs', { count: part.count })
          : say('importing.cells', { certain: part.certain, doubtful: part.doubtful, none: part.none })}
      </span>
    </span>
  );
}

/** How far the reading came, table by table. */
function Steps({ parts }: { readonly parts: readonly ReadPart[] }) {
  const { say } = useWords();
  const prose = parts.filter(({ kind }) => kind === 'prose').length;
  return (
    <ul className="inline steps">
      <li>{say('importing.chapters', { count: prose })}</li>
      {parts.map(
        (part) =>
          part.kind === 'table' && (
            <li key={part.key}>
              <PartName part={part} />
            </li>
          ),
      )}
    </ul>
  );
}
