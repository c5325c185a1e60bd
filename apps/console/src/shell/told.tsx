import { useSyncExternalStore } from 'react';
import { type Say, useWords } from '../words/words.js';

/** A sentence that is said in whatever language the page speaks by then. */
export type Sentence = (say: Say) => string;

/** One sentence about what was just done, on whatever screen one is by then. */
let told: Sentence | null = null;
const listeners = new Set<() => void>();

/** Says it: politely to whoever listens, and at the top of the next screen. */
export function tell(sentence: Sentence): void {
  told = sentence;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Where it is said. Always there: a region that appears with its text is not read out. */
export function Told() {
  const { say } = useWords();
  const sentence = useSyncExternalStore(subscribe, () => told);
  return (
    <div role="status" className={sentence === null ? '' : 'told'}>
      {sentence !== null && (
        <>
          <span aria-hidden="true">✓ </span>
          <span>{sentence(say)}</span>
        </>
      )}
    </div>
  );
}
