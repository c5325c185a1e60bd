import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { isRefusal } from '#domain/decision';
import { cellsOf, FORMATS } from '../format.js';
import type { CellKind } from '../format-definition.js';
import { chapterHeading, type AnnualReport, type Cell } from '../model.js';
import { parseAnnualReport } from '../parse-annual-report.js';
import { printedTables } from '../printed-tables.js';
import { readPlainText } from './plain-text.js';
import type { ReportReading } from './read-report-document.js';

const sampleText = readFileSync(new URL('../../../../samples/xiangyang-2020.txt', import.meta.url), 'utf8');
const sampleLines = sampleText.split('\n');

function read(text: string): ReportReading {
  const reading = readPlainText(text);
  if (isRefusal(reading)) throw new Error(`refused: ${JSON.stringify(reading)}`);
  return reading;
}

/** A row of figures as the paper shows them, each as `value` or as the state that is not one. */
function figures(reading: ReportReading, table: string, prefix: string): string[] {
  const cells = Object.entries(reading.report.tables[table] ?? {}).filter(([id]) =>
    id.startsWith(`${table}.${prefix}`),
  );
  return cells.map(([, cell]) => (cell.state === 'value' ? cell.value : cell.state));
}

const { report, findings } = read(sampleText);

describe('the real report', () => {
  it('has its title, year, organ, period and scope', () => {
    expect(report).toMatchObject({
      format: '2019',
      year: 2020,
      organName: '向阳区',
      title: '向阳区2020年政府信息公开工作年度报告',
      period: { from: '2020-01-01', to: '2020-12-31' },
      scope: 'region',
    });
    expect(report.preface).toMatch(/^向阳区人民政府根据《中华人民共和国政府信息公开条例》.*主要问题和改进措施等。$/);
  });

  // Transcribed from the paper form by hand: previous/made, change/opened, decisions/public.
  it.each([
    ['20-1.rules.', ['0', '0', '0']],
    ['20-1.normative.', ['0', '0', '0']],
    ['20-5.licensing.', ['19', '11', '111']],
    ['20-5.other-services.', ['0', '22', '0']],
    ['20-6.penalties.', ['49', '0', '8']],
    ['20-6.enforcement.', ['0', '0', '0']],
    ['20-8.fees.', ['0', '0']],
    ['20-9.procurement.', ['41', '11500000']],
  ])('表二 %s', (row, expected) => {
    expect(figures({ report, findings, passages: [], sources: {} }, 't2', row)).toEqual(expected);
  });

  it('表三 has 23 rows of 7 zeros, each under its own cell', () => {
    const rows =
      '1 2 3.1 3.2 3.3.1 3.3.2 3.3.3 3.3.4 3.3.5 3.3.6 3.3.7 3.3.8 3.4.1 3.4.2 3.4.3 3.5.1 3.5.2 3.5.3 3.5.4 3.5.5 3.6 3.7 4'.split(
        ' ',
      );
    const columns = ['natural-person', 'commercial', 'research', 'welfare', 'legal-service', 'other', 'total'];
    const expected = rows.flatMap((row) =>
      columns.map((column) => [`t3.${row}.${column}`, { state: 'value', value: '0', original: '0' }]),
    );
    expect(Object.entries(report.tables['t3'] ?? {})).toEqual(expected);
  });

  it('表四 has three groups of five zeros', () => {
    const outcomes = ['upheld', 'corrected', 'other', 'pending', 'total'];
    const ids = ['review', 'litigation-direct', 'litigation-after-review'].flatMap((group) =>
      outcomes.map((outcome) => `t4.${group}.${outcome}`),
    );
    expect(Object.entries(report.tables['t4'] ?? {})).toEqual(
      ids.map((id) => [id, { state: 'value', value: '0', original: '0' }]),
    );
  });

  it.each([
    [1, '总体工作情况概述', undefined, 1, /^2020年，为深入贯彻/, /透明化办事。$/],
    [2, '主动公开政府信息情况', 0, 1, /^主动公开信息数量。/, /发布信息56条。$/],
    [3, '收到和处理政府信息公开申请情况', 0, 1, /^本年度我区未收到群众/, /政府信息公开费用。$/],
    [4, '政府信息公开行政复议、行政诉讼情况', 0, 1, /^本年度我区未出现/, /行政诉讼的情况。$/],
    [5, '存在的主要问题及改进情况', undefined, 1, /^我区在政务信息公开工作中/, /力度需要进一步加大。$/],
    [6, '2021年工作安排及改进措施', undefined, 5, /^2021年，向阳区人民政府/, /统一部署的各项工作。$/],
  ])('chapter %i %s has all its prose', (no, title, tableAt, count, start, end) => {
    const chapter = report.chapters[no - 1];
    expect(chapter).toMatchObject({ no, title });
    expect(chapter?.tableAt).toBe(tableAt);
    expect(chapter?.paragraphs).toHaveLength(count);
    expect(chapter?.paragraphs[0]).toMatch(start);
    expect(chapter?.paragraphs.at(-1)).toMatch(end);
  });

  it('loses no word of the prose', () => {
    const prose = sampleLines
      .filter((line) => line.trim() !== '' && !line.startsWith('\t'))
      .join('')
      .replace('[bookmark: _GoBack]', '');
    const numerals = ['一', '二', '三', '四', '五', '六'];
    const kept = [
      report.title,
      report.preface,
      ...report.chapters.flatMap(({ no, title, paragraphs }) => [`${numerals[no - 1]}、${title}`, ...paragraphs]),
    ];
    expect(kept.join('').replace(/\s/g, '')).toBe(prose.replace(/\s/g, ''));
  });

  it('keeps 1150万 as 1150 万元 and says so', () => {
    expect(report.tables['t2']?.['t2.20-9.procurement.amount']).toEqual({
      state: 'value',
      value: '11500000',
      unit: '元',
      printUnit: '万元',
      original: '1150万',
    });
    const finding = findings.find(({ rule }) => rule === 'V03');
    expect(finding).toMatchObject({
      original: '1150万',
      replacement: '1150 万元',
      line: 76,
      place: { cell: 't2.20-9.procurement.amount' },
    });
  });

  it('takes the bookmark out of the text and says where it was', () => {
    expect(report.chapters[5]?.paragraphs[4]).toMatch(/^四是加强与上级/);
    const finding = findings.find(({ rule }) => rule === 'S14');
    expect(finding).toMatchObject({
      original: '[bookmark: _GoBack]',
      line: 396,
      place: { chapter: 6, paragraph: 4, from: 0 },
    });
  });

  it('notices nothing else but the scope it had to guess', () => {
    expect(findings.map(({ code }) => code).toSorted()).toEqual(['cell_unit', 'scope_inferred', 'tool_residue']);
  });

  it('is the same with the line ends of Windows', () => {
    expect(read(sampleText.replaceAll('\n', '\r\n')).report).toEqual(report);
  });

  it('is the same with one table row per line', () => {
    const rows = sampleText.replace(
      /(?:^\t[^\n]*\n)+/gm,
      (row) =>
        `\t${row
          .split('\n')
          .filter((cell) => cell !== '')
          .map((cell) => cell.slice(1))
          .join('\t')}\n`,
    );
    expect(rows.split('\n').length).toBeLessThan(sampleLines.length / 2);
    expect(read(rows).report).toEqual(report);
  });

  it('is the same when copying it from a page lost the tabs', () => {
    const bare = sampleText.replace(/^\t/gm, '').replace(/\n\n+/g, '\n');
    expect(read(bare).report).toEqual(report);
  });
});

describe('what is no report', () => {
  it.each([
    ['nothing', '', 'empty_file'],
    ['blanks', ' \n\t\n　', 'empty_file'],
    ['another text', '今天天气很好。\n一、早饭\n二、午饭\n', 'not_a_report'],
    ['a table of numbers', '1\t2\t3\n4\t5\t6\n', 'not_a_report'],
    ['a law', '中华人民共和国政府信息公开条例\n第一章 总则\n第一条 为了保障公民……', 'not_a_report'],
  ])('%s is refused', (_what, text, code) => {
    const refusal = readPlainText(text);
    expect(refusal).toMatchObject({ refused: code });
  });

  it('says which parts are missing', () => {
    expect(readPlainText('今天天气很好。')).toMatchObject({
      data: { missing: expect.arrayContaining(['一、总体情况']) },
    });
  });

  it('random text is refused or read, never thrown', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        expect(isRefusal(readPlainText(text))).toBe(true);
      }),
    );
  });
});

const headingLine = (title: string): number => sampleLines.findIndex((line) => line.trim().startsWith(title));

describe('a truncated file', () => {
  it.each([
    ['after the preface', headingLine('一、总体'), 0, '一、总体情况'],
    ['inside 表二', headingLine('二、主动') + 30, 2, '三、收到和处理政府信息公开申请情况'],
    ['inside 表三', headingLine('三、收到') + 90, 3, '四、政府信息公开行政复议、行政诉讼情况'],
    ['inside 表四', headingLine('四、政府') + 40, 4, '五、存在的主要问题及改进情况'],
    ['before chapter six', headingLine('六、2021'), 5, '六、其他需要报告的事项'],
    ['after the last heading', headingLine('六、2021') + 1, 6, '六、2021年工作安排及改进措施（正文）'],
  ])('cut %s is refused with what is missing', (_where, lines, lastChapter, missing) => {
    const refusal = readPlainText(sampleLines.slice(0, lines).join('\n'));
    expect(refusal).toMatchObject({ refused: 'truncated_report', data: { lastChapter } });
    if (!isRefusal(refusal)) throw new Error('it was read');
    expect(refusal.data['missing']).toEqual(expect.arrayContaining([missing]));
    expect(refusal.data['lastLine']).toBeLessThanOrEqual(lines);
  });

  it('cut in the last sentence is read with a warning', () => {
    const cut = sampleText.trimEnd().slice(0, -12);
    expect(read(cut).findings).toContainEqual(
      expect.objectContaining({ code: 'ends_in_mid_sentence', severity: 'W', line: 396 }),
    );
  });

  it('cut anywhere is refused, or has every figure it would have had whole', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: sampleText.length }), (length) => {
        const reading = readPlainText(sampleText.slice(0, length));
        if (!isRefusal(reading)) expect(reading.report.tables).toEqual(report.tables);
      }),
      { numRuns: 60 },
    );
  });
});

const replaceOnce = (from: string, to: string): ReportReading => {
  expect(sampleText).toContain(from);
  return read(sampleText.replace(from, to));
};

describe('a damaged table', () => {
  it('a blank cell stays unfilled', () => {
    expect(figures(replaceOnce('\t19\n\t11\n\t111', '\t19\n\t\n\t111'), 't2', '20-5.licensing.')).toEqual([
      '19',
      'unfilled',
      '111',
    ]);
  });

  it('a row that lost a cell is not shifted: all its cells are unreadable', () => {
    const reading = replaceOnce('\t19\n\t11\n\t111', '\t19\n\t111');
    expect(figures(reading, 't2', '20-5.licensing.')).toEqual(['unreadable', 'unreadable', 'unreadable']);
    expect(reading.findings).toContainEqual(expect.objectContaining({ code: 'row_width', severity: 'E', line: 31 }));
  });

  it('exchanged columns are not taken over under our names', () => {
    const reading = replaceOnce(
      '\t上一年项目数量\n\t本年增/减\n\t处理决定数量\n\n\t行政许可',
      '\t上一年项目数量\n\t处理决定数量\n\t本年增/减\n\n\t行政许可',
    );
    expect(figures(reading, 't2', '20-5.')).toEqual(Array.from({ length: 6 }, () => 'unreadable'));
    expect(reading.findings).toContainEqual(expect.objectContaining({ code: 'head_differs' }));
    expect(figures(reading, 't2', '20-6.penalties.')).toEqual(['49', '0', '8']);
  });

  it('a missing row is reported and unfilled, not zero', () => {
    const reading = replaceOnce('\t行政处罚\n\t49\n\t0\n\t8\n', '');
    expect(figures(reading, 't2', '20-6.penalties.')).toEqual(['unfilled', 'unfilled', 'unfilled']);
    expect(reading.findings).toContainEqual(
      expect.objectContaining({
        code: 'missing_row',
        severity: 'E',
        place: { table: 't2', block: '20-6', row: 'penalties' },
      }),
    );
  });

  it('a row the form does not have is reported and left out', () => {
    const reading = replaceOnce('\t行政处罚\n', '\t行政指导\n\t5\n\t5\n\t5\n\n\t行政处罚\n');
    expect(reading.findings).toContainEqual(
      expect.objectContaining({ code: 'unknown_row', original: '行政指导 | 5 | 5 | 5' }),
    );
    expect(reading.report.tables['t2']).toEqual(report.tables['t2']);
  });

  it('labels may differ in width of characters, spaces and quotes', () => {
    const reading = replaceOnce('\t3.危及“三安全一稳定”', '\t３．危及"三安全 一稳定"');
    expect(reading.report.tables['t3']).toEqual(report.tables['t3']);
  });

  it('a missing chapter in the middle leaves its table unfilled', () => {
    const start = sampleText.indexOf('四、政府信息公开行政复议');
    const reading = read(sampleText.slice(0, start) + sampleText.slice(sampleText.indexOf('五、存在的')));
    expect(reading.report.chapters.map(({ no }) => no)).toEqual([1, 2, 3, 5, 6]);
    expect(new Set(figures(reading, 't4', ''))).toEqual(new Set(['unfilled']));
  });
});

describe('numbers', () => {
  it('are never split or joined: any figure typed into a cell comes out as itself', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 17n }), fc.constantFrom('t2', 't3'), (value, table) => {
        const [from, to, id] =
          table === 't2'
            ? ['\t111\n\n\t其他对外', `\t${value}\n\n\t其他对外`, 't2.20-5.licensing.decisions']
            : ['（六）其他处理\n\t0\n\t0', `（六）其他处理\n\t0\n\t${value}`, 't3.3.6.commercial'];
        const reading = read(sampleText.replace(from, to));
        expect(reading.report.tables[table]?.[id]).toEqual({
          state: 'value',
          value: String(value),
          original: String(value),
        });
      }),
      { numRuns: 30 },
    );
  });

  it('invisible characters are taken out and reported', () => {
    const reading = read(sampleText.replace('我区在政务', '我区\u202e在\u0000政务'));
    expect(reading.report.chapters[4]?.paragraphs[0]).toMatch(/^我区在政务/);
    expect(reading.findings).toContainEqual(expect.objectContaining({ rule: 'Q04', original: 'U+202E' }));
    expect(parseAnnualReport(reading.report)).toEqual(reading.report);
  });
});

/** A report as text, one cell per line, the way word processors flatten it. */
function flattened(printed: AnnualReport): string {
  const tables = new Map(
    printedTables(printed).map(({ chapter, groups }) => [
      chapter,
      groups.flatMap(({ rows }) => rows.map((row) => `${row.map(({ text }) => `\t${text}`).join('\n')}\n`)).join('\n'),
    ]),
  );
  const chapters = printed.chapters.map((chapter) =>
    [chapterHeading(chapter), tables.get(chapter.no) ?? [], ...chapter.paragraphs].flat().join('\n'),
  );
  return [printed.title, printed.preface, ...chapters].join('\n');
}

const cellOf = (kind: CellKind): fc.Arbitrary<Cell> =>
  fc.bigInt({ min: kind === 'change' ? -999n : 0n, max: 99_999n }).map((number) => {
    const value = String(number);
    if (kind === 'fee') return { state: 'value', value, unit: '万元', printUnit: '万元', original: value };
    if (kind === 'money')
      return {
        state: 'value',
        value: `${value}0000`.replace(/^0+$/, '0'),
        unit: '元',
        printUnit: '万元',
        original: `${value} 万元`,
      };
    const original = kind === 'change' && number > 0n ? `+${value}` : value;
    return { state: 'value', value, original };
  });

describe.each(FORMATS.map((format) => [format.id, format] as const))('format %s', (id, format) => {
  const tables = fc.record(
    Object.fromEntries(
      format.tables.map((table) => [
        table.id,
        fc.record(Object.fromEntries(cellsOf(table).map((at) => [at.id, cellOf(at.column.kind)]))),
      ]),
    ),
  );

  it('any figures printed and flattened are read back cell by cell', () => {
    const chapters = format.chapters.map(({ no, title, table }) => ({
      no,
      title,
      paragraphs: ['无。'],
      ...(table === undefined ? {} : { tableAt: 0 }),
    }));
    fc.assert(
      fc.property(tables, (figuresOfAll) => {
        const printed: AnnualReport = {
          ...report,
          format: id,
          year: format.years.from,
          title: `向阳区${id}年政府信息公开工作年度报告`,
          chapters,
          tables: figuresOfAll,
        };
        const back = read(flattened(printed));
        expect(back.report.tables).toEqual(figuresOfAll);
        expect(back.report).toMatchObject({ format: id, year: format.years.from, chapters });
      }),
      { numRuns: 15 },
    );
  });
});
