import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '#domain/decision';
import { checkReport } from '../check-report.js';
import { decodeText } from './decode.js';
import { withinCopies } from '../../../../test/support/processor-work.js';
import { readPlainText } from './plain-text.js';
import { readFileSync } from 'node:fs';

const sampleText = readFileSync(new URL('../../../../samples/xiangyang-2020.txt', import.meta.url), 'utf8');
const sample = readPlainText(sampleText);
if (isRefusal(sample)) throw new Error(`refused: ${JSON.stringify(sample)}`);
const { report } = sample;

/** Some three seconds of a quiet machine's processor; a reader that runs away needs minutes. */
const quickly = <T>(work: () => T): Promise<T> => withinCopies(report, 30_000, work);

describe('a hostile file is refused in bounded time', () => {
  it.each([
    ['chapter headings without end', '一、a\n'.repeat(400_000)],
    ['one line of bookmarks that never close', '[bookmark:'.repeat(200_000)],
    ['brackets that never close', '[ '.repeat(1_000_000)],
    ['one long word', 'a'.repeat(4_000_000)],
    ['digits', '9'.repeat(4_000_000)],
    ['tabs', '\t'.repeat(4_000_000)],
    ['titles broken over lines', '某局2020年政府信息\n'.repeat(100_000)],
  ])('%s', async (_what, text) => {
    expect(isRefusal(await quickly(() => readPlainText(text)))).toBe(true);
  });

  it('inside a table of a real report', async () => {
    const hostile = sampleText.replace('\t111\n', `\t${'9'.repeat(2_000_000)}\n`);
    expect(await quickly(() => readPlainText(hostile))).toMatchObject({ refused: 'invalid_report' });
  });

  it('in the prose of a real report', async () => {
    for (const piece of ['其中1条', '未收到', '[bookmark:', '1,', '（文字描述', 'a.']) {
      const reading = await quickly(() =>
        readPlainText(sampleText.replace('我区在政务', piece.repeat(19_000 / piece.length))),
      );
      if (isRefusal(reading)) expect(reading.refused).toBe('invalid_report');
      else await quickly(() => checkReport(reading.report));
    }
  });

  it('when its encoding is damaged everywhere', async () => {
    const bytes = new Uint8Array(5 * 1024 * 1024).fill(0xff);
    expect(await quickly(() => decodeText(bytes))).toMatchObject({ refused: 'unknown_encoding', data: { offset: 0 } });
  });
});
