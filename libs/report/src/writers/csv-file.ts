/** One column. `content`: `text` is guarded against formulas, `number` never. */
export interface CsvField {
  readonly name: string;
  readonly content: 'text' | 'number';
}

/** Byte order mark: without it spreadsheets take UTF-8 for a local code page. */
export const CSV_MARK = '\ufeff';

/** A whole CSV file: UTF-8 text with byte order mark, RFC 4180, CRLF, header line. */
export function csvFile(columns: readonly CsvField[], records: readonly (readonly string[])[]): string {
  return `${CSV_MARK}${csvHeader(columns)}${records.map((fields) => csvRecord(columns, fields)).join('')}`;
}

/** The header line. */
export function csvHeader(columns: readonly CsvField[]): string {
  return lineOf(columns.map(({ name }) => name));
}

/**
 * One record, with its line end. Spreadsheets run a field as a formula when it begins with `=`, `+`, `-`, `@` (full width too), tab or line
 * end, quoted or not; such a text gets an apostrophe in front, and so does one that begins with an apostrophe, so that taking off one
 * apostrophe always gives the text back.
 */
export function csvRecord(columns: readonly CsvField[], fields: readonly string[]): string {
  return lineOf(fields.map((field, index) => (columns[index]?.content === 'number' ? field : guarded(field))));
}

function lineOf(fields: readonly string[]): string {
  return `${fields.map(quoted).join(',')}\r\n`;
}

// NFKC turns every wide or small form of the four signs into the sign; blanks in front do not stop a spreadsheet.
function guarded(field: string): string {
  // oxlint-disable-next-line no-control-regex -- NUL is dropped by some spreadsheets, and what follows it then comes first
  return /^(?:['\t\r\n\0]|\s*[=+\-@])/u.test(field.normalize('NFKC')) ? `'${field}` : field;
}

function quoted(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
