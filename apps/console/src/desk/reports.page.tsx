import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useMe } from '../api/session.js';
import { Wrong } from '../shell/wrong.js';
import { useWords, wrongText } from '../words/words.js';
import { Instead, Page } from './page.js';
import { useReports } from './queries.js';
import { Row } from './todo.page.js';

/** The first report year of this form of report. */
const FIRST_YEAR = 2019;

/** Every report one may see, newest change first. */
export function ReportsPage() {
  const words = useWords();
  const { say } = words;
  const { grants } = useMe();
  const [year, setYear] = useState<number | null>(null);
  const reports = useReports({ year });
  const title = say('reports.title');
  const years = Array.from({ length: new Date().getFullYear() - FIRST_YEAR + 1 }, (_, index) => FIRST_YEAR + index);
  if (reports.data === undefined && reports.error !== null)
    return <Instead error={reports.error} retry={() => void reports.refetch()} title={title} />;
  const lines = reports.data?.pages.flatMap((page) => page.items);
  return (
    <Page title={title}>
      {reports.error !== null && <Wrong>{wrongText(reports.error, words)}</Wrong>}
      {grants.some(({ role }) => role === 'drafter') && (
        <p>
          <Link to="/reports/new" className="button strong">
            {say('drafting.new')}
          </Link>
        </p>
      )}
      <p className="field narrow">
        <label htmlFor="year">{say('reports.year')}</label>
        <select
          id="year"
          value={year ?? ''}
          onChange={(event) => setYear(event.target.value === '' ? null : Number(event.target.value))}
        >
          <option value="">{say('reports.everyYear')}</option>
          {years.toReversed().map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
      </p>
      {lines?.length === 0 && <p className="empty">{say(grants.length === 0 ? 'inbox.noOffice' : 'reports.none')}</p>}
      <ul className="rows">
        {lines?.map((line) => (
          <li key={line.document}>
            <Row line={line} />
          </li>
        ))}
      </ul>
      {reports.hasNextPage && (
        <Button onClick={() => void reports.fetchNextPage()} aria-disabled={reports.isFetchingNextPage}>
          {say('reports.more')}
        </Button>
      )}
    </Page>
  );
}
