import { Button } from 'antd';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { type Counts, markAllRead, markRead, noticeAddress, type NoticeItem, type Notices } from '../api/notices.js';
import { read } from '../api/send.js';
import { Wrong } from '../shell/wrong.js';
import { momentText } from '../words/dates.js';
import { useWords, wrongText } from '../words/words.js';
import { Instead, Page } from './page.js';
import { queries } from './queries.js';

export const useNoticeCounts = () =>
  useQuery({ queryKey: ['notices', 'counts'], queryFn: ({ signal }) => read<Counts>('/notices/counts', signal) });

const useNotices = () =>
  useInfiniteQuery({
    queryKey: ['notices', 'list'],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      read<Notices>(pageParam === '' ? '/notices' : `/notices?cursor=${pageParam}`, signal),
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** 通知: what one was told, the unread first, each with when it was delivered and read. */
export function NoticesPage() {
  const words = useWords();
  const { say } = words;
  const notices = useNotices();
  const counts = useNoticeCounts();
  const title = say('notices.title');
  if (notices.data === undefined)
    return <Instead error={notices.error} retry={() => void notices.refetch()} title={title} />;
  const items = notices.data.pages.flatMap((page) => page.items);
  const [newest] = items.toSorted((a, b) => (a.deliveredAt > b.deliveredAt ? -1 : 1));
  const unread = counts.data?.unread ?? 0;
  const readAll = async (until: string): Promise<void> => {
    await markAllRead(until);
    await queries.invalidateQueries({ queryKey: ['notices'] });
  };
  return (
    <Page title={title}>
      {notices.error !== null && <Wrong>{wrongText(notices.error, words)}</Wrong>}
      <p className="facts">
        {say('notices.counts', { unread, total: counts.data?.total ?? items.length })} ·{' '}
        <Link to="/mine">{say('notices.toSettings')}</Link>
      </p>
      {unread > 0 && newest !== undefined && (
        <p>
          <Button onClick={() => void readAll(newest.deliveredAt)}>{say('notices.readAll')}</Button>
        </p>
      )}
      {items.length === 0 ? (
        <p className="empty">{say('notices.none')}</p>
      ) : (
        <ul className="rows notices">
          {items.map((item) => (
            <li key={item.id}>
              <Notice item={item} />
            </li>
          ))}
        </ul>
      )}
      {notices.hasNextPage && (
        <Button onClick={() => void notices.fetchNextPage()} aria-disabled={notices.isFetchingNextPage}>
          {say('reports.more')}
        </Button>
      )}
    </Page>
  );
}

function Notice({ item }: { readonly item: NoticeItem }) {
  const address = noticeAddress(item);
  const opened = async (): Promise<void> => {
    if (item.readAt !== null) return;
    await markRead(item.id);
    await queries.invalidateQueries({ queryKey: ['notices'] });
  };
  const look = item.readAt === null ? 'row unread' : 'row';
  if (address === null)
    return (
      <button type="button" className={look} onClick={() => void opened()}>
        <NoticeText item={item} />
      </button>
    );
  return (
    <Link to={address} className={look} onClick={() => void opened()}>
      <NoticeText item={item} />
    </Link>
  );
}

function NoticeText({ item }: { readonly item: NoticeItem }) {
  const { say, language } = useWords();
  const { kind, text, deliveredAt, readAt } = item;
  return (
    <>
      <strong>
        {readAt === null && <span className="dot" aria-hidden="true" />}
        {say(`notices.kind.${kind}`)}
        {readAt === null && <span className="hidden"> {say('notices.unread')}</span>}
      </strong>
      <span className="wide-cell" lang={language === 'zh' ? undefined : 'en'}>
        {text[language]}
      </span>
      <span className="soft">
        {say('notices.delivered', { at: momentText(deliveredAt, language) })}
        {readAt !== null && ` · ${say('notices.read', { at: momentText(readAt, language) })}`}
      </span>
    </>
  );
}
