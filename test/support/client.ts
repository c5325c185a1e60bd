import { randomUUID } from 'node:crypto';

/** What the gateway answered: status, parsed JSON (or text), headers. */
export interface Reply {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- answers are read field by field; every field is asserted
  readonly body: any;
  readonly headers: Headers;
}

/** A server-sent event: which object changed. */
export interface Notice {
  readonly document: string;
  readonly case: string | null;
  readonly kind: string;
}

/** One person's view of the public HTTP API: a session cookie and nothing else. */
export class Client {
  #cookie = '';

  constructor(
    readonly base: string,
    readonly login = '',
    readonly password = '',
  ) {}

  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    const response = await fetch(`${this.base}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(this.#cookie ? { cookie: this.#cookie } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const cookie = response.headers.getSetCookie()[0];
    if (cookie) this.#cookie = cookie.slice(0, cookie.indexOf(';'));
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json') === true;
    return { status: response.status, body: json ? JSON.parse(text) : text, headers: response.headers };
  }

  get(path: string): Promise<Reply> {
    return this.send('GET', `/api/v1${path}`);
  }

  /** A command under an Idempotency-Key of its own, or the one given. */
  command(path: string, body: unknown, key: string = randomUUID()): Promise<Reply> {
    return this.send('POST', `/api/v1${path}`, body, { 'idempotency-key': key });
  }

  /** Opens the event stream and answers the first notice that satisfies `wanted`. Resolves only once the stream is open. */
  async events(): Promise<(wanted: (notice: Notice) => boolean) => Promise<Notice>> {
    const response = await fetch(`${this.base}/api/v1/events`, {
      headers: { cookie: this.#cookie, accept: 'text/event-stream' },
    });
    if (response.status !== 200 || !response.body) throw new Error(`no event stream: ${response.status}`);
    const lines = response.body.pipeThrough(new TextDecoderStream());
    return async (wanted) => {
      let rest = '';
      for await (const chunk of lines) {
        const parts = (rest + chunk).split('\n');
        rest = parts.pop() ?? '';
        const notices = parts
          .filter((line) => line.startsWith('data:'))
          .map((line) => JSON.parse(line.slice(5)) as Notice);
        const found = notices.find(wanted);
        if (found) return found;
      }
      throw new Error('the event stream ended');
    };
  }

  async signIn(): Promise<this> {
    const reply = await this.send('POST', '/api/v1/session', { login: this.login, password: this.password });
    if (reply.status >= 300)
      throw new Error(`${this.login} could not sign in: ${reply.status} ${JSON.stringify(reply.body)}`);
    return this;
  }

  async stepUp(): Promise<this> {
    const reply = await this.send('POST', '/api/v1/session/step-up', { password: this.password });
    if (reply.status >= 300)
      throw new Error(`${this.login} could not step up: ${reply.status} ${JSON.stringify(reply.body)}`);
    return this;
  }
}

/** Asks again until `look` answers something other than undefined; a condition with a deadline, never a fixed wait. */
export async function eventually<T>(what: string, look: () => Promise<T | undefined>, withinMs = 30_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
