/** What is known of one attempt to publish. */
export interface KnownAttempt {
  /** Its steps by name, and whether each failed. */
  readonly steps: readonly { readonly step: string; readonly hasFailed: boolean }[];
  /** True while a publisher holds the job for this very attempt. */
  readonly isHeld: boolean;
}

/**
 * How an attempt stands: nobody says of himself that he was killed, so what neither failed nor signed its receipt is `running` while its publisher
 * holds the job, and was broken off (`broken`) otherwise.
 */
export function attemptState({ steps, isHeld }: KnownAttempt): 'running' | 'done' | 'failed' | 'broken' {
  if (steps.some(({ hasFailed }) => hasFailed)) return 'failed';
  if (steps.some(({ step }) => step === 'receipt')) return 'done';
  return isHeld ? 'running' : 'broken';
}
