import type { Problem } from './answers.js';

/** A refusal of the API: what is wrong and the way out, in both languages. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.code);
  }
}

/** Nobody answered: no network, or something between here and the gateway. Whether a command happened is not known. */
export class Unreachable extends Error {}

/** True when the session is over: the sign-in says so by itself, and what was sent did not happen. */
export const isSignedOut = (error: unknown): boolean =>
  error instanceof Refused && error.problem.code === 'not_signed_in';

interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly key?: string;
  readonly signal?: AbortSignal | undefined;
}

type Listener = (answered: 'well' | 'signed-out') => void;
const listeners = new Set<Listener>();

/** Hears of every answer: that the session is in use, or that it is over. */
export function onAnswer(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** One request. Throws Refused with the problem answered, Unreachable when there was no answer of the API. */
export async function send<T>({ method, path, body, key, signal }: Request): Promise<T> {
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, {
      method,
      credentials: 'same-origin',
      signal: signal ?? null,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Unreachable('no answer', { cause: error });
  }
  return answerOf<T>(response);
}

async function answerOf<T>(response: Response): Promise<T> {
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  if (response.ok) {
    tell('well');
    return (isJson ? await response.json() : undefined) as T;
  }
  // A proxy's own page is no answer of the API.
  if (!isJson) throw new Unreachable(`answered ${response.status} without a problem document`);
  const problem = (await response.json()) as Problem;
  if (problem.code === 'not_signed_in') tell('signed-out');
  throw new Refused(problem);
}

const tell = (answered: 'well' | 'signed-out'): void => listeners.forEach((listener) => listener(answered));

/** Reads something. */
export const read = <T>(path: string, signal?: AbortSignal): Promise<T> => send<T>({ method: 'GET', path, signal });

const WAITS_MS = [1000, 2000, 4000, 8000, 15_000];
/** Refusals that say the same request may be sent again under the same key. */
const PASSING = new Set(['unavailable', 'fault']);
/** A fault that stays is no weather: after so many it is shown. */
const MOST_FAULTS = 3;

export interface Sending {
  /** Told when nobody answers and it is tried again, and when somebody did. */
  readonly onWaiting?: (waiting: boolean) => void;
  readonly signal?: AbortSignal | undefined;
  readonly key?: string;
}

/**
 * Sends a command until it is answered, always under one Idempotency-Key: however often it arrives, it happens once. Throws
 * Refused; gives up only when `signal` says so.
 */
export async function command<T>(path: string, body: unknown, sending: Sending = {}): Promise<T> {
  const { onWaiting, signal, key = crypto.randomUUID() } = sending;
  for (let attempt = 0; ; attempt += 1) {
    try {
      const answer = await send<T>({ method: 'POST', path, body, key, signal });
      onWaiting?.(false);
      return answer;
    } catch (error) {
      if (!isPassing(error, attempt)) {
        onWaiting?.(false);
        throw error;
      }
      onWaiting?.(true);
      await untilNextTry(WAITS_MS[Math.min(attempt, WAITS_MS.length - 1)] ?? 0, signal);
    }
  }
}

function isPassing(error: unknown, attempt: number): boolean {
  if (error instanceof Unreachable) return true;
  return error instanceof Refused && PASSING.has(error.problem.code) && attempt + 1 < MOST_FAULTS;
}

/** Waits, but no longer than until the network is back. Rejects when told to give up. */
function untilNextTry(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (): void => {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      signal?.removeEventListener('abort', stop);
      resolve();
    };
    const stop = (): void => {
      done();
      reject(signal?.reason instanceof Error ? signal.reason : new Error('given up'));
    };
    const timer = setTimeout(done, ms);
    window.addEventListener('online', done);
    signal?.addEventListener('abort', stop);
  });
}
