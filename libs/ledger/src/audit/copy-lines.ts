/** The note in one line of a file of checkpoint copies; undefined for half a line, which a power cut may leave. */
export function noteIn(line: string): string | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined; // no JSON: the note it was to be was never promised
  }
}

/** The notes of a whole file of copies, in order. */
export function notesIn(text: string): (string | undefined)[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map(noteIn);
}
