import { onReturn } from './session.js';

/** Something about this report changed on the server: look again. Null: anything may have, the stream was interrupted. */
export type Change = { readonly document: string; readonly case: string | null } | null;

type Listener = (change: Change) => void;
const listeners = new Set<Listener>();
let source: EventSource | undefined;
let wasOpen = false;

function open(): void {
  source = new EventSource('/api/v1/events');
  source.addEventListener('open', () => {
    // The stream has no history: what happened while it was away is not told again.
    if (wasOpen) tell(null);
    wasOpen = true;
  });
  source.addEventListener('message', ({ data }: MessageEvent<string>) => tell(JSON.parse(data) as Change));
}

// The stream of a session ends with it. Whatever happened meanwhile is not told again.
onReturn(() => {
  if (source === undefined) return;
  source.close();
  wasOpen = true;
  open();
});

const tell = (change: Change): void => listeners.forEach((listener) => listener(change));

/** Hears of changes for as long as somebody is signed in and asks; the browser opens a lost stream again by itself. */
export function onChange(listener: Listener): () => void {
  if (listeners.size === 0) open();
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    source?.close();
    source = undefined;
    wasOpen = false;
  };
}
