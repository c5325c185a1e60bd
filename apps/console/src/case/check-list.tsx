import type { Place } from '#report/place';
import type { Check, Report } from '../api/answers.js';
import { placeWords } from '../report/place-words.js';
import { useWords } from '../words/words.js';

const ORDER = { E: 0, W: 1, I: 2 } as const;
const MARKS = { E: '✕', W: '⚠', I: '·' } as const;
const LOOKS = { E: 'bad', W: 'warn', I: '' } as const;

/** What the checks found in a text, the gravest first; what was passed is counted. */
export function CheckList({ report: { checks, report } }: { readonly report: Report }) {
  const { say, language } = useWords();
  const failed = checks
    .filter(({ status }) => status === 'fail')
    .toSorted((a, b) => ORDER[a.severity] - ORDER[b.severity]);
  const unknown = checks.filter(({ status }) => status === 'not-assessable').length;
  const passed = checks.length - failed.length - unknown;
  const line = (check: Check) => (
    <li key={check.key} className={LOOKS[check.severity]}>
      <span className="tag">
        <span aria-hidden="true">{MARKS[check.severity]} </span>
        {say(`checks.${check.severity}`)}
      </span>
      {report !== null && (
        <span className="where" lang="zh-CN">
          {placeWords(report, check.place as Place, say)}
        </span>
      )}
      <span>{check.message[language]}</span>
    </li>
  );
  return (
    <>
      <p>{say('checks.counts', { passed, failed: failed.length, unknown })}</p>
      <ul className="findings">{failed.map(line)}</ul>
    </>
  );
}
