import type { LoggerService } from '@nestjs/common';
import type { ServiceName } from '#contracts/services';

const LEVELS = { debug: 10, info: 20, warn: 30, error: 40 } as const;
type Level = keyof typeof LEVELS;

/** Fields of a log line: ids, codes, numbers and error texts. Never bodies, names or secrets. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Takes over errors that are only part of something told already; `say` is called when one turns out to be none of it. */
export interface KnownTrouble {
  takes(error: unknown, say: () => void): boolean;
}

/** One JSON object a line on standard output: {at, level, service, msg, …}. Also Nest's logger. */
export class Log implements LoggerService {
  #known: KnownTrouble | undefined;

  constructor(
    readonly service: ServiceName | 'monitor' | 'site',
    readonly level: Level,
  ) {}

  debug(msg: unknown, fields?: LogFields | string): void {
    this.#write('debug', msg, fields);
  }

  info(msg: string, fields?: LogFields): void {
    this.#write('info', msg, fields);
  }

  /** Nest's own lines about its wiring; of use only when looking for a fault. */
  log(msg: unknown, context?: string): void {
    this.#write('debug', msg, context);
  }

  warn(msg: unknown, fields?: LogFields | string): void {
    this.#write('warn', msg, fields);
  }

  error(msg: unknown, fields?: LogFields | string): void {
    this.#write('error', msg, fields);
  }

  /** An error with its stack and causes, once, where it is handled. */
  fault(msg: string, error: unknown, fields: LogFields = {}): void {
    this.#unlessKnown(error, () => this.#write('error', msg, { ...fields, error: describe(error) }));
  }

  /** An error in what is tried again by itself. */
  passing(error: unknown, msg = 'background_error'): void {
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    this.#unlessKnown(error, () => this.warn(msg, { error: text }));
  }

  /** From now on errors that belong to this are not told one by one. */
  heed(known: KnownTrouble): void {
    this.#known = known;
  }

  #unlessKnown(error: unknown, say: () => void): void {
    if (!this.#known?.takes(error, say)) say();
  }

  #write(level: Level, msg: unknown, fields: LogFields | string = {}): void {
    if (LEVELS[level] < LEVELS[this.level]) return;
    const rest = typeof fields === 'string' ? { context: fields } : fields;
    const text = typeof msg === 'string' ? msg : describe(msg);
    const line = { at: new Date().toISOString(), level, service: this.service, msg: text, ...rest };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  }
}

/** Stack of an error and of everything that caused it. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : JSON.stringify(error);
  const own = error.stack ?? `${error.name}: ${error.message}`;
  const parts = error instanceof AggregateError ? error.errors.map(describe) : [];
  return [own, ...parts, ...(error.cause === undefined ? [] : [`caused by ${describe(error.cause)}`])].join('\n');
}
