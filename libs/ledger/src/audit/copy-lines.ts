import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';

/** The note in one line of a file of checkpoint copies; undefined for half a line, which a power cut may leave. */
export function noteIn(line: string): string | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined; // no JSON: the note it was to be was never promised
  }
}

/** The notes of these files, in order, as far as the files went when this was called; read line by line when they are asked for. */
export async function notesNow(files: readonly string[]): Promise<AsyncIterable<string | undefined>> {
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  return notesIn(files.map((file, at) => ({ file, size: sizes[at] ?? 0 })));
}

async function* notesIn(
  files: readonly { readonly file: string; readonly size: number }[],
): AsyncGenerator<string | undefined> {
  for (const { file, size } of files) {
    if (size === 0) continue;
    const input = createReadStream(file, { end: size - 1, encoding: 'utf8' });
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY }))
      if (line !== '') yield noteIn(line);
  }
}
