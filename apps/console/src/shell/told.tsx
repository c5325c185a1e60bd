import { useSyncExternalStore } from 'react';

/** One sentence about what was just done, on whatever screen one is by then. */
let told = { sentence: '', lang: '' };
const listeners = new Set<() => void>();

/** Says it: politely to whoever listens, and at the top of the next screen. */
export function tell(sentence: string): void {
  told = { sentence, lang: document.documentElement.lang };
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Where it is said. Always there: a region that appears with its text is not read out. */
export function Told() {
  const { sentence, lang } = useSyncExternalStore(subscribe, () => told);
  return (
    <div role="status" className={sentence === '' ? '' : 'told'}>
      {sentence !== '' && (
        <>
          <span aria-hidden="true">✓ </span>
          <span lang={lang}>{sentence}</span>
        </>
      )}
    </div>
  );
}
