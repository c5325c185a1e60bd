import type { RefusalCode } from '#contracts/refusals';

/** A refusal on its way out of a guard or pipe; `problem.filter.ts` answers it. Use cases return refusals instead. */
export class RefusalError extends Error {
  constructor(
    readonly code: RefusalCode,
    readonly data: Readonly<Record<string, unknown>> = {},
    /** Its ledger entry has been written; otherwise the filter writes it when it refuses a command. */
    readonly isEntered = false,
  ) {
    super(code);
    this.name = 'RefusalError';
  }
}
