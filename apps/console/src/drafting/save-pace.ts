/** After the last key; shorter and every word is a revision, longer and a crash costs more than a sentence. */
const IDLE_MS = 800;

/**
 * Between two revisions of one page. Each is kept for ever, with its entry in the ledger and its answer: some 15 kB stored. Whoever thinks
 * after every word needs no more of them than whoever does not; what is typed meanwhile is on this device already.
 */
const APART_MS = 3000;

/** Milliseconds from a key until it is saved, unless another follows. `sinceSavedMs`: since the last revision; null when there was none. */
export const untilSaveMs = (sinceSavedMs: number | null): number =>
  sinceSavedMs === null ? IDLE_MS : Math.max(IDLE_MS, APART_MS - sinceSavedMs);
