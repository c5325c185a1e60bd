import { useSyncExternalStore } from 'react';
import type { Me } from './answers.js';
import { onAnswer, read, Refused, send } from './send.js';

/**
 * Who is signed in. `must-change`: with a one-time password, which opens nothing but setting another. `ended`: a session was
 * open on this page and is over, so that what is on it is kept.
 */
export type Session =
  | { readonly state: 'asking' | 'unreachable' | 'out' | 'ended' | 'must-change' }
  | { readonly state: 'in'; readonly me: Me };

let session: Session = { state: 'asking' };
let usedAt = Date.now();
const listeners = new Set<() => void>();

function become(next: Session): void {
  session = next;
  for (const listener of listeners) listener();
}

onAnswer((answered) => {
  if (answered === 'well') usedAt = Date.now();
  else if (session.state === 'in' || session.state === 'must-change') become({ state: 'ended' });
});

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useSession = (): Session => useSyncExternalStore(subscribe, () => session);

/** The person signed in. Only on screens behind the sign-in. */
export function useMe(): Me {
  const current = useSession();
  if (current.state !== 'in') throw new Error('nobody is signed in on this screen');
  return current.me;
}

/** Asks the gateway who is signed in. */
export async function askSession(): Promise<void> {
  try {
    await enter(read<Me>('/session'));
  } catch (error) {
    if (!(error instanceof Refused)) become({ state: 'unreachable' });
    else if (session.state !== 'ended') become({ state: 'out' });
  }
}

/** A one-time password opens the session alone, so another door is asked whether more is open. */
async function enter(entering: Promise<Me>): Promise<void> {
  const me = await entering;
  try {
    await read('/inbox');
    become({ state: 'in', me });
  } catch (error) {
    if (!(error instanceof Refused && error.problem.code === 'password_must_change')) throw error;
    become({ state: 'must-change' });
  }
}

/** Throws Refused (bad_credentials, too_many_attempts) or Unreachable. */
export async function signIn(login: string, password: string): Promise<void> {
  await enter(send<Me>({ method: 'POST', path: '/session', body: { login, password } }));
}

/** Proves once more that it is the same person; holds for some minutes. Throws as signIn does. */
export async function stepUp(password: string): Promise<void> {
  become({ state: 'in', me: await send<Me>({ method: 'POST', path: '/session/step-up', body: { password } }) });
}

/** Sets a password of one's own. Throws Refused (bad_credentials, same_password). */
export async function changePassword(password: string, next: string): Promise<void> {
  become({ state: 'in', me: await send<Me>({ method: 'POST', path: '/session/password', body: { password, next } }) });
}

/** Leaves; also when the session was over already. */
export async function signOut(): Promise<void> {
  try {
    await send({ method: 'DELETE', path: '/session' });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
  become({ state: 'out' });
}

/** Uses the session, so that it does not end for want of use. */
export async function stay(): Promise<void> {
  await askSession();
}

/** Milliseconds until the session ends, by this computer's clock. */
export function msToEnd({ endsAt, idleSeconds }: Me, now: number): number {
  return Math.min(Date.parse(endsAt), usedAt + idleSeconds * 1000) - now;
}
