import { useState } from 'react';
import type { z } from 'zod';
import type { SignedMany } from '#contracts/http/leg.api';
import type { Inbox } from '../api/answers.js';
import { read } from '../api/send.js';
import { useActing } from '../case/acting.js';
import { type Readiness, readReady, signTogether } from '../case/signing-together.js';
import { ActingNotes } from '../case/sign-fields.js';
import { Verdict } from '../case/verdict.js';
import { Wrong } from '../shell/wrong.js';
import { problemText, useWords, wrongText } from '../words/words.js';
import { caseAddress } from './addresses.js';
import { useReportName } from './case.screen.js';
import { INBOX } from './inbox.screen.js';
import { Link } from './route.js';
import { Instead, Screen } from './screen.js';
import { useLoad } from './use-load.js';

type Results = z.infer<typeof SignedMany>['results'];

/** 一起签: what one has looked at already, each ticked by hand and signed by itself, under one proof. */
export function TogetherScreen() {
  const words = useWords();
  const { say } = words;
  const loaded = useLoad('together', async (signal) => readReady((await read<Inbox>(INBOX, signal)).items, signal));
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const [results, setResults] = useState<Results>([]);
  const { act, isBusy, isWaiting, wrong } = useActing((outcome) => {
    setResults((outcome as z.infer<typeof SignedMany>).results);
    choose(new Set());
    loaded.reload();
  });
  if (loaded.data === undefined) return <Instead loaded={loaded} title={say('together.title')} />;
  const ready = loaded.data;
  const picked = ready.filter(({ item, signable }) => signable !== null && chosen.has(item.seat));
  const toggle = (seat: string): void =>
    choose(new Set(chosen.has(seat) ? [...chosen].filter((one) => one !== seat) : [...chosen, seat]));
  return (
    <Screen
      title={say('together.title')}
      back="/m"
      bar={
        picked.length > 0 ? (
          <button
            type="button"
            className="button strong wide"
            aria-disabled={isBusy}
            onClick={() => void act(signTogether(picked))}
          >
            {isBusy ? say('sign.acting') : say('together.act', { count: picked.length })}
          </button>
        ) : undefined
      }
    >
      <p>{say('together.help')}</p>
      {loaded.error !== undefined && <Wrong>{wrongText(loaded.error, words)}</Wrong>}
      <ActingNotes isWaiting={isWaiting} wrong={wrong} />
      <Outcomes results={results} />
      {ready.length === 0 && <p className="empty">{say('inbox.empty')}</p>}
      <ul className="cards">
        {ready.map((one) => (
          <li key={one.item.seat}>
            <ReadyCard one={one} isChosen={chosen.has(one.item.seat)} onToggle={() => toggle(one.item.seat)} />
          </li>
        ))}
      </ul>
    </Screen>
  );
}

interface ReadyCardProps {
  readonly one: Readiness;
  readonly isChosen: boolean;
  readonly onToggle: () => void;
}

function ReadyCard({ one: { item, signable, why }, isChosen, onToggle }: ReadyCardProps) {
  const { say } = useWords();
  const facts = (
    <span className="stack">
      <strong lang="zh-CN">{item.organName}</strong>
      <span>
        {item.year} · {say(`kind.${item.kind}`)} · <span lang="zh-CN">{item.stageName}</span>
      </span>
      <span>
        <Verdict of={item} />
      </span>
    </span>
  );
  if (signable === null)
    return (
      <Link to={caseAddress(item.case)} className="card">
        {facts}
        <span className="soft">{say(`together.${why ?? 'look'}`)}</span>
      </Link>
    );
  return (
    <label className="card pick">
      <input type="checkbox" checked={isChosen} onChange={onToggle} />
      {facts}
    </label>
  );
}

/** What became of each: one that was refused says why, and the others are signed all the same. */
function Outcomes({ results }: { readonly results: Results }) {
  const { say, language } = useWords();
  const nameOfReport = useReportName();
  const lines = useLoad(`together ${results.map((one) => one.case).join()}`, async (signal) =>
    Promise.all(
      results.map((one) => read<{ organName: string; year: number; case: string }>(`/cases/${one.case}`, signal)),
    ),
  );
  if (results.length === 0) return null;
  return (
    <ul className="outcomes" role="status">
      {results.map(({ seat, case: caseId, signed, problem }) => {
        const line = lines.data?.find((one) => one.case === caseId);
        return (
          <li key={seat} className={signed ? 'note' : 'note bad'}>
            <strong lang="zh-CN">{line === undefined ? '…' : nameOfReport(line)}</strong>{' '}
            <span aria-hidden="true">{signed ? '✓ ' : '✕ '}</span>
            {signed ? say('done.signed') : problem === null ? say('together.unknown') : problemText(problem, language)}
          </li>
        );
      })}
    </ul>
  );
}
