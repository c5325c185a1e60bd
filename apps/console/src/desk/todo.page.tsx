import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { InboxItem, ReportLines } from '../api/answers.js';
import { useMe } from '../api/session.js';
import { Verdict } from '../case/verdict.js';
import { Wrong } from '../shell/wrong.js';
import { lasted, momentText } from '../words/dates.js';
import { useWords, wrongText } from '../words/words.js';
import { Instead, Page } from './page.js';
import { TourOffer } from './guide/tour.js';
import { useInbox, useReports } from './queries.js';
import { Season } from './season.js';
import { Tabs } from './tabs.js';
import { lineAddress, stateOf } from './report-line.js';

type Line = ReportLines['items'][number];

/** 我的待办: what waits for me, what I wait for, what is done. */
export function TodoPage() {
  const words = useWords();
  const { say } = words;
  const me = useMe();
  const inbox = useInbox();
  const reports = useReports({ year: null });
  const title = say('todo.title');
  const error = inbox.error ?? reports.error;
  const retry = (): void => void Promise.all([inbox.refetch(), reports.refetch()]);
  if (inbox.data === undefined || reports.data === undefined)
    return <Instead error={error} retry={retry} title={title} />;
  const { items, ratifications } = inbox.data;
  const lines = reports.data.pages.flatMap((page) => page.items);
  const drafts = lines.filter((line) => isOwnDraft(line, me.grants));
  const waiting = lines.filter(
    ({ state, case: of }) => state === 'submitted' && !items.some((item) => item.case === of),
  );
  const over = lines.filter(({ state }) => state === 'live' || state === 'withdrawn');
  const more = reports.hasNextPage && (
    <Button onClick={() => void reports.fetchNextPage()} aria-disabled={reports.isFetchingNextPage}>
      {say('reports.more')}
    </Button>
  );
  return (
    <Page title={title}>
      <Season />
      <TourOffer />
      {error !== null && <Wrong>{wrongText(error, words)}</Wrong>}
      {ratifications.open > 0 && (
        <p className="note warn">
          <span aria-hidden="true">⚠ </span>
          {say('inbox.ratifications', { count: ratifications.open })}
          {ratifications.overdue > 0 && ` · ${say('inbox.overdue', { count: ratifications.overdue })}`}
        </p>
      )}
      <Tabs
        name={title}
        items={[
          {
            key: 'mine',
            label: `${say('todo.mine')} ${items.length + drafts.length}`,
            children: <Mine items={items} drafts={drafts} />,
          },
          {
            key: 'waiting',
            label: `${say('todo.waiting')} ${waiting.length}`,
            children: <Lines lines={waiting} empty={say('todo.noneWaiting')} more={more} />,
          },
          {
            key: 'over',
            label: `${say('todo.over')} ${over.length}`,
            children: <Lines lines={over} empty={say('todo.noneOver')} more={more} />,
          },
        ]}
      />
    </Page>
  );
}

/** A report one drafts that is not under sign-off: nobody else will touch it. */
const isOwnDraft = ({ state, organ }: Line, grants: ReturnType<typeof useMe>['grants']): boolean =>
  (state === 'draft' || state === 'returned') &&
  grants.some((grant) => grant.role === 'drafter' && grant.organ === organ);

function Mine({ items, drafts }: { readonly items: readonly InboxItem[]; readonly drafts: readonly Line[] }) {
  const { say } = useWords();
  const { grants } = useMe();
  const isDrafter = grants.some(({ role }) => role === 'drafter');
  if (items.length + drafts.length === 0)
    return (
      <div className="empty">
        <p>{say('inbox.empty')}</p>
        <p className="soft">{say(grants.length === 0 ? 'inbox.noOffice' : 'inbox.emptyNext')}</p>
        {isDrafter && (
          <p>
            {say('inbox.emptyDraft')} <Link to="/reports/new">{say('drafting.new')}</Link>
          </p>
        )}
      </div>
    );
  return (
    <>
      <ul className="rows">
        {items.map((item) => (
          <li key={item.seat}>
            <Item item={item} />
          </li>
        ))}
        {drafts.map((line) => (
          <li key={line.document}>
            <Row line={line} />
          </li>
        ))}
      </ul>
      {items.length > 1 && (
        <p>
          <Link to="/together">{say('together.title')}</Link>
        </p>
      )}
    </>
  );
}

function Item({ item }: { readonly item: InboxItem }) {
  const { say } = useWords();
  const { unit, count } = lasted(item.since, Date.now());
  return (
    <Link to={`/cases/${item.case}`} className="row">
      <strong lang="zh-CN">{item.organName}</strong>
      <span>
        {say('reports.ofYear', { year: item.year })} · {say(`kind.${item.kind}`)} ·{' '}
        <span lang="zh-CN">{item.stageName}</span>
      </span>
      <span>
        <Verdict of={item} />
      </span>
      <span className="soft">
        {count === 0 ? say('inbox.justNow') : say('inbox.since', { span: say(`inbox.${unit}`, { count }) })}
      </span>
    </Link>
  );
}

interface LinesProps {
  readonly lines: readonly Line[];
  readonly empty: string;
  readonly more: ReactNode;
}

function Lines({ lines, empty, more }: LinesProps) {
  return (
    <>
      {lines.length === 0 ? (
        <p className="empty">{empty}</p>
      ) : (
        <ul className="rows">
          {lines.map((line) => (
            <li key={line.document}>
              <Row line={line} />
            </li>
          ))}
        </ul>
      )}
      {more}
    </>
  );
}

/** A report as lists show it: the whole row is the link, where there is anything one may open. */
export function Row({ line }: { readonly line: Line }) {
  const { grants } = useMe();
  const address = lineAddress(line, grants);
  if (address === null)
    return (
      <div className="row">
        <RowText line={line} />
      </div>
    );
  return (
    <Link to={address} className="row">
      <RowText line={line} />
    </Link>
  );
}

function RowText({ line }: { readonly line: Line }) {
  const { say, language } = useWords();
  return (
    <>
      <strong lang="zh-CN">{line.organName}</strong>
      <span>
        {say('reports.ofYear', { year: line.year })}
        {line.kind !== null && ` · ${say(`kind.${line.kind}`)}`}
      </span>
      <span>
        {say(stateOf(line))}
        {line.stageName !== null && <span lang="zh-CN"> · {line.stageName}</span>}
      </span>
      <span className="soft">{momentText(line.updatedAt, language)}</span>
    </>
  );
}
