import type { Inbox, InboxItem } from '../api/answers.js';
import { read } from '../api/send.js';
import { signOut, useMe } from '../api/session.js';
import { Verdict } from '../case/verdict.js';
import { lasted } from '../words/dates.js';
import { useWords, wrongText } from '../words/words.js';
import { Looks } from './looks.js';
import { useReceipts } from '../case/receipts.js';
import { caseAddress } from './addresses.js';
import { Link } from './route.js';
import { Instead, Screen } from './screen.js';
import { Wrong } from '../shell/wrong.js';
import { useLoad } from './use-load.js';

export const INBOX = '/inbox';

/** 轮到我: what waits for the person, longest first. */
export function InboxScreen() {
  const words = useWords();
  const { say } = words;
  const loaded = useLoad(INBOX, (signal) => read<Inbox>(INBOX, signal));
  const done = useReceipts();
  const me = useMe();
  if (loaded.data === undefined) return <Instead loaded={loaded} title={say('name.product')} />;
  const { items, ratifications } = loaded.data;
  const [first] = items;
  return (
    <Screen title={first === undefined ? say('inbox.emptyTitle') : say('inbox.title', { count: items.length })}>
      {loaded.error !== undefined && <Wrong>{wrongText(loaded.error, words)}</Wrong>}
      {ratifications.open > 0 && (
        <p className="note warn">
          <span aria-hidden="true">⚠ </span>
          {say('inbox.ratifications', { count: ratifications.open })}
          {ratifications.overdue > 0 && ` · ${say('inbox.overdue', { count: ratifications.overdue })}`}
        </p>
      )}
      {first === undefined ? (
        <div className="empty">
          <p>{say('inbox.empty')}</p>
          <p className="soft">{say(me.grants.length === 0 ? 'inbox.noOffice' : 'inbox.emptyNext')}</p>
        </div>
      ) : (
        <>
          <ul className="cards">
            {items.map((item) => (
              <li key={item.seat}>
                <Card item={item} />
              </li>
            ))}
          </ul>
          <Link to={caseAddress(first.case)} className="button strong wide">
            {say('inbox.oneByOne')} <span aria-hidden="true">▸</span>
          </Link>
          {items.length > 1 && (
            <Link to="/m/together" className="button wide">
              {say('together.title')}
            </Link>
          )}
        </>
      )}
      {done.length > 0 && (
        <Link to="/m/done" className="button wide">
          {say('inbox.done', { count: done.length })}
        </Link>
      )}
      <Looks />
      <Leave />
    </Screen>
  );
}

function Card({ item }: { readonly item: InboxItem }) {
  const { say } = useWords();
  const { unit, count } = lasted(item.since, Date.now());
  const since = count === 0 ? say('inbox.justNow') : say('inbox.since', { span: say(`inbox.${unit}`, { count }) });
  return (
    <Link to={caseAddress(item.case)} className="card">
      <strong lang="zh-CN">{item.organName}</strong>
      <span>
        {say('reports.ofYear', { year: item.year })} · {say(`kind.${item.kind}`)} ·{' '}
        <span lang="zh-CN">{item.stageName}</span>
      </span>
      <span className="soft">
        <Verdict of={item} /> · {since}
      </span>
    </Link>
  );
}

function Leave() {
  const { say } = useWords();
  const me = useMe();
  return (
    <footer className="foot">
      <p className="soft">
        {say('look.me')} <span lang="zh-CN">{me.name}</span>
      </p>
      <a className="button wide" href="/app/mine#passkeys">
        {say('passkey.title')}
      </a>
      <button type="button" className="button wide" onClick={() => void signOut()}>
        {say('session.leave')}
      </button>
    </footer>
  );
}
