import type { CaseFile } from '../api/case-file.js';
import { useWords } from '../words/words.js';
import { findingsOf } from './findings.js';
import { Verdict } from './verdict.js';

/** What one asks first, before any detail: what the checks say, and whether confidentiality is settled. */
export function FirstGlance({ file: { report, current, review } }: { readonly file: CaseFile }) {
  const { say } = useWords();
  if (report?.report == null) return null;
  const found = findingsOf(report);
  const errors = found.filter(({ severity }) => severity === 'E').length;
  const counts = { errors, warnings: found.length - errors };
  const seats = [...(review?.seats ?? []), ...current.seats];
  const guarded = current.stages.filter(({ duty }) => duty === 'secrecy').map(({ id }) => id);
  const own = seats.filter(({ stage, state }) => guarded.includes(stage) && state !== 'spare');
  const isSettled = own.length > 0 && own.every(({ state }) => state === 'signed');
  return (
    <p>
      <Verdict of={counts} />
      {guarded.length > 0 && (
        <span className={isSettled ? 'good' : 'soft'}>
          {' · '}
          <span aria-hidden="true">{isSettled ? '✓ ' : '○ '}</span>
          {say(isSettled ? 'case.secrecySettled' : 'case.secrecyOpen')}
        </span>
      )}
    </p>
  );
}
