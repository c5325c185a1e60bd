import { isRefusal, type Refusal } from '#domain/decision';
import type { RefusalCode } from '#contracts/refusals';
import { RefusalError } from '#service-runtime/refusal-error';

/** The outcome of a read, or its refusal thrown on to the problem filter. */
export function refusing<T extends object>(outcome: T | Refusal): T {
  if (isRefusal(outcome)) throw new RefusalError(outcome.refused as RefusalCode, outcome.data);
  return outcome;
}
