import { useCallback, useEffect, useRef, useState } from 'react';
import { onChange } from '../api/changes.js';

/** What was read before, by address: going back shows it at once, and reads it again. */
const kept = new Map<string, unknown>();

/** Forgets everything read; whoever signs in next must not see it. */
export const forgetLoaded = (): void => kept.clear();

/** What was read under a key before, without reading it. */
export const peekLoaded = (key: string): unknown => kept.get(key);

/** Something being read. `isSlow` after 300 ms without it; `error` beside `data` when a later reading failed. */
export interface Loaded<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly isSlow: boolean;
  readonly reload: () => void;
}

const SLOW_MS = 300;
/** Several services announce one act: they are one reading. */
const TOGETHER_MS = 150;

/** Reads something now, and again whenever something changed on the server. */
export function useLoad<T>(key: string, load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [state, setState] = useState<{ readonly key: string; readonly data: T | undefined; readonly error: unknown }>(
    () => ({ key, data: peekLoaded(key) as T | undefined, error: undefined }),
  );
  const [isSlow, setSlow] = useState(false);
  const [turn, setTurn] = useState(0);
  const latest = useRef(load);
  latest.current = load;
  const reload = useCallback(() => setTurn((before) => before + 1), []);
  useEffect(() => {
    const stop = new AbortController();
    const slow = setTimeout(() => setSlow(true), SLOW_MS);
    const show = (data: T | undefined, error: unknown): void => {
      if (!stop.signal.aborted) setState({ key, data, error });
      clearTimeout(slow);
      if (!stop.signal.aborted) setSlow(false);
    };
    const reading = async (): Promise<void> => {
      try {
        const data = await latest.current(stop.signal);
        if (!stop.signal.aborted) kept.set(key, data);
        show(data, undefined);
      } catch (error) {
        // What was read before stays on the screen, beside what went wrong.
        show(peekLoaded(key) as T | undefined, error);
      }
    };
    void reading();
    return () => {
      stop.abort();
      clearTimeout(slow);
    };
  }, [key, turn]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = onChange(() => {
      clearTimeout(timer);
      timer = setTimeout(reload, TOGETHER_MS);
    });
    window.addEventListener('online', reload);
    return () => {
      stop();
      clearTimeout(timer);
      window.removeEventListener('online', reload);
    };
  }, [reload]);
  const isCurrent = state.key === key;
  return {
    data: isCurrent ? state.data : (peekLoaded(key) as T | undefined),
    error: isCurrent ? state.error : undefined,
    isSlow,
    reload,
  };
}
