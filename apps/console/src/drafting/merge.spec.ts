import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isRefusal } from '#domain/decision';
import { blankReport } from '#report/blank-report';
import type { AnnualReport } from '#report/model';
import { parseAnnualReport } from '#report/parse-annual-report';
import { merge, settled } from './merge.js';
import { sendable, shownParagraph } from './sendable.js';

const blank = blankReport('向阳区人民政府', 2026);
if (isRefusal(blank)) throw new Error(blank.refused);
const base: AnnualReport = { ...blank, chapters: blank.chapters.map((one) => ({ ...one, paragraphs: ['甲', '乙'] })) };

const figure = (report: AnnualReport, cell: string, value: string): AnnualReport => ({
  ...report,
  tables: { ...report.tables, t3: { ...report.tables['t3'], [cell]: { state: 'value', value, original: value } } },
});
const written = (report: AnnualReport, chapter: number, ...paragraphs: string[]): AnnualReport => ({
  ...report,
  chapters: report.chapters.map((one) => (one.no === chapter ? { ...one, paragraphs } : one)),
});
const [FIRST, SECOND] = ['t3.1.natural-person', 't3.1.commercial'] as const;

describe('two people writing one report', () => {
  it('keeps what each wrote in another cell or paragraph', () => {
    const mine = written(figure(base, FIRST, '1'), 1, '甲1', '乙');
    const theirs = written(figure(base, SECOND, '2'), 1, '甲', '乙2');
    const { report, conflicts } = merge(base, mine, theirs);
    expect(conflicts).toEqual([]);
    expect(report).toEqual(written(figure(figure(base, FIRST, '1'), SECOND, '2'), 1, '甲1', '乙2'));
  });

  it('asks only where both wrote something else, and keeps mine meanwhile', () => {
    const mine = written(figure(base, FIRST, '1'), 5, '甲', '我的');
    const theirs = written(figure(base, FIRST, '2'), 5, '甲', '别人的');
    const { report, conflicts } = merge(base, mine, theirs);
    expect(conflicts.map(({ place }) => place)).toEqual([
      { kind: 'cell', table: 't3', cell: FIRST },
      { kind: 'paragraph', chapter: 5, paragraph: 1 },
    ]);
    expect(report).toEqual(mine);
    const decided = conflicts.reduce((now, { place, theirs: side }) => settled(now, place, side), report);
    expect(decided).toEqual(theirs);
  });

  it('makes totals anew instead of asking about them', () => {
    const row = Object.keys(base.tables['t3']!).filter((cell) => cell.startsWith('t3.1.') && cell !== 't3.1.total');
    const zero = row.reduce((now, cell) => figure(now, cell, '0'), figure(base, 't3.1.total', '0'));
    const mine = figure(figure(zero, FIRST, '6'), 't3.1.total', '6');
    const theirs = figure(figure(figure(zero, FIRST, '5'), SECOND, '8'), 't3.1.total', '13');
    const { report, conflicts } = merge(zero, mine, theirs);
    expect(conflicts.map(({ place }) => place)).toEqual([{ kind: 'cell', table: 't3', cell: FIRST }]);
    expect(report.tables['t3']!['t3.1.total']).toMatchObject({ value: '14' });
    const decided = settled(report, conflicts[0]!.place, theirs);
    expect(decided.tables['t3']!['t3.1.total']).toMatchObject({ value: '13' });
    // A total somebody wrote against its parts is an opinion.
    const wrong = figure(theirs, 't3.1.total', '99');
    expect(merge(zero, mine, wrong).conflicts).toHaveLength(2);
  });

  it('takes a chapter as one place once paragraphs were added', () => {
    const mine = written(base, 1, '甲', '乙', '丙');
    const theirs = written(base, 1, '甲改', '乙');
    const { report, conflicts } = merge(base, mine, theirs);
    expect(conflicts.map(({ place }) => place)).toEqual([{ kind: 'chapter', chapter: 1 }]);
    expect(settled(report, conflicts[0]!.place, theirs)).toEqual(theirs);
    expect(merge(base, mine, base)).toEqual({ report: mine, conflicts: [] });
    expect(merge(base, base, theirs)).toEqual({ report: theirs, conflicts: [] });
  });

  it('loses no edit of either, whatever was edited', () => {
    const cells = Object.keys(base.tables['t3']!);
    const edits = fc.dictionary(fc.constantFrom(...cells.slice(0, 8)), fc.integer({ min: 1, max: 3 }).map(String));
    const apply = (changes: Record<string, string>): AnnualReport =>
      Object.entries(changes).reduce((now, [cell, value]) => figure(now, cell, value), base);
    /** What the parts of a total make: nothing while one of them is empty. */
    const sumOf = (total: string, figures: Record<string, string>): string => {
      const row = total.slice(0, -'total'.length);
      const parts = cells.filter((cell) => cell !== total && cell.startsWith(row)).map((cell) => figures[cell]);
      return parts.every((part) => part !== undefined)
        ? String(parts.reduce((sum, part) => sum + Number(part), 0))
        : '';
    };
    fc.assert(
      fc.property(edits, edits, (own, other) => {
        const { report, conflicts } = merge(base, apply(own), apply(other));
        const open = new Set(conflicts.map(({ place }) => (place.kind === 'cell' ? place.cell : '')));
        const both = { ...other, ...own };
        for (const cell of cells) {
          const follows =
            cell.endsWith('.total') && [own, other].every((side) => (side[cell] ?? '') === sumOf(cell, side));
          expect([cell, report.tables['t3']![cell]!.original]).toEqual([
            cell,
            follows ? sumOf(cell, both) : (both[cell] ?? ''),
          ]);
          const differs = cell in own && cell in other && own[cell] !== other[cell];
          expect([cell, open.has(cell)]).toEqual([cell, differs && !follows]);
        }
      }),
      // Two who fill a whole row between them meet seldom: the example that showed that totals are made anew.
      {
        examples: [
          [
            { 't3.1.welfare': '1', 't3.1.other': '1' },
            { 't3.1.legal-service': '1', 't3.1.natural-person': '1', 't3.1.research': '1', 't3.1.commercial': '1' },
          ],
        ],
      },
    );
  });
});

describe('what is kept of the text on the screen', () => {
  it('is always a report the service takes, whatever was typed', () => {
    const typed = fc.string({ unit: 'binary', maxLength: 40 });
    fc.assert(
      fc.property(fc.array(typed, { maxLength: 6 }), fc.nat(6), typed, (paragraphs, at, title) => {
        const chapters = base.chapters.map((one) =>
          one.tableAt === undefined
            ? { ...one, paragraphs }
            : { ...one, paragraphs, tableAt: Math.min(at, paragraphs.length) },
        );
        const kept = sendable({ ...base, title, preface: title, chapters });
        expect(parseAnnualReport(kept)).toEqual(kept);
        expect(sendable(kept)).toEqual(kept);
      }),
    );
  });

  it('leaves empty paragraphs out, and finds what is left again', () => {
    const chapter = { no: 3, title: '', paragraphs: ['', '甲', ' ', '乙'], tableAt: 3 };
    const kept = sendable({ ...base, chapters: [chapter] }).chapters[0]!;
    expect(kept).toEqual({ no: 3, title: '', paragraphs: ['甲', '乙'], tableAt: 1 });
    expect([shownParagraph(chapter, 0), shownParagraph(chapter, 1)]).toEqual([1, 3]);
  });
});
