import { groupBy } from '#domain/grouping';
import type { AnnualReport } from '#report/model';
import type { Place } from '#report/place';
import type { Report } from '../api/answers.js';
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

/** What the checks found, with the drafter's sentence beside each: the verdict first. */
export function Findings({ report: { checks, explained, report } }: { readonly report: Report }) {
  const { say } = useWords();
  if (report === null) return null;
  const found = findingsOf({ checks, explained });
  const byRule = groupBy(found, ({ rule, severity }) => `${severity} ${rule}`);
  return (
    <section aria-labelledby="checks">
      <h2 id="checks">{say('case.checks')}</h2>
      {found.length === 0 && (
        <p className="good">
          <span aria-hidden="true">✓ </span>
          {say('case.allPassed')}
        </p>
      )}
      <ul className="findings">
        {[...byRule.entries()].map(([rule, some]) =>
          some.length > MOST_SHOWN ? (
            <Many key={rule} findings={some} report={report} />
          ) : (
            some.map((one) => <One key={one.key} finding={one} report={report} />)
          ),
        )}
      </ul>
    </section>
  );
}

interface ManyProps {
  readonly findings: readonly Finding[];
  readonly report: AnnualReport;
}

function Many({ findings, report }: ManyProps) {
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
            <One key={one.key} finding={one} report={report} />
          ))}
        </ul>
      </details>
    </li>
  );
}

function One({ finding, report }: { readonly finding: Finding; readonly report: AnnualReport }) {
  const { say, language } = useWords();
  const { message, place, sentence } = finding;
  return (
    <li className={looksOf(finding)}>
      <Tag finding={finding} />
      <span className="where" lang="zh-CN">
        {placeWords(report, place as Place, say)}
      </span>
      <span>{message[language]}</span>
      {sentence !== null && <span className="soft">{say('case.explainedAs', { sentence })}</span>}
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
