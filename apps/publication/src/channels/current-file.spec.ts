import { describe, expect, it } from '@jest/globals';
import type { Parcel } from './channel.js';
import { checkNotAhead, currentBytes, folderOf, staleFolders } from './current-file.js';

const parcel = (over: Partial<Parcel> = {}): Parcel => ({
  id: 'x.y.1',
  act: 'show',
  kind: 'publish',
  document: '00000000-0000-4000-8000-000000000003',
  case: '00000000-0000-4000-8000-000000000002',
  round: 1,
  edition: 2,
  organ: 'xiangyang',
  organName: '向阳区人民政府',
  year: 2020,
  title: '年度报告',
  content: 'c'.repeat(64),
  url: 'https://example.gov.cn/xxgk/ndbg/xiangyang/2020/',
  at: '2026-01-31T16:00:00.000Z',
  tree: { digest: 'a'.repeat(64), manifest: new Uint8Array(), files: [] },
  receipt: new Uint8Array(),
  report: null,
  notice: null,
  isCurrent: true,
  earlier: [],
  ...over,
});
const standing = (edition: number, act: Parcel['act'] = 'show'): Uint8Array => currentBytes(parcel({ edition, act }));

describe('what stands at a mirror', () => {
  it.each<[string, Uint8Array | undefined, Partial<Parcel>, boolean]>([
    ['nothing', undefined, {}, true],
    ['what is no current.json', new TextEncoder().encode('<html>'), {}, true],
    ['an earlier edition', standing(1), {}, true],
    ['the same edition', standing(2), {}, true],
    ['a later edition', standing(3), {}, false],
    ['a later edition, when this one is taken back', standing(3), { act: 'withdraw' }, false],
    ['the withdrawal of this edition', standing(2, 'withdraw'), {}, false],
    ['the withdrawal of this edition, when it is taken back again', standing(2, 'withdraw'), { act: 'withdraw' }, true],
    ['the withdrawal of an earlier edition', standing(1, 'withdraw'), {}, true],
  ])('%s is written over or left alone', (_, bytes, over, mayWrite) => {
    const write = (): void => checkNotAhead(bytes, parcel(over));
    if (mayWrite) expect(write).not.toThrow();
    else expect(write).toThrow('target_ahead');
  });

  const names = ['v1-bbbbbbbbbbbb', 'v2-bbbbbbbbbbbb', 'v2-aaaaaaaaaaaa', 'v3-bbbbbbbbbbbb', 'current', 'v2', 'photos'];
  it('keeps other editions, and only one set of files of each', () => {
    expect(folderOf(parcel())).toBe('v2-aaaaaaaaaaaa');
    expect(staleFolders(names, parcel())).toEqual(['v2-bbbbbbbbbbbb']);
  });

  it('keeps nothing of what was withdrawn, and everything else', () => {
    expect(staleFolders(names, parcel({ act: 'withdraw' }))).toEqual(['v1-bbbbbbbbbbbb', 'v2-bbbbbbbbbbbb']);
  });
});
