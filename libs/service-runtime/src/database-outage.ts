import type { Log } from './log.js';

/** Asked again this often while it is away. */
const PROBE_MS = 1000;
/** A question without an answer for this long counts as none. */
const ANSWER_MS = 5000;
/** Said again this often while it lasts. */
const SAID_EVERY_MS = 60_000;

/** Codes of a connection that is refused, lost or not to be had. Sources: Node errno; PostgreSQL, Appendix A, classes 08 and 57P. */
const AWAY_CODES =
  /^(?:ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|08...|57P0[123])$/;
/** What pg says of a lost connection without a code. */
const AWAY_WORDS =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/;

/** Whether an error may be that of a database that is away; others' connections fail in the same words. */
export function isConnectionError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && AWAY_CODES.test(String(error.code))) return true;
  if (AWAY_WORDS.test(error.message)) return true;
  return error instanceof AggregateError ? error.errors.some(isConnectionError) : isConnectionError(error.cause);
}

/**
 * Says that the database is away when it is found out, once a minute while it lasts, and when it is back: in place of a line for every statement
 * that fails. Nothing runs while all is well: the first error of a lost connection has the database asked.
 */
export class DatabaseOutage {
  #since: number | undefined;
  #saidAt = 0;
  #unsaid = 0;
  #held: (() => void)[] = [];
  #probing = false;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(
    /** Resolves when the database answers. */
    private readonly ask: () => Promise<unknown>,
    private readonly log: Pick<Log, 'error' | 'warn'>,
  ) {}

  /** Takes an error over: `say` is called when it turns out that it is not the database that is away. False when it is none of this. */
  takes(error: unknown, say: () => void): boolean {
    if (this.#stopped || !isConnectionError(error)) return false;
    if (this.#since !== undefined) this.#unsaid += 1;
    else {
      this.#held.push(say);
      if (!this.#probing) void this.#probe();
    }
    return true;
  }

  /** Asks no more; what is held is said. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#sayHeld();
  }

  async #probe(): Promise<void> {
    this.#probing = true;
    const failure = await answered(this.ask());
    if (this.#stopped) return;
    if (failure === undefined) this.#back();
    else this.#away(failure);
    this.#probing = this.#since !== undefined;
    if (this.#probing) this.#timer = setTimeout(() => void this.#probe(), PROBE_MS);
  }

  #away(failure: Error): void {
    const now = performance.now();
    this.#unsaid += this.#held.splice(0).length;
    if (this.#since !== undefined && now - this.#saidAt < SAID_EVERY_MS) return;
    this.#since ??= now;
    this.#saidAt = now;
    const { code } = failure as NodeJS.ErrnoException;
    this.log.error('database_away', {
      seconds: Math.round((now - this.#since) / 1000),
      error: [code, failure.message].filter(Boolean).join(' '),
      failedMeanwhile: this.#unsaid,
      zh: '数据库连不上，本服务等待其恢复并自动续办；已确认的事项不会丢失。请查看数据库是否在运行、DATABASE_URL 是否正确。',
      en: 'The database cannot be reached; this service waits for it and goes on by itself, and nothing confirmed is lost. See whether it runs and whether DATABASE_URL is right.',
    });
  }

  #back(): void {
    this.#sayHeld();
    if (this.#since === undefined) return;
    const seconds = Math.round((performance.now() - this.#since) / 1000);
    this.log.warn('database_back', { seconds, failedMeanwhile: this.#unsaid });
    this.#since = undefined;
    this.#unsaid = 0;
  }

  #sayHeld(): void {
    for (const say of this.#held.splice(0)) say();
  }
}

/** Undefined when it was answered in time, else why not. */
async function answered(answer: Promise<unknown>): Promise<Error | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Error>((resolve) => {
    timer = setTimeout(() => resolve(new Error(`no answer within ${ANSWER_MS / 1000} s`)), ANSWER_MS);
  });
  const outcome = answer.then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  );
  const first = await Promise.race([outcome, late]);
  clearTimeout(timer);
  return first;
}
