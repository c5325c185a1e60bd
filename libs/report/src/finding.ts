import type { Message, Place, Severity } from './place.js';

/**
 * Something the reader noticed or changed while reading a file. `rule`: the rule of the catalogue it belongs to; `line`: 1-based line of the
 * file; `original`: the text found there; `replacement`: what was taken over instead.
 */
export interface Finding {
  readonly code: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly place: Place;
  readonly line: number | null;
  readonly original: string;
  readonly replacement?: string;
  readonly message: Message;
}
