import { afterAll, describe, expect, it } from '@jest/globals';
import { nodeCrypto } from '#evidence/node-crypto';
import { type Pixels, pixelsOf } from '../../../../test/support/png-pixels.js';
import { FileWriter } from '../file-writer.js';
import type { CoverFacts } from './cover-picture.js';

const writers = [new FileWriter(), new FileWriter()];
afterAll(() => Promise.all(writers.map((writer) => writer.close())));

const FACTS: CoverFacts = {
  organ: '向阳区人民政府',
  year: 2020,
  title: '向阳区2020年政府信息公开工作年度报告',
  edition: 1,
};
async function coverOf(change: Partial<CoverFacts> = {}, writer = writers[0]!): Promise<Uint8Array> {
  const made = await writer.cover({ ...FACTS, ...change });
  if (!('bytes' in made)) throw new Error(made.detail);
  return made.bytes;
}

/** The frame of everything that is not of the colour of the paper, right of the bar at the left. */
function inkOf({ width, height, rgba }: Pixels): { left: number; right: number; top: number; bottom: number } {
  const ink = { left: width, right: 0, top: height, bottom: 0 };
  for (let y = 0; y < height; y += 1)
    for (let x = 20; x < width; x += 1) {
      if (rgba[(y * width + x) * 4 + 2]! > 220) continue;
      ink.left = Math.min(ink.left, x);
      ink.right = Math.max(ink.right, x);
      ink.top = Math.min(ink.top, y);
      ink.bottom = Math.max(ink.bottom, y);
    }
  return ink;
}

describe('the cover of an article', () => {
  it('is a PNG of 900 by 383, with ink where the words stand and none at the edges', async () => {
    const pixels = pixelsOf(await coverOf());
    expect([pixels.width, pixels.height]).toEqual([900, 383]);
    const { left, right, top, bottom } = inkOf(pixels);
    expect([left > 70, left < 85, right > 600, right < 850, top > 30, bottom < 290]).toEqual(Array(6).fill(true));
  });

  it('is the same bytes whichever thread makes it, and says each fact', async () => {
    const digests = await Promise.all([
      coverOf(),
      coverOf({}, writers[1]),
      coverOf({ organ: '向阳区司法局' }),
      coverOf({ year: 2021 }),
      coverOf({ title: '向阳区政府信息公开工作年度报告' }),
      coverOf({ edition: 2 }),
    ]).then((made) => made.map((bytes) => nodeCrypto.sha256(bytes)));
    expect(digests[1]).toBe(digests[0]);
    expect(new Set(digests).size).toBe(5);
  });

  it.each([40, 120, 400])('holds an organ’s name of %d characters and a title as long, whole', async (length) => {
    const words = '佳木斯市向阳区人民政府政务公开与营商环境建设监督管理联席会议办公室'.repeat(20).slice(0, length);
    const { left, right, top, bottom } = inkOf(pixelsOf(await coverOf({ organ: words, title: words })));
    expect([left > 70, right < 850, top > 30, bottom < 360]).toEqual([true, true, true, true]);
  });

  it('takes no markup for anything but words', async () => {
    const made = await writers[0]!.cover({ ...FACTS, title: '#panic("x") <script>*_$[' });
    expect(made).toHaveProperty('bytes');
  });

  it('is not made with a character no face has', async () => {
    expect(await writers[0]!.cover({ ...FACTS, title: '𠮷报告' })).toMatchObject({
      code: 'glyph_missing',
      detail: expect.stringContaining('U+20BB7'),
    });
  });
});
