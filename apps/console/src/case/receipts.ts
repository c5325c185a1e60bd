import { useSyncExternalStore } from 'react';
import type { CaseLine } from '../api/answers.js';
import { command, Refused, type Sending } from '../api/send.js';
import { isHere, onSomebodyElse } from '../api/session.js';

/** What was done on this device in this sitting, as it is shown under 已办. */
export interface Receipt {
  readonly act: 'signed' | 'returned' | 'takenBack' | 'recalled';
  readonly case: string;
  readonly leg: CaseLine['leg'];
  readonly seat: string | null;
  readonly organName: string;
  readonly year: number;
  readonly at: string;
}

/** A command on its way: kept, so that a page opened again sends it once more under the same key. */
interface Kept {
  readonly person: string;
  readonly path: string;
  readonly body: unknown;
  readonly key: string;
  readonly receipt: Omit<Receipt, 'at'> | null;
}

const RECEIPTS = 'sunward.receipts';
const SENDING = 'sunward.sending';
const listeners = new Set<() => void>();
let receipts = (stored(RECEIPTS) as readonly Receipt[] | undefined) ?? [];

function stored(place: string): unknown {
  try {
    const text = sessionStorage.getItem(place);
    return text === null ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined; // storage is shut or holds something else: nothing was kept
  }
}

function store(place: string, value: unknown): void {
  try {
    if (value === undefined) sessionStorage.removeItem(place);
    else sessionStorage.setItem(place, JSON.stringify(value));
  } catch {
    // Storage is shut: it holds for this page.
  }
}

function keepReceipt(receipt: Receipt): void {
  const others = receipts.filter((one) => one.case !== receipt.case || one.seat !== receipt.seat);
  receipts = [receipt, ...others];
  store(RECEIPTS, receipts);
  for (const listener of listeners) listener();
}

/** Forgets what was done here: somebody else sits down. */
export function forgetReceipts(): void {
  receipts = [];
  store(RECEIPTS, undefined);
  store(SENDING, undefined);
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** What was done in this sitting, newest first. */
export const useReceipts = (): readonly Receipt[] => useSyncExternalStore(subscribe, () => receipts);

/** True for a seat that was signed or returned in this sitting and not taken back since. */
export const isDealtWith = (seat: string): boolean =>
  receipts.some((one) => one.seat === seat && (one.act === 'signed' || one.act === 'returned'));

/** An act on a case, with what its receipt says. */
export interface Act {
  readonly path: string;
  readonly body: unknown;
  /** Null for what leaves nothing to undo here. */
  readonly receipt: Omit<Receipt, 'at'> | null;
  /** The services take it from nobody who has not just proved who he is: asked before it is sent. */
  readonly needsProof?: boolean;
}

/** Sends an act until it is answered and writes its receipt. Throws Refused. */
export async function actOnce(person: string, act: Act, sending: Omit<Sending, 'key'> = {}): Promise<unknown> {
  const { path, body, receipt } = act;
  return sendKept({ path, body, receipt, person, key: crypto.randomUUID() }, sending);
}

/** Given up as soon as somebody else is here: nothing is ever repeated under another person's name. */
async function sendKept(kept: Kept, { signal, onWaiting }: Omit<Sending, 'key'>): Promise<unknown> {
  store(SENDING, kept);
  const over = new AbortController();
  const give = (): void => over.abort();
  const stop = onSomebodyElse(give);
  signal?.addEventListener('abort', give);
  try {
    const told = onWaiting === undefined ? {} : { onWaiting };
    const outcome = await command(kept.path, kept.body, { ...told, signal: over.signal, key: kept.key });
    if (kept.receipt !== null) keepReceipt({ ...kept.receipt, at: new Date().toISOString() });
    return outcome;
  } finally {
    stop();
    signal?.removeEventListener('abort', give);
    store(SENDING, undefined);
  }
}

/** Sends again what a page that was closed had not heard an answer to. A refusal means that it did not happen: the case shows that. */
export async function resumeSending(person: string, sending: Omit<Sending, 'key'>): Promise<void> {
  const kept = stored(SENDING) as Kept | undefined;
  if (kept === undefined || kept.person !== person) return;
  try {
    await sendKept(kept, sending);
  } catch (error) {
    if (!(error instanceof Refused) && isHere(person)) throw error;
  }
}
