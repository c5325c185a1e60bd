import { cellsOf, formatFor } from '../format.js';
import type { RowDefinition, TableDefinition } from '../format-definition.js';
import { chapterHeading, chapterNumeral, type AnnualReport } from '../model.js';
import type { Place } from '../place.js';
import { findResidue, TEMPLATE_RESIDUE, TOOL_RESIDUE } from '../residue.js';
import { ALL_FORMATS, cellAt, passed, type Outcome, type Rule, type Subject } from './rule.js';

const REPORT: Place = { part: 'report' };

function sixChapters({ report, format }: Subject): readonly Outcome[] {
  const expected = format.chapters.map(({ no }) => chapterNumeral(no)).join('、');
  const found = report.chapters.map(({ no }) => chapterNumeral(no)).join('、');
  if (expected === found) return [passed(REPORT, '六个部分齐全、有序', 'six chapters, in order')];
  const message = { zh: `应有部分：${expected}；实有：${found}`, en: `chapters must be ${expected}, found ${found}` };
  return [{ status: 'fail', place: REPORT, expected, found, message }];
}

function chapterTitles({ report, format }: Subject): readonly Outcome[] {
  return format.chapters.flatMap((statutory): Outcome[] => {
    const chapter = report.chapters.find(({ no }) => no === statutory.no);
    if (chapter === undefined) return [];
    const place = { chapter: statutory.no };
    const expected = chapterHeading(statutory);
    const found = chapterHeading(chapter);
    if (found.replace(/\s/g, '') === expected) return [passed(place, `标题为“${expected}”`, `heading is ${expected}`)];
    const message = {
      zh: `标题应为“${expected}”，实为“${found}”`,
      en: `the heading must read ${expected}, not ${found}`,
    };
    return [{ status: 'fail', place, expected, found, fix: expected, message }];
  });
}

function formatFitsYear({ report }: Subject): readonly Outcome[] {
  const due = formatFor(report.year);
  if (due?.id === report.format) return [passed(REPORT, `${report.year} 年适用${due.issued}`, `${due.issued} applies`)];
  const expected = due === null ? '2019 年及以后' : due.issued;
  const message = {
    zh: `${report.year} 年度报告应使用 ${expected} 格式，实为 ${report.format} 格式`,
    en: `a report for ${report.year} needs the format ${expected}, found ${report.format}`,
  };
  return [{ status: 'fail', place: REPORT, expected, found: report.format, message }];
}

function tablesAreData({ report, format }: Subject): readonly Outcome[] {
  return format.tables.map((table): Outcome => {
    const filled = cellsOf(table).filter((at) => cellAt(report, at).state !== 'unfilled').length;
    const total = cellsOf(table).length;
    const place = { table: table.id };
    const numbers = { expected: String(total), found: String(filled) };
    if (filled > 0) return { ...passed(place, `${table.name}有数据`, `table ${table.id} holds data`), ...numbers };
    const message = {
      zh: `${table.name}没有数据（图片或文字不算）`,
      en: `table ${table.id} has no data; a picture or prose does not count`,
    };
    return { status: 'fail', place, ...numbers, message };
  });
}

function noBlankCells({ report, format }: Subject): readonly Outcome[] {
  return format.tables.flatMap((table) => {
    const blanks = table.blocks.flatMap((block) => block.rows.flatMap((row) => blanksOf(report, table, block.id, row)));
    return blanks.length > 0
      ? blanks
      : [passed({ table: table.id }, `${table.name}没有空格`, `table ${table.id} has no blanks`)];
  });
}

function blanksOf(report: AnnualReport, table: TableDefinition, block: string, row: RowDefinition): readonly Outcome[] {
  const blank = cellsOf(table).filter((at) => {
    const { state } = cellAt(report, at);
    return at.row === row && at.block.id === block && (state === 'unfilled' || state === 'not-applicable');
  });
  if (blank.length === 0) return [];
  const columns = blank.map(({ column }) => column.name).join('、');
  const name = [table.name, ...row.labels].join(' ');
  const single = blank[0] !== undefined && blank.length === 1 ? { column: blank[0].column.id, cell: blank[0].id } : {};
  const message = {
    zh: `${name}：${blank.length} 格未填（${columns}），没有的填 0`,
    en: `${name}: ${blank.length} cells not filled (${columns}); write 0 for none`,
  };
  const place = { table: table.id, block, row: row.id, ...single };
  return [
    {
      status: 'fail',
      place,
      expected: '0',
      found: blank.map((at) => cellAt(report, at).original).join('|'),
      fix: '0',
      message,
    },
  ];
}

function statutoryTitle({ report }: Subject): readonly Outcome[] {
  const place: Place = { part: 'title' };
  const expected = `${report.organName}${report.year}年政府信息公开工作年度报告`;
  if (report.title.replace(/\s/g, '') === expected.replace(/\s/g, ''))
    return [passed(place, '标题合规', 'the title is in order')];
  const message = {
    zh: `标题应为“${expected}”，实为“${report.title}”`,
    en: `the title must read ${expected}, not ${report.title}`,
  };
  return [{ status: 'fail', place, expected, found: report.title, fix: expected, message }];
}

function noResidue({ report }: Subject): readonly Outcome[] {
  const texts: readonly (readonly [Place, string])[] = [
    [{ part: 'title' }, report.title],
    [{ part: 'preface' }, report.preface],
    ...report.chapters.flatMap(({ no, title, paragraphs }): (readonly [Place, string])[] => [
      [{ chapter: no }, title],
      ...paragraphs.map((text, paragraph): readonly [Place, string] => [{ chapter: no, paragraph }, text]),
    ]),
  ];
  const found = texts.flatMap(([place, text]) =>
    findResidue(text, [...TOOL_RESIDUE, ...TEMPLATE_RESIDUE]).map((residue): Outcome => {
      const range = 'chapter' in place ? { from: residue.from, to: residue.to } : {};
      const message = {
        zh: `有模板或软件残留“${residue.text}”，请删除或填写`,
        en: `left over from a template or tool: ${residue.text}`,
      };
      return { status: 'fail', place: { ...place, ...range }, expected: '', found: residue.text, fix: '', message };
    }),
  );
  return found.length > 0 ? found : [passed(REPORT, '没有模板或软件残留', 'nothing left over from a template or tool')];
}

const rule = (id: string, severity: Rule['severity'], source: string, check: Rule['check']): Rule => ({
  id,
  severity,
  overridable: false,
  formats: ALL_FORMATS,
  version: 1,
  scope: 'national',
  source,
  check,
});

/** Rules on chapters, title, format and completeness of the tables. Rules of the catalogue: S. */
export const structureRules: readonly Rule[] = [
  rule('S01', 'E', '条例第五十条；国办公开办函〔2021〕30号', sixChapters),
  rule('S02', 'W', '国办公开办函〔2019〕60号、〔2021〕30号', chapterTitles),
  rule('S03', 'E', '国办公开办函〔2019〕60号、〔2021〕30号', formatFitsYear),
  rule('S04', 'E', '国办公开办函〔2019〕60号、〔2021〕30号', tablesAreData),
  rule('S07', 'E', '国办公开办函〔2019〕60号、〔2021〕30号', noBlankCells),
  rule('S09', 'W', '国办公开办函〔2019〕60号、〔2021〕30号', statutoryTitle),
  rule('S14', 'E', '粤办函〔2010〕249号', noResidue),
];
