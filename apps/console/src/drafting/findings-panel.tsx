import { Button } from 'antd';
import { memo, useState } from 'react';
import { applyFixes } from '#report/apply-fixes';
import type { AnnualReport } from '#report/model';
import { placeWords } from '../report/place-words.js';
import { useWords } from '../words/words.js';
import type { Finding } from './checking.js';
import { useChecks, useFindings, useOpenDraft } from './open-draft.js';
import { sendable } from './sendable.js';
import { SentenceField } from './sentence-field.js';
import { useSentences } from './sentences.js';

const MARKS = { E: '✕', W: '⚠', I: '·' } as const;
const LOOKS = { E: 'bad', W: 'warn', I: '' } as const;
/** Findings of one rule beyond this many are one line until somebody wants to see them. */
const MOST_SHOWN = 3;

type Go = (finding: Finding) => void;

interface FindingsProps {
  readonly findings: readonly Finding[];
  readonly go: Go;
}

/** What the checks find while one writes, the gravest first; each leads to its place. */
export const FindingsPanel = memo(function FindingsPanel({ go }: { readonly go: Go }) {
  const { say } = useWords();
  return (
    <section className="checks" aria-label={say('case.checks')}>
      <h2>{say('case.checks')}</h2>
      <Counts />
      <FindingList findings={useFindings()} go={go} />
    </section>
  );
});

/** Said once the checks are done, not with every key. */
function Counts() {
  const { say } = useWords();
  const { checking, document } = useOpenDraft();
  const sentences = useSentences(document);
  const { state, of, findings, tookMs, turn } = useChecks((checks) => checks);
  const count = (severity: Finding['severity']): number => findings.filter((one) => one.severity === severity).length;
  const explained = findings.filter(({ severity, key }) => severity === 'W' && sentences[key] !== undefined).length;
  return (
    <>
      <p role="status" data-took={tookMs.toFixed(1)} data-turn={turn}>
        {state === 'broken'
          ? say('drafting.checksBroken')
          : of === null
            ? say('drafting.checksFirst')
            : say('drafting.counts', { errors: count('E'), warnings: count('W'), notes: count('I') })}
        {explained > 0 && say('drafting.explainedCount', { count: explained })}
      </p>
      {state === 'broken' && <Button onClick={() => checking.again()}>{say('state.retry')}</Button>}
      {state !== 'broken' && of !== null && findings.length === 0 && <p>{say('case.allPassed')}</p>}
    </>
  );
}

/** Drawn apart from whoever waits for it: a change of findings is one of many renderings, each short. */
const FindingList = memo(function FindingList({ findings, go }: FindingsProps) {
  const byRule = new Map<string, Finding[]>();
  for (const one of findings) {
    const group = `${one.severity} ${one.rule}`;
    byRule.set(group, [...(byRule.get(group) ?? []), one]);
  }
  return (
    <ul className="findings">
      {[...byRule.entries()].map(([group, some]) =>
        some.length > MOST_SHOWN ? (
          <Many key={group} findings={some} go={go} />
        ) : (
          some.map((finding) => <One key={finding.key} finding={finding} go={go} />)
        ),
      )}
    </ul>
  );
});

function Many({ findings, go }: FindingsProps) {
  const { say, language } = useWords();
  const [isOpen, setOpen] = useState(false);
  const sentences = useSentences(useOpenDraft().document);
  const [first] = findings;
  if (first === undefined) return null;
  const isSettled = findings.every(({ severity, key }) => severity === 'W' && sentences[key] !== undefined);
  return (
    <li className={isSettled ? '' : LOOKS[first.severity]}>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <span className="tag">
            <span aria-hidden="true">{isSettled ? '✓' : MARKS[first.severity]} </span>
            {isSettled ? say('drafting.explained') : say(`checks.${first.severity}`)}
          </span>{' '}
          {say('drafting.many', { count: findings.length, first: first.message[language] })}
        </summary>
        {/* Two hundred blanks nobody looks at are not drawn. */}
        <ul className="findings">{isOpen && findings.map((one) => <One key={one.key} finding={one} go={go} />)}</ul>
      </details>
    </li>
  );
}

/** One finding with the ways out of it: its place, what would mend it, a sentence on why it is right. */
export const One = memo(function One({ finding, go }: { readonly finding: Finding; readonly go: Go }) {
  const { say, language } = useWords();
  const { draft, document } = useOpenDraft();
  const sentence = useSentences(document)[finding.key];
  const [isSaying, setSaying] = useState(false);
  const { severity, message, fix, place, overridable } = finding;
  // Chapters and cells are called the same whatever is written into them.
  const where = placeWords(draft.report, place, say);
  const isSettled = severity === 'W' && sentence !== undefined;
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
    <li className={isSettled ? '' : LOOKS[severity]}>
      <span className="tag">
        <span aria-hidden="true">{isSettled ? '✓' : MARKS[severity]} </span>
        {isSettled ? say('drafting.explained') : say(`checks.${severity}`)}
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
});

/** A fix the report library can write in by itself. */
const isFixable = ({ place }: Finding): boolean =>
  ('chapter' in place && (place.paragraph === undefined || place.from !== undefined)) ||
  ('part' in place && place.part === 'title') ||
  ('table' in place && place.cell !== undefined);
