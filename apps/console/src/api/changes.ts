import { onAnswer } from './send.js';
import { onReturn, onSomebodyElse } from './session.js';

/** Something about this report changed on the server: look again. Null: anything may have, the stream was interrupted. */
export type Change = { readonly document: string; readonly case: string | null } | null;

type Listener = (change: Change) => void;
const listeners = new Set<Listener>();
let source: EventSource | undefined;
/** True when something answered so far may be older than what is told from here on. */
let isBehind = false;
let leaving: ReturnType<typeof setTimeout> | undefined;

/** From one screen to the next nobody listens for a moment. */
const LINGER_MS = 5000;

function open(): void {
  source = new EventSource('/api/v1/events');
  source.addEventListener('open', () => {
    // The stream has no history: what happened before it opened, or while it was away, is not told again.
    if (isBehind) tell(null);
    isBehind = true;
  });
  source.addEventListener('message', ({ data }: MessageEvent<string>) => tell(JSON.parse(data) as Change));
}

// The stream of a session ends with it. Whatever happened meanwhile is not told again.
onReturn(() => {
  if (source === undefined) return;
  source.close();
  isBehind = true;
  open();
});

// Nothing that was answered is kept for whoever comes next, and the stream is of a session that is over.
onSomebodyElse(() => {
  close();
  isBehind = false;
});

onAnswer((answered) => {
  if (answered === 'well' && source !== undefined) isBehind = true;
});

const tell = (change: Change): void => listeners.forEach((listener) => listener(change));

/** Hears of changes for as long as somebody is signed in and asks; the browser opens a lost stream again by itself. */
export function onChange(listener: Listener): () => void {
  clearTimeout(leaving);
  if (source === undefined) open();
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) leaving = setTimeout(close, LINGER_MS);
  };
}

function close(): void {
  clearTimeout(leaving);
  source?.close();
  source = undefined;
  isBehind = true;
}
