import './drafting.css';
import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { type FormEvent, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { z } from 'zod';
import type { ReportStarted } from '#contracts/http/drafting.api';
import { instant } from '#domain/instant';
import { seasonOf } from '#domain/season';
import { dayAt } from '#domain/work-day';
import { formatFor } from '#report/format';
import type { ReportLines } from '../api/answers.js';
import { command, read, Refused } from '../api/send.js';
import { useMe } from '../api/session.js';
import { Page } from '../desk/page.js';
import { formText } from '../shell/form-text.js';
import { Wrong } from '../shell/wrong.js';
import { useWords, wrongText } from '../words/words.js';

const EARLIER = 7;

/** The year an organ of a level is at work for, and those before it whose form is known. */
function yearsToWrite(level: string, now: Date): number[] {
  const season = seasonOf(level, dayAt(instant(now)));
  return Array.from({ length: EARLIER + 1 }, (_, back) => season - back).filter((year) => formatFor(year) !== null);
}

/** Starting a report: whose, and for which year. */
export default function NewReportPage() {
  const words = useWords();
  const { say } = words;
  const { grants } = useMe();
  const navigate = useNavigate();
  const client = useQueryClient();
  const key = useRef({ what: '', key: '' });
  const [isBusy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<unknown>();
  const organs = grants.filter(({ role }) => role === 'drafter');
  const [organ, choose] = useState(organs[0]?.organ);
  const years = yearsToWrite(organs.find((one) => one.organ === organ)?.level ?? '', new Date());
  const start = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (isBusy) return;
    const values = new FormData(event.currentTarget);
    const body = { organ: formText(values, 'organ'), year: Number(formText(values, 'year')) };
    const what = `${body.organ}/${body.year}`;
    if (key.current.what !== what) key.current = { what, key: crypto.randomUUID() };
    setBusy(true);
    setWrong(undefined);
    try {
      const { document } = await command<z.infer<typeof ReportStarted>>('/reports', body, { key: key.current.key });
      await client.invalidateQueries();
      void navigate(`/reports/${document}/edit`);
    } catch (error) {
      const known = error instanceof Refused && error.problem.code === 'report_exists' ? await existing(body) : null;
      if (known !== null) void navigate(`/reports/${known}/edit`);
      else setWrong(error);
      setBusy(false);
    }
  };
  return (
    <Page title={say('drafting.new')}>
      {organs.length === 0 ? (
        <p className="note">{say('drafting.notDrafter')}</p>
      ) : (
        <form className="narrow" onSubmit={(event) => void start(event)}>
          <p className="field">
            <label htmlFor="organ">{say('drafting.organ')}</label>
            <select id="organ" name="organ" lang="zh-CN" value={organ} onChange={(event) => choose(event.target.value)}>
              {organs.map((one) => (
                <option key={one.organ} value={one.organ}>
                  {one.organName}
                </option>
              ))}
            </select>
          </p>
          <p className="field">
            <label htmlFor="year">{say('reports.year')}</label>
            <select key={years[0]} id="year" name="year">
              {years.map((year) => (
                <option key={year}>{year}</option>
              ))}
            </select>
          </p>
          {wrong !== undefined && <Wrong>{wrongText(wrong, words)}</Wrong>}
          <div className="acts">
            <Button type="primary" htmlType="submit" aria-disabled={isBusy}>
              {say('drafting.start')}
            </Button>
          </div>
        </form>
      )}
    </Page>
  );
}

/** The report somebody else started before; null when this person does not see it. */
async function existing({ organ, year }: { readonly organ: string; readonly year: number }): Promise<string | null> {
  const { items } = await read<ReportLines>(`/reports?organ=${encodeURIComponent(organ)}&year=${year}`);
  return items[0]?.document ?? null;
}
