import type { AttemptDefect } from './attempt.js';
import type { StepDefect } from './attempt-trail.js';
import { AddressUnreachable } from './read-back.js';

/** Letters of a detail that are kept. */
const KEPT_LETTERS = 120;

/** Why a step failed by its own answer. */
export function stepDefectOf({ defect, where, detail, data }: AttemptDefect): StepDefect {
  return { code: defect, data: data ?? { where, detail: detail.slice(0, KEPT_LETTERS) } };
}

/** Why a step failed by what it threw. */
export function thrownDefectOf(error: unknown): StepDefect {
  if (!(error instanceof AddressUnreachable)) return { code: codeOf(error), data: {} };
  const { code, url, status } = error;
  return status === undefined ? { code: 'address_silent', data: { url } } : { code, data: { url, status } };
}

/** `enospc`, `econnrefused`, `address_unreachable`: what the list of publications shows while it is tried again. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'fault';
  const { code, name } = error as { readonly code?: string; readonly name?: string };
  return (code ?? name ?? 'fault').replace(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase();
}
