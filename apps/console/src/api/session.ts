import { useSyncExternalStore } from 'react';
import type { Me } from './answers.js';
import { onAnswer, read, Refused, send } from './send.js';

/**
 * Who is signed in. `must-change`: with a one-time password, which opens nothing but setting another. `ended`: a session was
 * open on this page and is over; what `me` has on it is kept for him, out of sight. Null: there was nothing yet.
 */
export type Session =
  | { readonly state: 'asking' | 'unreachable' | 'out' | 'must-change' }
  | { readonly state: 'in'; readonly me: Me }
  | { readonly state: 'ended'; readonly me: Me | null };

let session: Session = { state: 'asking' };
let usedAt = Date.now();
const listeners = new Set<() => void>();
const forgetters = new Set<() => void>();
const returns = new Set<() => void>();

/** What is to be forgotten before somebody else is shown anything: whoever was here has left, or another signs in. */
export function onSomebodyElse(forget: () => void): () => void {
  forgetters.add(forget);
  return () => forgetters.delete(forget);
}

/** Hears that the person whose session had ended is back. */
export function onReturn(listener: () => void): () => void {
  returns.add(listener);
  return () => returns.delete(listener);
}

const personOf = (one: Session): string | null => ('me' in one ? (one.me?.person ?? null) : null);

/** True while this page is this person's, his session at an end or not. */
export const isHere = (person: string): boolean => personOf(session) === person;

function become(next: Session): void {
  const before = session;
  const was = personOf(before);
  if (was !== null && was !== personOf(next)) for (const forget of forgetters) forget();
  session = next;
  remember(personOf(next));
  for (const listener of listeners) listener();
  if (before.state === 'ended' && was !== null && next.state === 'in' && next.me.person === was)
    for (const listener of returns) listener();
}

onAnswer((answered) => {
  if (answered === 'well') usedAt = Date.now();
  else if (session.state === 'in') become({ state: 'ended', me: session.me });
  else if (session.state === 'must-change') become({ state: 'ended', me: null });
});

const PERSON = 'sunward.person';

/** Who is signed in, for the other pages of this browser: they share the session. */
function remember(person: string | null): void {
  try {
    if (person === null) localStorage.removeItem(PERSON);
    else localStorage.setItem(PERSON, person);
  } catch {
    // Storage is shut: another page hears of it when it next asks something.
  }
}

/** Asks anew who is signed in when another page of this browser signed somebody else in, or this one out. */
export function followSession(): void {
  addEventListener('storage', ({ key, newValue }) => {
    const person = personOf(session);
    if (key === PERSON && person !== null && newValue !== person) void askSession();
  });
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useSession = (): Session => useSyncExternalStore(subscribe, () => session);

/** The person signed in, or whose screens are kept until he signs in again. Only on screens behind the sign-in. */
export function useMe(): Me {
  const current = useSession();
  const me = 'me' in current ? current.me : null;
  if (me === null) throw new Error('nobody is signed in on this screen');
  return me;
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
