import './drafting.css';
import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { type FormEvent, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { z } from 'zod';
import type { ReportStarted } from '#contracts/http/drafting.api';
import { formatFor } from '#report/format';
import type { ReportLines } from '../api/answers.js';
import { command, read, Refused } from '../api/send.js';
import { useMe } from '../api/session.js';
import { Page } from '../desk/page.js';
import { formText } from '../shell/form-text.js';
import { Wrong } from '../shell/wrong.js';
import { useWords, wrongText } from '../words/words.js';

/** Reports are written for the year before and, in December, for the year that ends. */
const yearsToWrite = (now: Date): number[] =>
  Array.from({ length: 8 }, (_, back) => now.getFullYear() - back).filter((year) => formatFor(year) !== null);

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
  const years = yearsToWrite(new Date());
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
            <select id="organ" name="organ" lang="zh-CN">
              {organs.map(({ organ, organName }) => (
                <option key={organ} value={organ}>
                  {organName}
                </option>
              ))}
            </select>
          </p>
          <p className="field">
            <label htmlFor="year">{say('reports.year')}</label>
            <select id="year" name="year" defaultValue={years[1]}>
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
