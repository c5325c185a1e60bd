import { Button } from 'antd';
import { useState } from 'react';
import { applyFixes } from '#report/apply-fixes';
import type { AnnualReport } from '#report/model';
import { placeWords } from '../report/place-words.js';
import { useWords } from '../words/words.js';
import type { Finding } from './checking.js';
import { useChecks, useOpenDraft, usePart } from './open-draft.js';
import { sendable } from './sendable.js';
import { say as saySentence, useSentences } from './sentences.js';

const MARKS = { E: '✕', W: '⚠', I: '·' } as const;
const LOOKS = { E: 'bad', W: 'warn', I: '' } as const;
const ORDER = { E: 0, W: 1, I: 2 } as const;
/** Findings of one rule beyond this many are one line until somebody wants to see them. */
const MOST_SHOWN = 3;

export const failedOf = (results: readonly Finding[]): readonly Finding[] =>
  results.filter(({ status }) => status === 'fail').toSorted((a, b) => ORDER[a.severity] - ORDER[b.severity]);

type Go = (finding: Finding) => void;

/** What the checks find while one writes, the gravest first; each leads to its place. */
export function FindingsPanel({ go }: { readonly go: Go }) {
  const { say } = useWords();
  const { checking } = useOpenDraft();
  const checks = useChecks();
  const failed = failedOf(checks.results);
  const count = (severity: Finding['severity']): number => failed.filter((one) => one.severity === severity).length;
  const byRule = new Map<string, Finding[]>();
  for (const one of failed) {
    const group = `${one.severity} ${one.rule}`;
    byRule.set(group, [...(byRule.get(group) ?? []), one]);
  }
  return (
    <section className="checks" aria-label={say('case.checks')}>
      <h2>{say('case.checks')}</h2>
      {/* Said once they are done, not with every key. */}
      <p role="status" data-took={checks.tookMs.toFixed(1)}>
        {checks.state === 'broken'
          ? say('drafting.checksBroken')
          : say('drafting.counts', { errors: count('E'), warnings: count('W'), notes: count('I') })}
      </p>
      {checks.state === 'broken' && <Button onClick={() => checking.again()}>{say('state.retry')}</Button>}
      {checks.state !== 'broken' && checks.of !== null && failed.length === 0 && <p>{say('case.allPassed')}</p>}
      <ul className="findings">
        {[...byRule.values()].map((findings) =>
          findings.length > MOST_SHOWN ? (
            <Many key={findings[0]?.key} findings={findings} go={go} />
          ) : (
            findings.map((finding) => <One key={finding.key} finding={finding} go={go} />)
          ),
        )}
      </ul>
    </section>
  );
}

function Many({ findings, go }: { readonly findings: readonly Finding[]; readonly go: Go }) {
  const { say, language } = useWords();
  const [first] = findings;
  if (first === undefined) return null;
  return (
    <li className={LOOKS[first.severity]}>
      <details>
        <summary>
          <span className="tag">
            <span aria-hidden="true">{MARKS[first.severity]} </span>
            {say(`checks.${first.severity}`)}
          </span>{' '}
          {say('drafting.many', { count: findings.length, first: first.message[language] })}
        </summary>
        <ul className="findings">
          {findings.map((finding) => (
            <One key={finding.key} finding={finding} go={go} />
          ))}
        </ul>
      </details>
    </li>
  );
}

/** One finding with the ways out of it: its place, what would mend it, a sentence on why it is right. */
export function One({ finding, go }: { readonly finding: Finding; readonly go: Go }) {
  const { say, language } = useWords();
  const { draft, document } = useOpenDraft();
  const report = usePart((now) => now);
  const sentence = useSentences(document)[finding.key];
  const [isSaying, setSaying] = useState(false);
  const { severity, message, fix, place, overridable } = finding;
  const where = placeWords(report, place, say);
  const mayExplain = severity === 'W' || (severity === 'E' && overridable);
  const mend = (): void => {
    // Places of a finding are those of what is kept, in which no empty paragraph counts.
    const fixed: AnnualReport = applyFixes(sendable(draft.report), [finding]).report;
    const cell = 'table' in place && place.cell !== undefined ? fixed.tables[place.table]?.[place.cell] : undefined;
    if ('table' in place && place.cell !== undefined && cell !== undefined)
      draft.writeCells(place.table, { [place.cell]: cell });
    else draft.replace(fixed);
  };
  return (
    <li className={LOOKS[severity]}>
      <span className="tag">
        <span aria-hidden="true">{MARKS[severity]} </span>
        {say(`checks.${severity}`)}
      </span>
      <span className="where" lang="zh-CN">
        {where}
      </span>
      <span>{message[language]}</span>
      <span className="ways">
        <Button size="small" onClick={() => go(finding)}>
          {say('drafting.go')}
          <span className="hidden"> {where}</span>
        </Button>
        {fix !== undefined && isFixable(finding) && (
          <Button size="small" onClick={mend}>
            {say('drafting.fix', { fix })}
          </Button>
        )}
        {mayExplain && !isSaying && (
          <Button size="small" onClick={() => setSaying(true)}>
            {say(sentence === undefined ? 'drafting.explain' : 'drafting.explainAgain')}
            <span className="hidden"> {where}</span>
          </Button>
        )}
      </span>
      {sentence !== undefined && !isSaying && (
        <span className="soft" lang="zh-CN">
          {sentence}
        </span>
      )}
      {isSaying && <SentenceField finding={finding} where={where} onDone={() => setSaying(false)} />}
    </li>
  );
}

/** A fix the report library can write in by itself. */
const isFixable = ({ place }: Finding): boolean =>
  ('chapter' in place && (place.paragraph === undefined || place.from !== undefined)) ||
  ('part' in place && place.part === 'title') ||
  ('table' in place && place.cell !== undefined);

const SHORTEST = 4;
const LONGEST = 500;

interface SentenceFieldProps {
  readonly finding: Finding;
  readonly where: string;
  readonly onDone: () => void;
}

function SentenceField({ finding, where, onDone }: SentenceFieldProps) {
  const { say } = useWords();
  const { document } = useOpenDraft();
  const [text, setText] = useState(useSentences(document)[finding.key] ?? '');
  const isShort = text.trim().length < SHORTEST && text.trim() !== '';
  const keep = (): void => {
    if (isShort) return;
    saySentence(document, finding.key, text.trim());
    onDone();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        keep();
      }}
    >
      <textarea
        autoFocus
        lang="zh-CN"
        rows={2}
        maxLength={LONGEST}
        aria-label={say('drafting.sentenceFor', { where })}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {isShort && <p className="warn">{say('drafting.sentenceShort', { count: SHORTEST })}</p>}
      <Button size="small" htmlType="submit">
        {say('drafting.keepSentence')}
      </Button>
    </form>
  );
}
