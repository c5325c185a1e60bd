import type { ReactNode } from 'react';
import { reportName } from '../words/report-name.js';
import { problemText, useWords } from '../words/words.js';
import { ActingNotes } from './sign-fields.js';
import { isReady, type Readiness } from './signing-together.js';
import { SignWay } from './signing-way.js';
import type { Outcome, SigningTogether } from './use-signing-together.js';
import { Verdict } from './verdict.js';

interface TogetherPartsProps {
  readonly waiting: readonly Readiness[];
  readonly signing: SigningTogether;
  /** The way to one that is not signed here, in the look of the page around it. */
  readonly link: (caseId: string, content: ReactNode) => ReactNode;
}

/** What one has looked at already, each ticked by hand and signed by itself; how; and what became of each. */
export function TogetherParts({ waiting, signing, link }: TogetherPartsProps) {
  const { say } = useWords();
  const { ways, asking, isWaiting, wrong, outcomes } = signing;
  const grades = waiting.flatMap(({ signable }) => (signable === null ? [] : [signable.grade]));
  return (
    <>
      <p>{say('together.help')}</p>
      {waiting.length === 0 && <p className="empty">{say('inbox.empty')}</p>}
      <ul className="cards">
        {waiting.map((one) => (
          <li key={one.item.seat}>
            <ReadyCard one={one} signing={signing} link={link} />
          </li>
        ))}
      </ul>
      {grades.length > 0 && <SignWay ways={ways} grades={grades} />}
      {asking !== null && (
        <p role="status" className="note">
          {say('together.asking', {
            at: asking.at,
            all: asking.all,
            report: reportName(say, asking.of),
          })}
        </p>
      )}
      <ActingNotes isWaiting={isWaiting} wrong={wrong} />
      <Outcomes outcomes={outcomes} />
    </>
  );
}

function ReadyCard({
  one,
  signing: { isPicked, toggle, wayOf },
  link,
}: Omit<TogetherPartsProps, 'waiting'> & { readonly one: Readiness }) {
  const { say } = useWords();
  const { item, why } = one;
  const facts = (
    <span className="stack">
      <strong lang="zh-CN">{item.organName}</strong>
      <span>
        {say('reports.ofYear', { year: item.year })} · {say(`kind.${item.kind}`)} ·{' '}
        <span lang="zh-CN">{item.stageName}</span>
      </span>
      <span>
        <Verdict of={item} />
      </span>
    </span>
  );
  const way = isReady(one) ? wayOf(one) : null;
  if (way === null)
    return link(
      item.case,
      <>
        {facts}
        <span className="soft">{say(`together.${why ?? 'passkey'}`)}</span>
      </>,
    );
  return (
    <label className="card pick">
      <input type="checkbox" checked={isPicked(item.seat)} onChange={() => toggle(item.seat)} />
      {facts}
    </label>
  );
}

/** What became of each: one that was refused says why, and the others are signed all the same. */
function Outcomes({ outcomes }: { readonly outcomes: readonly Outcome[] }) {
  const { say, language } = useWords();
  return (
    <div role="status">
      <ul className="outcomes">
        {outcomes.map(({ of: { seat, organName, year }, signed, problem }) => (
          <li key={seat} className={signed ? 'note' : 'note bad'}>
            <strong lang="zh-CN">{reportName(say, { organName, year })}</strong>{' '}
            <span aria-hidden="true">{signed ? '✓ ' : '✕ '}</span>
            {signed ? say('done.signed') : problem === null ? say('together.unknown') : problemText(problem, language)}
          </li>
        ))}
      </ul>
    </div>
  );
}
