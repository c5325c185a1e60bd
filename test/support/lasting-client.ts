import { Client, type Reply } from './client.js';
import type { People } from './chain.js';

/** Doors at which signing in is itself the question. */
const SESSION = '/api/v1/session';

/**
 * A person's program beside his browsers: too many browsers end its session, and a proof holds five minutes. It signs in and
 * proves itself anew whenever that is all an answer asks for, and sends the same again.
 */
export class LastingClient extends Client {
  override async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply> {
    const reply = await super.send(method, path, body, headers);
    if (path.startsWith(SESSION)) return reply;
    const isOver = reply.status === 401;
    if (!isOver && reply.body?.code !== 'step_up_required') return reply;
    if (isOver) await this.signIn();
    await this.stepUp();
    return super.send(method, path, body, headers);
  }
}

/** Everybody of an accounts file, each signed in when he first does something. */
export function lastingPeople(base: string, accounts: readonly { login: string; password: string }[]): People {
  return Object.fromEntries(
    accounts.map(({ login, password }) => [login, new LastingClient(base, login, password)] as const),
  );
}
