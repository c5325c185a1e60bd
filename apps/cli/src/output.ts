import type { Message } from '#report/place';
import type { CommandFailure } from './exit-code.js';

export type Language = 'zh' | 'en';

/** Where a command writes. With `json`, people's lines are left out and exactly one JSON value goes to stdout. */
export interface Output {
  readonly json: boolean;
  readonly language: Language;
  say(line: Message): void;
  /** For people even when stdout is JSON: goes to stderr. */
  warn(line: Message): void;
  result(value: unknown): void;
  fail(failure: CommandFailure): void;
}

/** Writes through the two functions given, one line at a time. */
export function outputTo(
  write: (line: string) => void,
  writeError: (line: string) => void,
  { json, language }: { readonly json: boolean; readonly language: Language },
): Output {
  return {
    json,
    language,
    say: (line) => {
      if (!json) write(line[language]);
    },
    warn: (line) => writeError(line[language]),
    result: (value) => {
      if (json) write(JSON.stringify(value));
    },
    fail: ({ code, sentence, data }) => {
      if (json) write(JSON.stringify({ ok: false, code, message: sentence, ...(data === undefined ? {} : { data }) }));
      else writeError(`✗ ${sentence[language]}`);
    },
  };
}

/** Columns for a terminal; a Chinese character is two cells wide. */
export function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => cellsWide(row[column] ?? ''))));
  return rows.map((row) =>
    row
      .map((text, column) => text + ' '.repeat(Math.max(0, (widths[column] ?? 0) - cellsWide(text))))
      .join('  ')
      .trimEnd(),
  );
}

function cellsWide(text: string): number {
  return Array.from(text).reduce((sum, character) => sum + (/[\u1100-\u115f\u2e80-\uffef]/.test(character) ? 2 : 1), 0);
}
