import { useSyncExternalStore } from 'react';

/** Sentences given for failed checks, by the check's key: a figure that changes has another key, and its sentence no longer counts. */
type Sentences = Readonly<Record<string, string>>;

const place = (document: string): string => `sunward.sentences.${document}`;
const listeners = new Set<() => void>();
const known = new Map<string, Sentences>();

function sentencesOf(document: string): Sentences {
  const found = known.get(document) ?? stored(document);
  known.set(document, found);
  return found;
}

function stored(document: string): Sentences {
  try {
    return JSON.parse(localStorage.getItem(place(document)) ?? '{}') as Sentences;
  } catch {
    return {}; // storage is shut or holds something else: nothing was kept
  }
}

/** Takes over what was said when the report was submitted last, on a device that holds nothing of its own: nobody says it twice. */
export function adoptSentences(
  document: string,
  explained: readonly { readonly key: string; readonly sentence: string }[],
): void {
  if (explained.length === 0 || isHeld(document)) return;
  keep(document, Object.fromEntries(explained.map(({ key, sentence }) => [key, sentence])));
}

function isHeld(document: string): boolean {
  try {
    return localStorage.getItem(place(document)) !== null;
  } catch {
    return Object.keys(sentencesOf(document)).length > 0; // storage is shut: what this page knows is all there is
  }
}

/** Keeps a sentence on this device, also for the round after a return; '' takes it away. */
export function say(document: string, key: string, sentence: string): void {
  const { [key]: _, ...others } = sentencesOf(document);
  keep(document, sentence === '' ? others : { ...others, [key]: sentence });
}

function keep(document: string, sentences: Sentences): void {
  known.set(document, sentences);
  try {
    localStorage.setItem(place(document), JSON.stringify(sentences));
  } catch {
    // Storage is shut: they hold for this page.
  }
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useSentences = (document: string): Sentences =>
  useSyncExternalStore(subscribe, () => sentencesOf(document));
