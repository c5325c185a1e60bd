import type { CaseLine } from '../api/answers.js';
import type { Say } from './words.js';

/** What becomes of a case that takes a report back from the public, where that is said otherwise. */
const TAKING_BACK = ['approved', 'released', 'held', 'done'] as const;

/** How a case stands, by what it asks for: a withdrawal that is done is the opposite of public. `at`: when it is released. */
export function caseStateWords(say: Say, { state, kind }: Pick<CaseLine, 'state' | 'kind'>, at: string): string {
  const own = kind === 'withdraw' ? TAKING_BACK.find((one) => one === state) : undefined;
  return own === undefined ? say(`live.${state}`, { at }) : say(`takingBack.${own}`, { at });
}
