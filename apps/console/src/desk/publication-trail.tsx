import { clockText, momentText } from '../words/dates.js';
import { type Say, useWords } from '../words/words.js';
import type { Publication } from './queries.js';

type Edition = Publication['editions'][number];
type Attempt = Edition['trail'][number];
type Step = Attempt['steps'][number];

const MARKS: Readonly<Record<Attempt['state'], string>> = { running: '◷', done: '✓', failed: '✕', broken: '✕' };

/** What was done to bring an edition before the public: each attempt with its steps, how long each took and what it found; the last one open. */
export function PublicationTrail({ edition: { trail, state, releasedAt } }: { readonly edition: Edition }) {
  const { say } = useWords();
  if (trail.length === 0) return null;
  const isCurrent = ['publishing', 'held', 'live', 'done'].includes(state);
  return (
    <>
      <Before trail={trail} releasedAt={releasedAt} />
      {trail.map((attempt, index) => (
        <details key={attempt.attempt} className="trail" open={isCurrent && index === trail.length - 1}>
          <summary>
            <span aria-hidden="true">{MARKS[attempt.state]} </span>
            {say('trail.attempt', { attempt: attempt.attempt, at: clockText(attempt.startedAt) })}{' '}
            {say(`trail.state.${attempt.state}`)}
          </summary>
          <Steps attempt={attempt} />
        </details>
      ))}
    </>
  );
}

const SECOND_MS = 1000;
const DAY_MS = 86_400_000;

/** The last signature by the proved evidence, and how long it could be recalled before the release. */
function Before({ trail, releasedAt }: Pick<Edition, 'trail' | 'releasedAt'>) {
  const { say, language } = useWords();
  const signedAt = trail.flatMap(({ steps }) => steps).find(({ step }) => step === 'proof')?.figures.signedAt;
  if (signedAt === undefined || releasedAt === null) return null;
  const waitedMs = Date.parse(releasedAt) - Date.parse(signedAt);
  const at = (instant: string): string => (waitedMs < DAY_MS ? clockText(instant) : momentText(instant, language));
  const times = { signed: at(signedAt), released: at(releasedAt) };
  return <span className="soft">{say(waitedMs < SECOND_MS ? 'trail.atOnce' : 'trail.buffer', times)}</span>;
}

function Steps({ attempt: { steps, state } }: { readonly attempt: Attempt }) {
  const { say, language } = useWords();
  return (
    <ol className="steps">
      {steps.map((step) => (
        <li key={`${step.step} ${step.startedAt}`} className={step.cause === null ? '' : 'bad'}>
          <span>
            <span aria-hidden="true">{step.cause === null ? '✓' : '✕'} </span>
            {say(`trail.step.${step.step}`)}
          </span>
          <span className="soft took">{tookText(step.tookMs, say)}</span>
          <span className="found">{step.cause === null ? foundText(step, say) : step.cause[language]}</span>
        </li>
      ))}
      {state === 'running' && <li className="soft">{say('trail.goesOn')}</li>}
      {state === 'broken' && <li className="bad">{say('trail.brokenOff')}</li>}
    </ol>
  );
}

function tookText(ms: number, say: Say): string {
  return ms < SECOND_MS
    ? say('trail.ms', { ms: ms < 1 ? '<1' : Math.round(ms) })
    : say('trail.seconds', { seconds: (ms / SECOND_MS).toFixed(1) });
}

const KB = 1024;
const sizeText = (bytes: number): string => (bytes < KB ? `${bytes}\u00a0B` : `${Math.round(bytes / KB)}\u00a0KB`);

/** What a step found, from its figures alone; a figure that is not there is not spoken of. */
function foundText({ figures }: Step, say: Say): string {
  const { signatures, sizeBytes, files, follow = [], path, links, by, read, unread = 0, texts, cells, tags } = figures;
  const { gone, editions, receipt } = figures;
  const said: string[] = [];
  if (signatures !== undefined) said.push(say('trail.signatures', { count: signatures }));
  if (sizeBytes !== undefined) said.push(sizeText(sizeBytes));
  if (files !== undefined) said.push(files.map((file) => `${file.name} ${sizeText(file.sizeBytes)}`).join(' · '));
  if (follow.length > 0) said.push(say('trail.follow', { names: follow.join(' · ') }));
  if (by !== undefined) said.push(say('trail.passed', { edition: by }));
  else if (path !== undefined) said.push(links === 0 ? say('trail.stays', { path }) : path);
  if (read !== undefined) said.push(say('trail.read', { count: read }));
  if (unread > 0) said.push(say('trail.unread', { count: unread }));
  if (texts !== undefined) said.push(say('trail.texts', { count: texts }));
  if (cells !== undefined) said.push(say('trail.cells', { count: cells }));
  if (tags !== undefined) said.push(tagsText(tags, say));
  if (gone !== undefined) said.push(say('trail.gone', { count: gone }));
  if (editions !== undefined) said.push(say('trail.editions', { editions: editions.join(' · ') }));
  if (receipt !== undefined) said.push(say('channel.digest', { digest: receipt.slice(0, 12) }));
  return said.join(' · ');
}

/** How many of the tags a government page must carry say something, and which the site has nothing for. */
function tagsText({ found, of, missing }: NonNullable<Step['figures']['tags']>, say: Say): string {
  const counted = say('trail.tags', { found, of });
  return missing.length === 0 ? counted : `${counted}${say('trail.tagsMissing', { names: missing.join(' · ') })}`;
}
