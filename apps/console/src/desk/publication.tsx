import { clockText, momentText } from '../words/dates.js';
import { useWords, wrongText } from '../words/words.js';
import { FoldedQrCode } from '../shell/qr-code.js';
import { Wrong } from '../shell/wrong.js';
import { Deliveries } from './channels/deliveries.js';
import { WhomToCall } from './channels/whom-to-call.js';
import { EvidenceCheck } from './evidence-check.js';
import { PublicationTold } from './publication-told.js';
import { PublicationTrail } from './publication-trail.js';
import { type Publication, usePublication } from './queries.js';

/** S12: how each edition stands with the public, newest first, and where it is. Everybody who may see the report sees the same. */
export function PublicationTimeline({
  document,
  releaseAt,
}: {
  readonly document: string;
  readonly releaseAt: string | null;
}) {
  const words = useWords();
  const { say, language } = words;
  const { data, error, isPending } = usePublication(document);
  if (error !== null && data === undefined) return <Wrong>{wrongText(error, words)}</Wrong>;
  if (isPending) return <p role="status">{say('state.loading')}</p>;
  if (data == null) {
    const isSet = releaseAt !== null;
    return <p>{isSet ? say('live.approved', { at: momentText(releaseAt, language) }) : say('publication.none')}</p>;
  }
  return (
    <>
      {data.live !== null && (
        <>
          <p>
            {say('publication.live', { edition: data.live.edition, at: momentText(data.live.at, language) })}{' '}
            <a href={data.live.url}>{data.live.url}</a>
          </p>
          <FoldedQrCode text={data.live.url} label={say('live.qr')} />
        </>
      )}
      <ol className="rail">
        {data.editions.map((edition) => (
          <li key={`${edition.case} ${edition.edition}`}>
            <Edition edition={edition} publication={data} />
            <PublicationTrail edition={edition} />
            <Deliveries edition={edition} publication={data} />
            <PublicationTold edition={edition} publication={data} />
          </li>
        ))}
      </ol>
      {data.live !== null && <Evidence live={data.live} />}
    </>
  );
}

const MARKS: Readonly<Record<Publication['editions'][number]['state'], string>> = {
  waiting: '○',
  publishing: '◷',
  live: '✓',
  superseded: '–',
  withdrawn: '–',
  done: '✓',
  passed: '–',
  held: '✕',
  dropped: '–',
};

function Edition({
  edition,
  publication,
}: {
  readonly edition: Publication['editions'][number];
  readonly publication: Publication;
}) {
  const { say } = useWords();
  const { state, attempts, kind, round } = edition;
  const what = kind === null ? '' : ` · ${say(`kind.${kind}`)}`;
  return (
    <>
      <strong>
        {say('case.editionRound', { edition: edition.edition, round })}
        {what}
      </strong>
      <span className={state === 'held' ? 'bad' : state === 'live' ? 'good' : ''}>
        <span aria-hidden="true">{MARKS[state]} </span>
        {say(`publication.state.${state}`)}
      </span>
      <Times edition={edition} />
      {attempts > 1 && <span className="soft">{say('publication.attempts', { count: attempts })}</span>}
      <Standstill edition={edition} publication={publication} />
    </>
  );
}

/** Why an edition is not public yet: the cause, what readers have meanwhile, when it is tried next, and whom to call. */
function Standstill({
  edition: { edition, cause, state, nextAt, trail },
  publication,
}: {
  readonly edition: Publication['editions'][number];
  readonly publication: Publication;
}) {
  const { say, language } = useWords();
  if (cause === null) return null;
  const steps = trail.flatMap((attempt) => attempt.steps);
  const isMoved = state === 'publishing' && steps.some(({ step, figures }) => step === 'address' && figures.links);
  return (
    <span className="bad">
      {language === 'zh'
        ? `${say('publication.cause', { cause: cause.zh })}${cause.mendZh}`
        : `${say('publication.cause', { cause: cause.en })} ${cause.mendEn}`}{' '}
      {say(isMoved ? 'publication.moved' : 'publication.whom')} {isMoved && edition > 1 && say('publication.earlier')}{' '}
      {nextAt !== null && say('publication.next', { at: clockText(nextAt) })} <WhomToCall publication={publication} />
    </span>
  );
}

const MS = 1000;

/** When it was let go, when it had been read back, and how long that took. */
function Times({ edition: { releasedAt, effectAt } }: { readonly edition: Publication['editions'][number] }) {
  const { say, language } = useWords();
  if (releasedAt === null) return null;
  const released = momentText(releasedAt, language);
  if (effectAt === null) return <span className="soft">{say('publication.released', { at: released })}</span>;
  const seconds = ((Date.parse(effectAt) - Date.parse(releasedAt)) / MS).toFixed(1);
  return (
    <span className="soft">{say('publication.effect', { released, at: momentText(effectAt, language), seconds })}</span>
  );
}

/** What lies beside the public page, by which anybody can prove it. */
const FILES = ['report.json', 'evidence.json', 'receipt.json', 'evidence.zip'] as const;

function Evidence({ live }: { readonly live: NonNullable<Publication['live']> }) {
  const { say } = useWords();
  return (
    <>
      <h2>{say('publication.evidence')}</h2>
      <p className="soft">{say('publication.evidenceHelp')}</p>
      <EvidenceCheck url={live.url} />
      <ul className="plain inline">
        {FILES.map((name) => (
          <li key={name}>
            <a href={`${live.url}${name}`}>{name}</a>
          </li>
        ))}
      </ul>
    </>
  );
}
