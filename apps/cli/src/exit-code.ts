import type { Message } from '#report/place';

/** What the shell is told. 0 done; 1 a finding or a refusal; 2 wrong usage; 3 the server or something local is out of reach. */
export const EXIT = { ok: 0, finding: 1, usage: 2, unreachable: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Ends a command: the exit code, a stable code for programs, the sentence for people, and the data behind it. */
export class CommandFailure extends Error {
  constructor(
    readonly exit: ExitCode,
    readonly code: string,
    readonly sentence: Message,
    readonly data?: unknown,
    cause?: unknown,
  ) {
    super(sentence.en, { cause });
    this.name = 'CommandFailure';
  }
}
