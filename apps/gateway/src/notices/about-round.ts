import type { Notice } from './notice.js';
import type { LegFacts } from './report-facts.js';

/** What a notice about a whole round of a case carries. */
export function aboutRound(leg: LegFacts, topic: string): Omit<Notice, 'person' | 'kind'> {
  const { case: caseId, round, document } = leg;
  return {
    topic,
    mark: String(round),
    case: caseId,
    round,
    seat: null,
    stage: null,
    document,
    actor: null,
    dueAt: null,
  };
}
