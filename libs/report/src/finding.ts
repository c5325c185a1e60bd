import type { Message, Place, Severity } from './place.js';
import type { SourcePlace } from './readers/report-document.js';

/**
 * Something the reader noticed or changed while reading a file. `rule`: the rule of the catalogue it belongs to; `line`: 1-based line of a
 * text file, null for other files; `at`: the place in whatever file it was, null when it concerns none; `original`: the text found there; `replacement`: what was taken over instead.
 */
export interface Finding {
  readonly code: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly place: Place;
  readonly line: number | null;
  readonly at: SourcePlace | null;
  readonly original: string;
  readonly replacement?: string;
  readonly message: Message;
}
