import type { Message } from '#report/place';

/** One line of an examination: what was looked at, what was found, and the way out when it is a problem. */
export interface Examined {
  readonly what: string;
  readonly ok: boolean;
  readonly found: Message;
  readonly mend?: Message;
}
