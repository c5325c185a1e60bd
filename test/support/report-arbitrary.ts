import * as fc from 'fast-check';
import { readCell } from '#report/cell-text';
import { cellId, cellsOf } from '#report/format';
import type { CellPlace, FormatDefinition } from '#report/format-definition';
import type { AnnualReport, Cell, Cells, Chapter } from '#report/model';

const ORGANS = ['向阳区人民政府', '临江市教育局', '新河县青山镇人民政府', '平安区司法局'];
const PROSE = [
  '本机关认真贯彻落实《中华人民共和国政府信息公开条例》，各项工作有序推进。',
  '加强制度建设，规范办理流程，及时回应社会关切。',
  '一是存在主动性不够的问题；二是业务能力有待提高。下一步将加强培训。',
  '严格落实保密审查制度，做到先审查、后公开。',
  '平台栏目设置更加清晰，检索更加便捷。',
];

/** A random report in which every sum of the form holds: six statutory chapters with prose, all cells filled. */
export function annualReportArbitrary(format: FormatDefinition): fc.Arbitrary<AnnualReport> {
  const last = format.years.to ?? format.years.from + 4;
  return fc
    .record({
      organName: fc.constantFrom(...ORGANS),
      year: fc.integer({ min: format.years.from, max: last }),
      numbers: fc.infiniteStream(fc.nat({ max: 40 })),
      prose: fc.infiniteStream(fc.constantFrom(...PROSE)),
    })
    .map(({ organName, year, numbers, prose }) => {
      const next = (): number => numbers.next().value as number;
      const tables = Object.fromEntries(
        format.tables.map((table): [string, Cells] => {
          const texts = new Map(cellsOf(table).map((place) => [place.id, textFor(place, next)]));
          if (table.id === 't3') balanceApplications(format, texts);
          if (table.id === 't4') sumGroups(texts);
          const cells = cellsOf(table).map(({ id, column }): [string, Cell] => [
            id,
            readCell(column.kind, texts.get(id) ?? '').cell,
          ]);
          return [table.id, Object.fromEntries(cells)];
        }),
      );
      const chapters = format.chapters.map(({ no, title, table }): Chapter => {
        const paragraphs = table === undefined ? [prose.next().value as string, prose.next().value as string] : [];
        return { no, title, paragraphs, ...(table === undefined ? {} : { tableAt: 0 }) };
      });
      const period = `${year}年1月1日至${year}年12月31日`;
      return {
        format: format.id,
        year,
        organName,
        title: `${organName}${year}年政府信息公开工作年度报告`,
        preface: `本报告依据《中华人民共和国政府信息公开条例》编制，数据统计期限为${period}。`,
        period: { from: `${year}-01-01`, to: `${year}-12-31` },
        scope: 'organ',
        chapters,
        tables,
      };
    });
}

function textFor({ column }: CellPlace, next: () => number): string {
  if (column.kind === 'money') return `${next()}.${1 + (next() % 9)}万元`;
  if (column.kind === 'fee') return next() % 2 === 0 ? String(next()) : `${next()}.${1 + (next() % 9)}`;
  if (column.kind === 'change') return `+${next()}`;
  return String(next());
}

/** 表三: 三（七） is the sum of its leaves, 一 + 二 = 三（七） + 四, 总计 the sum of its columns. */
function balanceApplications(format: FormatDefinition, texts: Map<string, string>): void {
  const table = format.tables.find(({ id }) => id === 't3');
  const block = table?.blocks[0];
  if (block === undefined) return;
  const at = (row: string, column: string): string => cellId('t3', block.id, row, column);
  const number = (row: string, column: string): number => Number(texts.get(at(row, column)));
  const columns = block.columns.map(({ id }) => id).filter((id) => id !== 'total');
  const leaves = block.rows.map(({ id }) => id).filter((id) => id.startsWith('3.') && id !== '3.7');
  for (const column of columns) {
    const handled = leaves.reduce((sum, row) => sum + number(row, column), 0);
    const all = handled + number('4', column);
    const carried = Math.min(number('2', column), all);
    texts.set(at('3.7', column), String(handled));
    texts.set(at('2', column), String(carried));
    texts.set(at('1', column), String(all - carried));
  }
  for (const { id } of block.rows)
    texts.set(at(id, 'total'), String(columns.reduce((sum, column) => sum + number(id, column), 0)));
}

/** 表四: each group's 总计 is the sum of its four outcomes. */
function sumGroups(texts: Map<string, string>): void {
  for (const id of [...texts.keys()].filter((key) => key.endsWith('.total'))) {
    const group = id.slice(0, -'total'.length);
    const outcomes = [...texts].filter(([key]) => key.startsWith(group) && key !== id);
    texts.set(id, String(outcomes.reduce((sum, [, value]) => sum + Number(value), 0)));
  }
}
