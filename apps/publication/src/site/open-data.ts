import { CSV_MARK, csvFile, csvHeader, csvRecord } from '#report/writers/csv-file';
import { figureColumns, figureRecord } from '#report/writers/figures-csv';
import type { CsvColumn } from '#report/writers/report-csv';
import { publicPath } from '../domain/public-address.js';
import type { ListedAct } from '../pages/corrections.page.js';
import type { ListedLink } from './catalogue.js';
import type { ProvenFacts, ProvenPages } from './proven-pages.js';

const text = (name: string, zh: string, en: string): CsvColumn => ({ name, content: 'text', meaning: { zh, en } });
const number = (name: string, zh: string, en: string): CsvColumn => ({ name, content: 'number', meaning: { zh, en } });

const HEAD: readonly CsvColumn[] = [
  text('organ_code', '机关编码，即网址中的一段', 'code of the organ, as in the address'),
  text('organ', '机关名称', 'name of the organ'),
  number('year', '报告年度', 'report year'),
  number('edition', '版本号，更正后加一', 'edition; a correction is the next one'),
  text('format', '法定格式编号：该格式适用的第一个报告年度', 'statutory format: the first report year it applies to'),
  text('title', '标题', 'title'),
  text('published_at', '本版最早可公开的时刻（UTC）', 'earliest instant this edition could be public (UTC)'),
  text('url', '公开地址', 'public address'),
  text(
    'sha256',
    '所签字节的 SHA-256，即 report.json 的摘要',
    'SHA-256 of the bytes that were signed, that is, of report.json',
  ),
  text(
    'without_figure',
    '没有数值的格，以分号相连：unfilled 未填、not-applicable 不适用、unreadable 无法读取、no-unit:数 未写单位的金额；都不等于 0',
    'cells that hold no figure, joined by semicolons: unfilled, not-applicable, unreadable, or no-unit:amount; none of them is 0',
  ),
];

const ACTS: readonly CsvColumn[] = [
  text('organ_code', '机关编码', 'code of the organ'),
  text('organ', '机关名称', 'name of the organ'),
  number('year', '报告年度', 'report year'),
  number('edition', '新版本，或被撤回的版本', 'the new edition, or the one withdrawn'),
  text('kind', 'correct 更正、withdraw 撤回、emergency 应急公开', 'correct, withdraw or emergency'),
  text('at', '最早可生效的时刻（UTC）', 'earliest instant it could take effect (UTC)'),
  text('reason', '公开的理由', 'the public reason'),
  number('figures_changed', '改动的数字个数', 'figures that changed'),
  number('texts_changed', '改动的文字处数', 'texts that changed'),
  number(
    'replaces',
    '被取代的版本；首版应急公开为空',
    'the edition that was replaced; empty for an emergency that replaced none',
  ),
  text('path', '公开地址的路径', 'path of the public address'),
];

const CHANGES: readonly CsvColumn[] = [
  ...ACTS.slice(0, 6),
  number('replaces', '被取代的版本', 'the edition that was replaced'),
  text(
    'place',
    '改动之处：数字为格的编号，与 reports.csv 的列名相同；文字为章节',
    'where: the id of a cell, as the columns of reports.csv, or a place of the text',
  ),
  text('name', '改动之处的名称', 'how the place is called'),
  text('before', '原为；空表示原版没有此内容', 'what stood there before; empty where nothing did'),
  text('after', '改为；空表示删去', 'what stands there now; empty where it was left out'),
];

/** All figures of these reports as one CSV, a report a record, made while it is sent. Reports that cannot be proved now are left out. */
export async function* reportsCsv(
  pages: ProvenPages,
  links: readonly ListedLink[],
  origin: string,
): AsyncGenerator<string> {
  const columns = figureColumns();
  const all = [...HEAD, ...columns];
  yield `${CSV_MARK}${csvHeader(all)}`;
  for (const { link, facts } of links) {
    const signed = await pages.reportAt(link);
    if (signed === undefined) continue;
    const { organ, year, edition, format, report } = signed.edition;
    const { figures, withoutFigure } = figureRecord(report, columns);
    const url = `${origin}${publicPath(organ.code, year)}`;
    const head = [
      organ.code,
      organ.name,
      String(year),
      String(edition),
      format,
      report.title,
      facts.at,
      url,
      facts.content,
    ];
    yield csvRecord(all, [...head, withoutFigure.join(';'), ...figures]);
  }
}

const LINE_END = new Uint8Array([0x0a]);

/** These reports as JSON Lines. Each line is byte for byte the `report.json` that was signed: canonical JSON has no line ends. */
export async function* reportsJsonLines(pages: ProvenPages, links: readonly ListedLink[]): AsyncGenerator<Uint8Array> {
  for (const { link } of links) {
    const signed = await pages.reportAt(link);
    if (signed === undefined) continue;
    yield signed.bytes;
    yield LINE_END;
  }
}

/** What the columns of `reportsCsv`, of the corrections and of the changes hold, as CSV. */
export function dictionaryCsv(): string {
  const columns = ['file', 'column', 'meaning_zh', 'meaning_en', 'unit', 'formats'].map(
    (name) => ({ name, content: 'text' }) as const,
  );
  const rowOf = (file: string, { name, meaning }: CsvColumn, unit = '', formats = ''): string[] => [
    file,
    name,
    meaning.zh,
    meaning.en,
    unit,
    formats,
  ];
  return csvFile(columns, [
    ...HEAD.map((column) => rowOf('reports.csv', column)),
    ...figureColumns().map((column) => rowOf('reports.csv', column, column.unit, column.formats.join(';'))),
    ...ACTS.map((column) => rowOf('corrections.csv', column)),
    ...CHANGES.map((column) => rowOf('changes.csv', column)),
  ]);
}

/** Every act the public was told of, as CSV. */
export function correctionsCsv(acts: readonly ListedAct[]): string {
  return csvFile(
    ACTS,
    acts.map(({ organ, name, year, edition, replaces, kind, at, reason, figures, texts }) => [
      organ,
      name,
      String(year),
      String(edition),
      kind,
      at,
      reason,
      String(figures.length),
      String(texts),
      kind === 'withdraw' || replaces === null ? '' : String(replaces),
      publicPath(organ, year),
    ]),
  );
}

/** Every figure and every text the public was told had changed, with what stood there before and after, as CSV. */
export function changesCsv(acts: readonly ProvenFacts[]): string {
  return csvFile(
    CHANGES,
    acts.flatMap(({ organ, name, year, at, notice }) => {
      if (notice === null || notice.changes === null) return [];
      const { kind, edition, replaces, changes } = notice;
      const act = [organ, name, String(year), String(edition), kind, at, replaces === null ? '' : String(replaces)];
      const places = [...changes.cells.map(({ cell: place, ...change }) => ({ place, ...change })), ...changes.texts];
      return places.map((change) => [...act, change.place, change.name, change.before ?? '', change.after ?? '']);
    }),
  );
}
