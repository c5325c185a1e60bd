import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { isRefusal } from '#domain/decision';
import { blankReport } from '#report/blank-report';
import { draftFromLastYear } from '#report/draft-from-last-year';
import type { AnnualReport } from '#report/model';
import type { Report } from '../api/answers.js';
import { command, Refused } from '../api/send.js';
import { Page } from '../desk/page.js';
import { Wrong } from '../shell/wrong.js';
import { useWords, wrongText } from '../words/words.js';
import { ImportCheck } from './import-check.js';
import type { Beside } from './open-draft.js';
import { type ReadFile, readFile, TooLarge, type TrackedChanges } from './reading.js';

interface StartProps {
  readonly report: Report;
  readonly beside: Beside;
}

/** Three ways to the first revision: last year's report of this system, a file, or nothing. */
export function Start({ report, beside }: StartProps) {
  const words = useWords();
  const { say } = words;
  const client = useQueryClient();
  const { document, year } = report;
  const input = useRef<HTMLInputElement>(null);
  const key = useRef(crypto.randomUUID());
  const [use, setUse] = useState<ReadFile['use']>('last-year');
  const [busy, setBusy] = useState<'reading' | 'saving' | null>(null);
  const [wrong, setWrong] = useState<unknown>();
  const [found, setFound] = useState<ReadFile | null>(null);
  const [tracked, setTracked] = useState<File | null>(null);
  const lastYear = beside.lastYear;
  const title = say('drafting.startTitle', { year });

  const during = async (what: 'reading' | 'saving', act: () => Promise<void>): Promise<void> => {
    if (busy !== null) return;
    setBusy(what);
    setWrong(undefined);
    try {
      await act();
    } catch (error) {
      setWrong(error);
    }
    setBusy(null);
  };
  const save = (text: AnnualReport): Promise<void> =>
    during('saving', async () => {
      const body = { baseRevision: 0, report: text, importedFrom: null };
      try {
        await command(`/reports/${document}/revisions`, body, { key: key.current });
      } catch (error) {
        // A colleague, or another page, was first: what is there is opened.
        if (!(error instanceof Refused && error.problem.code === 'revision_not_latest')) throw error;
      }
      await client.invalidateQueries();
    });
  const look = (file: File, changes: TrackedChanges): Promise<void> =>
    during('reading', async () => {
      setTracked(null);
      try {
        setFound(await readFile(document, file, use, changes));
      } catch (error) {
        if (error instanceof Refused && error.problem.code === 'tracked_changes') setTracked(file);
        throw error;
      }
    });
  const fromLastYear = (): void => {
    if (lastYear === null) return;
    const carried = draftFromLastYear(lastYear.report, year);
    if (!isRefusal(carried)) void save(carried.report);
  };
  const blank = (): void => {
    const made = blankReport(beside.profile?.name ?? report.organ, year);
    if (!isRefusal(made)) void save(made);
  };
  const pick = (as: ReadFile['use']): void => {
    setUse(as);
    input.current?.click();
  };
  if (found !== null)
    return <ImportCheck document={document} year={year} read={found} beside={beside} onBack={() => setFound(null)} />;
  return (
    <Page title={title}>
      <ul className="ways-to-start">
        {lastYear !== null && (
          <li>
            <h2>{say('drafting.startFromLastYear', { year: year - 1 })}</h2>
            <p>{say('drafting.startFromLastYearHelp')}</p>
            <Button type="primary" onClick={fromLastYear}>
              {say('drafting.startFromLastYearAct')}
            </Button>
          </li>
        )}
        <li>
          <h2>{say('drafting.startFromFile', { year: year - 1 })}</h2>
          <p>{say('drafting.startFromFileHelp')}</p>
          <Button type={lastYear === null ? 'primary' : 'default'} onClick={() => pick('last-year')}>
            {say('drafting.startFromFileAct')}
          </Button>
        </li>
        <li>
          <h2>{say('drafting.startFromDraft', { year })}</h2>
          <p>{say('drafting.startFromDraftHelp')}</p>
          <Button onClick={() => pick('this-year')}>{say('drafting.startFromDraftAct')}</Button>
        </li>
        <li>
          <h2>{say('drafting.startBlank')}</h2>
          <p>{say('drafting.startBlankHelp')}</p>
          <Button onClick={blank}>{say('drafting.startBlankAct')}</Button>
        </li>
      </ul>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={say('drafting.file')}
        accept=".txt,.html,.htm,.docx,.xlsx,.pdf"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file !== undefined) void look(file, 'refuse');
        }}
      />
      <p role="status">{busy !== null && say(`drafting.${busy}`)}</p>
      {wrong !== undefined && (
        <Wrong>{wrong instanceof TooLarge ? say('importing.tooLarge') : wrongText(wrong, words)}</Wrong>
      )}
      {tracked !== null && (
        <div className="acts">
          <Button onClick={() => void look(tracked, 'accept')}>{say('importing.acceptChanges')}</Button>
          <Button onClick={() => void look(tracked, 'reject')}>{say('importing.rejectChanges')}</Button>
        </div>
      )}
    </Page>
  );
}
