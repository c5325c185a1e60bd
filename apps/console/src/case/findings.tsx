import { useId } from 'react';
import { groupBy } from '#domain/grouping';
import type { AnnualReport } from '#report/model';
import type { Place } from '#report/place';
import type { Report } from '../api/answers.js';
import { markOfFinding } from '../report/finding-place.js';
import { placeWords } from '../report/place-words.js';
import { useWords } from '../words/words.js';

/** Findings of one rule beyond this many are one line until somebody wants to see them. */
const MOST_SHOWN = 3;

type Finding = Report['checks'][number] & { readonly sentence: string | null };

/** What the checks found: what was explained when it was submitted, or what they find now where nothing was. */
export function findingsOf({ checks, explained }: Pick<Report, 'checks' | 'explained'>): readonly Finding[] {
  const failed = checks.filter(({ status, severity }) => status === 'fail' && severity !== 'I');
  return explained.length > 0 ? explained : failed.map((check) => ({ ...check, sentence: null }));
}

interface FindingsProps {
  readonly report: Report;
  /** Leads to a place of the whole text. */
  readonly onGo: (mark: string) => void;
  /** Within a dialog its heading is one of the dialog's. */
  readonly heading?: 'h2' | 'h3';
}

/** What the checks found, with the drafter's sentence beside each: the verdict first. Each leads to its place. */
export function Findings({ report: { checks, explained, report }, onGo, heading: Heading = 'h2' }: FindingsProps) {
  const { say } = useWords();
  const id = useId();
  if (report === null) return null;
  const found = findingsOf({ checks, explained });
  const byRule = groupBy(found, ({ rule, severity }) => `${severity} ${rule}`);
  return (
    <section aria-labelledby={id}>
      <Heading id={id}>{say('case.checks')}</Heading>
      {found.length === 0 && (
        <p className="good">
          <span aria-hidden="true">✓ </span>
          {say('case.allPassed')}
        </p>
      )}
      <ul className="findings">
        {[...byRule.entries()].map(([rule, some]) =>
          some.length > MOST_SHOWN ? (
            <Many key={rule} findings={some} report={report} onGo={onGo} />
          ) : (
            some.map((one) => <One key={one.key} finding={one} report={report} onGo={onGo} />)
          ),
        )}
      </ul>
    </section>
  );
}

interface ManyProps {
  readonly findings: readonly Finding[];
  readonly report: AnnualReport;
  readonly onGo: FindingsProps['onGo'];
}

function Many({ findings, report, onGo }: ManyProps) {
  const { say, language } = useWords();
  const [first] = findings;
  if (first === undefined) return null;
  return (
    <li className={looksOf(first)}>
      <details>
        <summary>
          <Tag finding={first} /> {say('drafting.many', { count: findings.length, first: first.message[language] })}
        </summary>
        <ul className="findings">
          {findings.map((one) => (
            <One key={one.key} finding={one} report={report} onGo={onGo} />
          ))}
        </ul>
      </details>
    </li>
  );
}

function One({ finding, report, onGo }: Omit<ManyProps, 'findings'> & { readonly finding: Finding }) {
  const { say, language } = useWords();
  const { message, sentence } = finding;
  const place = finding.place as Place;
  const where = placeWords(report, place, say);
  return (
    <li className={looksOf(finding)}>
      <Tag finding={finding} />
      <span className="where" lang="zh-CN">
        {where}
      </span>
      <span>{message[language]}</span>
      {sentence !== null && <span className="soft">{say('case.explainedAs', { sentence })}</span>}
      <span className="ways">
        <button type="button" className="button" onClick={() => onGo(markOfFinding(report, place))}>
          {say('note.show')}
          <span className="hidden"> {where}</span>
        </button>
      </span>
    </li>
  );
}

const looksOf = ({ severity }: Finding): string => (severity === 'E' ? 'bad' : 'warn');

function Tag({ finding: { severity, sentence } }: { readonly finding: Finding }) {
  const { say } = useWords();
  return (
    <span className="tag">
      <span aria-hidden="true">{severity === 'E' ? '✕ ' : '⚠ '}</span>
      {say(severity !== 'E' ? 'case.warning' : sentence === null ? 'checks.E' : 'case.overridden')}
    </span>
  );
}
