import type { Me, ReportLines } from '../api/answers.js';
import type { Key } from '../words/words.js';

type Line = ReportLines['items'][number];

const drafts = ({ organ }: Line, grants: Me['grants']): boolean =>
  grants.some((grant) => grant.role === 'drafter' && grant.organ === organ);

/**
 * Where a line of a list leads: to its case while somebody has it in hand, to the workspace of a drafter, else to the report. A
 * text that is being written is for its drafters alone: others see what became of its case, and without one there is nothing to open: null.
 */
export function lineAddress(line: Line, grants: Me['grants']): string | null {
  const { state, case: caseId, document } = line;
  const ofCase = caseId === null ? null : `/cases/${caseId}`;
  if (state === 'submitted' || line.caseOnly) return ofCase;
  if (state === 'live' || state === 'withdrawn') return `/reports/${document}`;
  return drafts(line, grants) ? `/reports/${document}/edit` : ofCase;
}

/** The sentence for where a report stands. Under sign-off its case says it more exactly. */
export function stateOf({ state, caseState }: Line): Key {
  const inHand = state === 'submitted' && caseState !== null && caseState !== 'in-review';
  return inHand ? `caseState.${caseState}` : `reportState.${state}`;
}
