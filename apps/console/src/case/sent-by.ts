import type { LegCase } from '../api/answers.js';
import { type CaseFile, nameOf } from '../api/case-file.js';
import type { Say } from '../words/words.js';

type SentBack = LegCase['sentBack'][number];

/** Who sent a case back or ended it: a person, or nobody. */
export function senderOf({ by }: Pick<SentBack, 'by'>, names: CaseFile['names'], say: Say): string {
  return by === null ? say('case.bySystem') : nameOf(names, by);
}

/** Why: what the person wrote, or the sentence of what no person did. */
export function reasonIn({ reason, because }: Pick<SentBack, 'reason' | 'because'>, language: 'zh' | 'en'): string {
  return because === null ? reason : because[language];
}
