import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { Me } from '#contracts/http/gateway.api';
import { Problem } from '#contracts/http/problem.api';
import { CommandFailure, EXIT } from './exit-code.js';

/** A sign-in name with its password. */
export interface Credentials {
  readonly login: string;
  readonly password: string;
}

const TIMEOUT_MS = 20_000;
const ATTEMPTS = 5;
const PAUSE_MS = 400;

/**
 * One person's session with the gateway. Refusals become CommandFailure with exit 1, a server out of reach exit 3.
 * A command is repeated under its own key while the server is away, so it takes effect once.
 */
export class ApiClient {
  #cookie = '';

  constructor(
    readonly server: string,
    private readonly credentials: Credentials,
  ) {}

  async signIn(): Promise<z.infer<typeof Me>> {
    const { login, password } = this.credentials;
    return this.#send('POST', '/session', Me, { login, password });
  }

  /** Enters the password again; signatures are accepted for 300 s after. */
  async stepUp(): Promise<void> {
    await this.#send('POST', '/session/step-up', Me, { password: this.credentials.password });
  }

  /** Ends the session, so that scripts do not pile up sessions. */
  async signOut(): Promise<void> {
    await this.#send('DELETE', '/session', z.unknown());
  }

  async get<S extends z.ZodType>(path: string, answer: S): Promise<z.infer<S>> {
    return this.#send('GET', path, answer);
  }

  async command<S extends z.ZodType>(path: string, body: object, answer: S): Promise<z.infer<S>> {
    return this.#send('POST', path, answer, body, { 'idempotency-key': randomUUID() });
  }

  async #send<S extends z.ZodType>(
    method: string,
    path: string,
    answer: S,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<z.infer<S>> {
    const repeatable = method === 'GET' || 'idempotency-key' in headers;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return answer.parse(await this.#once(method, path, body, headers));
      } catch (error) {
        const away = error instanceof CommandFailure && error.exit === EXIT.unreachable;
        if (!away || !repeatable || attempt === ATTEMPTS) throw error;
        await wait(PAUSE_MS * attempt);
      }
    }
  }

  async #once(
    method: string,
    path: string,
    body: object | undefined,
    headers: Record<string, string>,
  ): Promise<unknown> {
    const response = await fetch(new URL(`/api/v1${path}`, this.server), {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        ...headers,
        ...(this.#cookie === '' ? {} : { cookie: this.#cookie }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((error: unknown) => {
      throw outOfReach(this.server, error);
    });
    const cookie = response.headers.getSetCookie()[0];
    if (cookie !== undefined) this.#cookie = cookie.split(';', 1)[0] ?? '';
    const text = await response.text();
    if (response.ok) return text === '' ? undefined : JSON.parse(text);
    throw refusalOf(response.status, text, this.server);
  }
}

/** The server did not answer. */
export function outOfReach(server: string, cause: unknown): CommandFailure {
  const reason =
    cause instanceof Error ? ((cause.cause as Error | undefined)?.message ?? cause.message) : String(cause);
  return new CommandFailure(
    EXIT.unreachable,
    'server_unreachable',
    {
      zh: `连接不上 ${server}（${reason}）。请确认系统已启动（npm start），或用 --server 指定地址。`,
      en: `${server} does not answer (${reason}). Start the system (npm start), or name its address with --server.`,
    },
    { server },
    cause,
  );
}

function refusalOf(status: number, text: string, server: string): CommandFailure {
  const exit = status >= 500 ? EXIT.unreachable : EXIT.finding;
  const problem = Problem.safeParse(jsonOrNull(text));
  if (problem.success) {
    const { code, detail, detailEn, data, errors = [] } = problem.data;
    const fields = errors.map(({ field, message }) => `\n  ${field}: ${message}`).join('');
    return new CommandFailure(exit, code, { zh: detail + fields, en: detailEn + fields }, { status, ...data });
  }
  const sentence = { zh: `${server} 的回答无法理解（HTTP ${status}）。`, en: `${server} answered HTTP ${status}.` };
  return new CommandFailure(exit, 'unexpected_answer', sentence, { status });
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
