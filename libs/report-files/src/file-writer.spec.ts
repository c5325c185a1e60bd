import { readFileSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { isRefusal } from '#domain/decision';
import { editionBytes } from '#report/edition';
import { readPlainText } from '#report/readers/plain-text';
import { FileWriter } from './file-writer.js';
import { DERIVED_NAMES } from './writers/derived-names.js';
import { writeReportFiles } from './writers/report-file-set.js';

const reading = readPlainText(readFileSync(new URL('../../../samples/xiangyang-2020.txt', import.meta.url), 'utf8'));
if (isRefusal(reading)) throw new Error('the sample must be readable');
const { report } = reading;
const signed = editionBytes({
  schema: 'sunward.edition/1',
  document: '00000000-0000-4000-8000-000000000001',
  edition: 1,
  kind: 'annual-report',
  organ: { code: 'xiangyang', name: '向阳区人民政府', level: 'county' },
  year: report.year,
  format: report.format,
  report,
  attachments: [],
});

describe('the writer of files', () => {
  let writer: FileWriter | undefined;
  afterEach(() => writer?.close());

  it('makes in its thread, on whatever day, exactly the bytes that are made here', async () => {
    writer = new FileWriter();
    const there = await writer.write(signed);
    const here = await writeReportFiles(signed);
    expect(there.map(({ name }) => name)).toEqual([...DERIVED_NAMES]);
    for (const [index, file] of there.entries()) {
      const own = here[index];
      if (own === undefined || !('bytes' in own) || !('bytes' in file)) throw new Error(`${file.name} was not made`);
      expect([file.name, Buffer.compare(file.bytes, own.bytes)]).toEqual([file.name, 0]);
    }
  }, 240_000);

  it('gives a thread up that takes too long, says so for every file, and begins another', async () => {
    writer = new FileWriter({ seconds: 0.001 });
    const gaveUp = await writer.write(signed);
    expect(gaveUp).toEqual(DERIVED_NAMES.map((name) => expect.objectContaining({ name, code: 'writer_gave_up' })));
    expect(await writer.write(signed)).toEqual(gaveUp);
  });

  it('gives a thread up that takes too much memory, and one whose bytes are no edition', async () => {
    writer = new FileWriter({ megabytes: 4 });
    expect(await writer.write(signed)).toEqual(
      DERIVED_NAMES.map((name) => expect.objectContaining({ name, code: 'writer_gave_up' })),
    );
    await writer.close();
    writer = new FileWriter();
    expect(await writer.write(new Uint8Array([1]))).toEqual(
      DERIVED_NAMES.map((name) => expect.objectContaining({ name, code: 'writer_gave_up' })),
    );
    expect((await writer.write(signed)).every((file) => 'bytes' in file)).toBe(true);
  }, 240_000);

  it('begins no report before it may, each anew', async () => {
    const asked: (() => void)[] = [];
    writer = new FileWriter({ seconds: 0.001 }, () => new Promise((resolve) => asked.push(resolve)));
    const waiting = [writer.write(signed), writer.write(signed)];
    let done = 0;
    for (const one of waiting) void one.then(() => (done += 1));
    for (const begun of [1, 2]) {
      while (asked.length < begun) await nextTurn();
      expect([asked.length, done]).toEqual([begun, begun - 1]);
      asked.at(-1)?.();
      await waiting[begun - 1];
    }
  });

  it('tells whoever lets it wait that it is closing', async () => {
    const asked: AbortSignal[] = [];
    writer = new FileWriter({}, (closing) => {
      asked.push(closing);
      return new Promise((resolve) => closing.addEventListener('abort', () => resolve()));
    });
    const waiting = writer.write(signed);
    while (asked.length === 0) await nextTurn();
    await writer.close();
    expect(await waiting).toEqual(
      DERIVED_NAMES.map((name) => expect.objectContaining({ name, code: 'writer_closed' })),
    );
  });

  it('answers what still waits when it is closed', async () => {
    writer = new FileWriter();
    const waiting = [writer.write(signed), writer.write(signed)];
    await writer.close();
    const last = (await Promise.all(waiting)).at(-1);
    expect(last).toEqual(DERIVED_NAMES.map((name) => expect.objectContaining({ name, code: 'writer_closed' })));
  });
});
