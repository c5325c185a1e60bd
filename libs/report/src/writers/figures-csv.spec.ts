import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '#domain/decision';
import { allFormats, cellsOf } from '../format.js';
import type { AnnualReport, Cell } from '../model.js';
import { readPlainText } from '../readers/plain-text.js';
import { figureColumns, figureRecord } from './figures-csv.js';

const reading = readPlainText(readFileSync('samples/xiangyang-2020.txt', 'utf8'));
if (isRefusal(reading)) throw new Error(reading.refused);
const { report } = reading;
const columns = figureColumns();
const at = (id: string): number => columns.findIndex(({ name }) => name === id);

function withCell(id: string, cell: Cell): AnnualReport {
  const [table = ''] = id.split('.');
  return { ...report, tables: { ...report.tables, [table]: { ...report.tables[table], [id]: cell } } };
}

describe('figures of many reports side by side', () => {
  it('have one column for each cell of each format, the newest format first', () => {
    const ids = allFormats().flatMap((format) => format.tables.flatMap(cellsOf).map(({ id }) => id));
    expect(columns.map(({ name }) => name).toSorted()).toEqual([...new Set(ids)].toSorted());
    expect(columns[0]?.formats).toContain(allFormats().at(-1)?.id);
  });

  it('say in English too what each cell of the shipped forms is, each in words of its own', () => {
    const english = columns.map(({ meaning }) => meaning.en);
    for (const text of english) expect(text).not.toMatch(/^figure |\p{Script=Han}/u);
    expect(new Set(english).size).toBe(english.length);
    expect(columns[at('t3.3.5.4.total')]?.meaning.en).toBe(
      'Table 3, III. outcomes this year, (5) not processed, 4. many repeated applications without good reason, total',
    );
    expect(columns[at('t4.review.upheld')]?.meaning.en).toBe('Table 4, administrative reviews, upheld');
  });

  it('say how an older form called a cell where it called it otherwise', () => {
    const meaningOf = (id: string): unknown => columns[at(id)]?.meaning;
    expect(meaningOf('t2.20-1.normative.made')).toEqual({
      zh: '表二 行政规范性文件 本年制发件数；2019 格式作：表二 规范性文件 本年新制作数量',
      en:
        'Table 2, administrative normative documents, issued this year; ' +
        'in the form of 2019: Table 2, normative documents, newly made this year',
    });
    expect(meaningOf('t3.1.total')).toMatchObject({ zh: '表三 一、本年新收政府信息公开申请数量 总计' });
  });

  it('give every figure of a report exactly', () => {
    const { figures } = figureRecord(report, columns);
    for (const cells of Object.values(report.tables))
      for (const [id, cell] of Object.entries(cells))
        expect([id, figures[at(id)]]).toEqual([id, cell.state === 'value' ? cell.value : '']);
  });

  it.each<[string, Cell, string]>([
    ['t2.20-1.rules.made', { state: 'unfilled', original: '' }, 't2.20-1.rules.made=unfilled'],
    ['t2.20-1.rules.made', { state: 'not-applicable', original: '/' }, 't2.20-1.rules.made=not-applicable'],
    ['t2.20-1.rules.made', { state: 'unreadable', original: '约5' }, 't2.20-1.rules.made=unreadable'],
  ])('never turn a cell without a figure into 0: %s %j', (id, cell, told) => {
    const given = id in (report.tables['t2'] ?? {}) ? id : Object.keys(report.tables['t2'] ?? {})[0]!;
    const { figures, withoutFigure } = figureRecord(withCell(given, cell), columns);
    expect([figures[at(given)], withoutFigure]).toEqual(['', expect.arrayContaining([told.replace(id, given)])]);
  });

  it('give no amount in a unit nobody wrote', () => {
    const money = columns.find(({ unit, formats }) => unit === '元' && formats.includes(report.format))!;
    const { figures, withoutFigure } = figureRecord(
      withCell(money.name, { state: 'value', value: '1150', original: '1150' }),
      columns,
    );
    expect(figures[at(money.name)]).toBe('');
    expect(withoutFigure).toContain(`${money.name}=no-unit:1150`);
  });
});
