import { Button } from 'antd';
import { useActing } from '../../case/acting.js';
import { ActingNotes } from '../../case/sign-fields.js';
import { tell } from '../../shell/told.js';
import { momentText } from '../../words/dates.js';
import { type Key, useWords } from '../../words/words.js';
import { type Publication, queries, useNamesOf } from '../queries.js';
import { Draft } from './draft.js';
import { WhomToCall } from './whom-to-call.js';

type Edition = Publication['editions'][number];
export type Delivery = Edition['deliveries'][number];

const MARKS: Readonly<Record<Delivery['state'], string>> = {
  waiting: '◷',
  prepared: '✎',
  delivered: '✓',
  superseded: '–',
  dropped: '–',
};

/** How an edition stands with each channel beside the own site: state, receipt, what is wrong, how to mend it and whom to call. */
export function Deliveries({ edition, publication }: { readonly edition: Edition; readonly publication: Publication }) {
  const { say } = useWords();
  if (edition.deliveries.length === 0) return null;
  return (
    <ul className="deliveries" aria-label={say('channel.title')}>
      {edition.deliveries.map((delivery) => (
        <li key={delivery.channel} className={delivery.cause === null ? '' : 'bad'}>
          <DeliveryLine delivery={delivery} edition={edition} publication={publication} />
        </li>
      ))}
    </ul>
  );
}

/** What is said of a delivery: nothing that a person posted was read back. */
function standingOf({ act, state, cause, receipt }: Delivery): Key {
  if (cause !== null) return 'channel.failed';
  if (receipt?.by != null && state === 'delivered')
    return act === 'show' ? 'channel.postedByHand' : 'channel.removedByHand';
  return act === 'show' ? `channel.show.${state}` : `channel.withdraw.${state}`;
}

function DeliveryLine({
  delivery,
  edition,
  publication,
}: {
  readonly delivery: Delivery;
  readonly edition: Edition;
  readonly publication: Publication;
}) {
  const { say, language } = useWords();
  const { title, state, cause, attempts, nextAt, contact, kind } = delivery;
  return (
    <>
      <span className={state === 'delivered' ? 'good' : cause === null ? '' : 'bad'}>
        <span aria-hidden="true">{MARKS[state]} </span>
        <strong>{title[language]}</strong> {say(standingOf(delivery))}
      </span>
      {kind === null && <span className="soft">{say('channel.gone')}</span>}
      <Receipt delivery={delivery} />
      {state === 'prepared' && publication.mayAct && kind !== null && (
        <Draft of={{ document: publication.document, case: edition.case, delivery }} />
      )}
      {cause !== null && (
        <>
          <span>
            {language === 'zh'
              ? `${say('channel.cause', { cause: cause.zh })}${cause.mendZh}`
              : `${say('channel.cause', { cause: cause.en })} ${cause.mendEn}`}
          </span>
          <span className="soft">
            {say('channel.attempts', { count: attempts })}
            {nextAt !== null && say('channel.next', { at: momentText(nextAt, language) })}
          </span>
          <WhomToCall publication={publication} of={contact} />
          {publication.mayAct && kind !== null && (
            <RetryNow delivery={delivery} edition={edition} publication={publication} />
          )}
        </>
      )}
    </>
  );
}

/** What the target proved to have, where and when, or whose word it is. */
function Receipt({ delivery: { receipt, state } }: { readonly delivery: Delivery }) {
  const { say, language } = useWords();
  const nameOf = useNamesOf(receipt?.by == null ? [] : [receipt.by]);
  if (receipt === null || state !== 'delivered') return null;
  const { digest, files, place, by } = receipt;
  const at = receipt.at === null ? '' : momentText(receipt.at, language);
  const isAddress = place.startsWith('https://') || place.startsWith('http://');
  return (
    <span className="soft">
      {by === null ? say('channel.receipt', { at, count: files }) : say('channel.confirmed', { at, who: nameOf(by) })}{' '}
      {isAddress ? <a href={place}>{place}</a> : <code>{place}</code>}{' '}
      <code className="digest" title={digest}>
        {say('channel.digest', { digest: digest.slice(0, 12) })}
      </code>
    </span>
  );
}

function RetryNow({
  delivery: { channel, round },
  edition,
  publication,
}: {
  readonly delivery: Delivery;
  readonly edition: Edition;
  readonly publication: Publication;
}) {
  const { say } = useWords();
  const { act, isBusy, isWaiting, wrong } = useActing(() => {
    tell((now) => now('channel.retried'));
    void queries.invalidateQueries({ queryKey: ['publication'] });
  });
  const body = { channel, case: edition.case, round };
  return (
    <>
      <span>
        <Button
          size="small"
          aria-disabled={isBusy}
          onClick={() => void act({ path: `/publications/${publication.document}/retries`, body, receipt: null })}
        >
          {isBusy ? say('verb.acting') : say('channel.retry')}
        </Button>
      </span>
      <ActingNotes isWaiting={isWaiting} wrong={wrong} />
    </>
  );
}
