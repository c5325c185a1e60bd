import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { annualReportArbitrary } from '../../../../test/support/report-arbitrary.js';
import { FORMATS } from '../format.js';
import type { AnnualReport, Cell } from '../model.js';
import { lockedChanges } from './locked-changes.js';
import { lockedParagraphs } from './locked-prose.js';
import { placeName } from './report-places.js';
import { takeOpen } from './take-open.js';

const FORM = FORMATS.find(({ id }) => id === '2021')!;
const figure = (value: string): Cell => ({ state: 'value', value, original: value });
const drawn = fc.sample(annualReportArbitrary(FORM), { numRuns: 1, seed: 7 })[0]!;

const withCells = (report: AnnualReport, cells: Readonly<Record<string, Cell>>): AnnualReport => ({
  ...report,
  tables: { ...report.tables, t3: { ...report.tables['t3'], ...cells } },
});
const withParagraphs = (
  report: AnnualReport,
  no: number,
  paragraphs: readonly string[],
  tableAt?: number,
): AnnualReport => ({
  ...report,
  chapters: report.chapters.map((chapter) =>
    chapter.no === no ? { ...chapter, paragraphs, ...(tableAt === undefined ? {} : { tableAt }) } : chapter,
  ),
});
const cellOf = (report: AnnualReport, id: string): Cell => report.tables['t3']![id]!;
const valueOf = (report: AnnualReport, id: string): number => {
  const cell = cellOf(report, id);
  return cell.state === 'value' ? Number(cell.value) : 0;
};

/** 甲 to 丁 in chapter one, one paragraph on either side of the table of chapter three. */
const PUBLIC = withParagraphs(withParagraphs(drawn, 1, ['甲。', '乙。', '丙。', '丁。']), 3, ['表前。', '表后。'], 1);
const NEW = 't3.1.natural-person';
const OTHER = 't3.1.commercial';
const TOTAL = 't3.1.total';
const plus = (id: string, more: number): Cell => figure(String(valueOf(PUBLIC, id) + more));
const one = (paragraphs: readonly string[]): AnnualReport => withParagraphs(PUBLIC, 1, paragraphs);

describe('what may not change in a correction', () => {
  it.each<[what: string, next: AnnualReport, open: readonly string[], locked: readonly string[]]>([
    ['a locked figure', withCells(PUBLIC, { [NEW]: plus(NEW, 9) }), [], [NEW]],
    [
      'a locked figure beside one that is open',
      withCells(PUBLIC, { [NEW]: plus(NEW, 9), [OTHER]: plus(OTHER, 1) }),
      [NEW],
      [OTHER],
    ],
    ['a figure made a blank', withCells(PUBLIC, { [OTHER]: { state: 'unfilled', original: '' } }), [NEW], [OTHER]],
    [
      'a figure spelt another way',
      withCells(PUBLIC, { [OTHER]: { ...plus(OTHER, 0), original: '=1+1' } }),
      [NEW],
      [OTHER],
    ],
    ['a sum no part of which changed', withCells(PUBLIC, { [TOTAL]: plus(TOTAL, 1) }), [NEW], [TOTAL]],
    [
      'a sum its parts do not make',
      withCells(PUBLIC, { [NEW]: plus(NEW, 9), [TOTAL]: plus(TOTAL, 8) }),
      [NEW],
      [TOTAL],
    ],
    [
      'a sum that follows from a locked figure',
      withCells(PUBLIC, { [NEW]: plus(NEW, 9), [TOTAL]: plus(TOTAL, 9) }),
      [],
      [NEW],
    ],
    ['the title', { ...PUBLIC, title: '另一标题', organName: '另一机关' }, [NEW], ['title']],
    ['the contact details, which are the preface’s', { ...PUBLIC, contact: { phone: '1' } }, ['title'], ['preface']],
    ['the period', { ...PUBLIC, period: null }, ['title', 'preface'], ['scope']],
    ['a paragraph beside one that is open', one(['甲。', '改。', '改。', '丁。']), ['chapter-1.1'], ['chapter-1.2']],
    [
      'a paragraph added where none is open',
      one(['甲。', '乙。', '新。', '丙。', '丁。']),
      ['chapter-1.0'],
      ['chapter-1'],
    ],
    ['a locked paragraph left out', one(['改。', '丙。', '丁。']), ['chapter-1.0'], ['chapter-1']],
    [
      'locked paragraphs in another order',
      one(['甲。', '乙。', '丁。', '丙。']),
      ['chapter-1.0'],
      ['chapter-1.2', 'chapter-1.3'],
    ],
    [
      'a heading',
      { ...PUBLIC, chapters: PUBLIC.chapters.map((chapter) => ({ ...chapter, title: '另' })) },
      ['chapter-1'],
      ['chapter-2', 'chapter-3', 'chapter-4', 'chapter-5', 'chapter-6'],
    ],
    ['a chapter that is gone', { ...PUBLIC, chapters: PUBLIC.chapters.slice(1) }, ['chapter-2'], ['chapter-1']],
    ['the table among locked paragraphs', withParagraphs(PUBLIC, 3, ['表前。', '表后。'], 2), [], ['chapter-3']],
  ])('%s', (_what, next, open, locked) => {
    expect(lockedChanges(PUBLIC, next, new Set(open))).toEqual(locked);
  });

  it.each<[what: string, next: AnnualReport, open: readonly string[]]>([
    ['nothing at all', structuredClone(PUBLIC), []],
    [
      'the figure that is open, and the sums that follow',
      withCells(PUBLIC, { [NEW]: plus(NEW, 9), [TOTAL]: plus(TOTAL, 9) }),
      [NEW],
    ],
    ['the figure alone: a sum that was wrong may stay', withCells(PUBLIC, { [NEW]: plus(NEW, 9) }), [NEW]],
    [
      'a sum that is no more while a part of it is a blank',
      withCells(PUBLIC, { [NEW]: { state: 'unfilled', original: '' }, [TOTAL]: { state: 'unfilled', original: '' } }),
      [NEW],
    ],
    ['an open paragraph', one(['甲。', '改。', '丙。', '丁。']), ['chapter-1.1']],
    ['an open paragraph made several', one(['甲。', '改。', '又改。', '丙。', '丁。']), ['chapter-1.1']],
    ['an open paragraph left out', one(['甲。', '丙。', '丁。']), ['chapter-1.1']],
    [
      'open paragraphs around a locked one that says what another says',
      one(['新。', '乙。', '乙。', '乙。', '丁。']),
      ['chapter-1.0', 'chapter-1.2'],
    ],
    ['the last paragraph', one(['甲。', '乙。', '丙。', '改。', '又。']), ['chapter-1.3']],
    [
      'what is before the table, which goes down with it',
      withParagraphs(PUBLIC, 3, ['改。', '又。', '表后。'], 2),
      ['chapter-3.0'],
    ],
    ['a chapter open as a whole', one([]), ['chapter-1']],
  ])('may change: %s', (_what, next, open) => {
    expect(lockedChanges(PUBLIC, next, new Set(open))).toEqual([]);
  });
});

describe('the locked paragraphs of a chapter being written', () => {
  const chapterOf = (report: AnnualReport, no: number) => report.chapters.find((chapter) => chapter.no === no)!;
  const locked = (next: AnnualReport, no: number, ...open: readonly number[]): unknown => {
    const found = lockedParagraphs(chapterOf(PUBLIC, no), chapterOf(next, no), (index) => open.includes(index));
    return found && [...found];
  };

  it.each<[string, unknown, unknown]>([
    [
      'all while none is open',
      locked(PUBLIC, 1),
      [
        [0, 0],
        [1, 1],
        [2, 2],
        [3, 3],
      ],
    ],
    [
      'all but the open one',
      locked(PUBLIC, 1, 1),
      [
        [0, 0],
        [2, 2],
        [3, 3],
      ],
    ],
    [
      'those behind an open one that became two',
      locked(one(['甲。', '改。', '又。', '丙。', '丁。']), 1, 1),
      [
        [0, 0],
        [3, 2],
        [4, 3],
      ],
    ],
    [
      'those behind an open one that is gone',
      locked(one(['甲。', '丙。', '丁。']), 1, 1),
      [
        [0, 0],
        [1, 2],
        [2, 3],
      ],
    ],
    ['what stands behind the table', locked(withParagraphs(PUBLIC, 3, ['改。', '又。', '表后。'], 2), 3, 0), [[2, 1]]],
    ['nobody knows which once a locked one is changed', locked(one(['改。', '乙。', '丙。', '丁。']), 1, 1), null],
  ])('%s', (_what, found, expected) => {
    expect(found).toEqual(expected);
  });
});

describe('for any two reports', () => {
  const any = annualReportArbitrary(FORM);
  const sorted = (value: unknown): string =>
    JSON.stringify(value, (_key, part: unknown) =>
      typeof part === 'object' && part !== null && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    );
  /** `next` with some of its places as the other has them. */
  const mixed = fc.tuple(any, any, fc.infiniteStream(fc.boolean())).map(([base, other, coins]) => {
    const flip = (): boolean => coins.next().value as boolean;
    const tables = Object.fromEntries(
      Object.entries(base.tables).map(([table, cells]) => [
        table,
        Object.fromEntries(
          Object.entries(cells).map(([id, cell]) => [id, flip() ? (other.tables[table]?.[id] ?? cell) : cell]),
        ),
      ]),
    );
    const chapters = base.chapters.map((chapter, index) => (flip() ? (other.chapters[index] ?? chapter) : chapter));
    return { base, next: { ...base, title: flip() ? other.title : base.title, tables, chapters } };
  });

  it('with nothing open nothing may differ, and every place that may not has a name', () => {
    fc.assert(
      fc.property(mixed, fc.boolean(), ({ base, next }, alike) => {
        const after = alike ? structuredClone(base) : next;
        const locked = lockedChanges(base, after, new Set());
        expect(locked.length === 0).toBe(sorted(after) === sorted(base));
        for (const place of locked) expect(placeName(base, place)).toEqual(expect.any(String));
      }),
    );
  });

  it('opening what may not change lets it change, and one place less does not', () => {
    fc.assert(
      fc.property(mixed, fc.nat(), ({ base, next }, pick) => {
        const locked = lockedChanges(base, next, new Set());
        expect(lockedChanges(base, next, new Set(locked))).toEqual([]);
        const kept = locked[pick % Math.max(1, locked.length)];
        if (kept !== undefined)
          expect(lockedChanges(base, next, new Set(locked.filter((place) => place !== kept)))).toContain(kept);
      }),
    );
  });

  it('of a file only what is open is taken, and what is left is named', () => {
    fc.assert(
      fc.property(mixed, fc.infiniteStream(fc.boolean()), ({ base, next }, coins) => {
        const differing = lockedChanges(base, next, new Set());
        const open = new Set(differing.filter(() => coins.next().value as boolean));
        const { report, left } = takeOpen(base, next, open);
        expect(left).toEqual(lockedChanges(base, next, open));
        expect(lockedChanges(base, report, open)).toEqual([]);
        for (const id of open)
          if (base.tables['t3']?.[id] !== undefined) expect(report.tables['t3']![id]).toEqual(next.tables['t3']![id]);
      }),
    );
  });
});
