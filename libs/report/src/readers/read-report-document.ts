import { isRefusal, refuse, type Refusal } from '#domain/decision';
import type { Finding } from '../finding.js';
import { allFormats, formatFor } from '../format.js';
import type { FormatDefinition, TableDefinition } from '../format-definition.js';
import { chapterHeading, type AnnualReport, type Cells, type Chapter } from '../model.js';
import { parseAnnualReport } from '../parse-annual-report.js';
import { isRealDate } from '../real-date.js';
import { splitChapters, type RawChapter } from './chapter-split.js';
import { cleanLines } from './clean-lines.js';
import { documentLines, type DocumentLines } from './document-lines.js';
import { assignTables, strayFindings, type AssignedTables } from './document-tables.js';
import { noticeFindings } from './file-notices.js';
import { contactOf, hasStatutoryTitle, periodOf, readFrontMatter, scopeOf, type FrontMatter } from './front-matter.js';
import { gridFigures } from './grid-figures.js';
import { type Passage, passagesOf } from './passages.js';
import type { ReportDocument, SourcePlace } from './report-document.js';
import { type CellSource, readTableCells, type TableReading } from './table-cells.js';
import { figuresOf } from './table-figures.js';
import { rawTableOf, type RawTable } from './table-rows.js';
import { endFinding, secondReportFinding, frontFindings, removalFindings, type LinePlaces } from './text-findings.js';
import { labelKey, type TextLine } from './text-line.js';

/** A report read from a file, where each of its figures stood, and everything a person should know about the reading. */
export interface ReportReading {
  readonly report: AnnualReport;
  readonly findings: readonly Finding[];
  /** What stands in the file where each finding is, in the order of the findings. */
  readonly passages: readonly (Passage | null)[];
  readonly sources: Readonly<Record<string, CellSource>>;
}

type ReadingRefusal = 'empty_file' | 'not_a_report' | 'truncated_report' | 'invalid_report';

/**
 * Reads a report out of a document, whatever file it came from. Nothing is guessed: figures are found by the labels of their row and column, and
 * what cannot be read stays unfilled or unreadable and is reported. Refuses `empty_file`; `not_a_report` (missing parts); `truncated_report`
 * (last line, last chapter, missing chapters) when the end is gone; `invalid_report` (problems) when something is longer than a report can be.
 */
export function readReportDocument(document: ReportDocument): ReportReading | Refusal<ReadingRefusal> {
  const numbered = documentLines(document);
  const where = (line: number): SourcePlace => numbered.places.get(line) ?? {};
  const { lines, removals } = cleanLines(numbered.lines);
  if (numbered.tables.size === 0 && lines.every(({ text }) => text.trim() === ''))
    return refuse('empty_file', { lines: lines.length });
  const format = detectFormat(lines, numbered);
  const { front, chapters } = splitChapters(lines, format);
  const frontMatter = readFrontMatter(front);
  const refusal = whyNoReport(frontMatter, chapters, { lines, format, numbered });
  if (refusal !== null) return refusal;

  const places: LinePlaces = new Map();
  const assigned = assignTables(numbered.tables, chapters, format);
  const read = chapters.map((chapter) => readChapter(chapter, { format, places, assigned, where }));
  const tables = format.tables.map((table): readonly [TableDefinition, TableReading] => {
    const pieces = assigned.byTable.get(table.id) ?? [];
    const flattened = read.find(({ flat }) => flat?.id === table.id)?.flat?.reading;
    const reading = flattened ?? readTableCells(gridFigures(pieces, table), table, where);
    return [table, reading];
  });
  const cells = Object.fromEntries(tables.map(([table, reading]) => [table.id, reading.cells]));
  const report = parseAnnualReport(
    assemble(
      frontMatter,
      read.map(({ chapter }) => chapter),
      cells,
      format,
      lines,
      statedPeriod(document),
    ),
  );
  if (isRefusal(report)) return report;
  const findings = [
    ...noticeFindings(document.notices),
    ...frontFindings(frontMatter, report, where),
    ...removalFindings(removals, places, where),
    ...tables.flatMap(([, reading]) => reading.findings),
    ...strayFindings(assigned, where),
    ...secondReportFinding(lines, report, where),
    ...endFinding(lines, report, where),
  ];
  return {
    report,
    findings,
    passages: passagesOf(document, findings),
    sources: Object.assign({}, ...tables.map(([, reading]) => reading.sources)) as Record<string, CellSource>,
  };
}

// The labels decide, not the year: offices do file the old form for a new year, and a rule says so.
function detectFormat(lines: readonly TextLine[], { tables }: DocumentLines): FormatDefinition {
  const labels = new Set([
    ...lines.flatMap(({ text }) => text.split('\t').map(labelKey)),
    ...[...tables.values()].flatMap(({ rows }) => rows.flatMap((row) => row.map(({ text }) => labelKey(text)))),
  ]);
  const byLabel = allFormats().findLast(({ telltale }) => labels.has(labelKey(telltale)));
  const year = lines
    .map(({ text }) => /(\d{4})年/.exec(text.normalize('NFKC'))?.[1])
    .find((found) => found !== undefined);
  const latest = allFormats().at(-1);
  const format = byLabel ?? formatFor(Number(year ?? 0)) ?? latest;
  if (format === undefined) throw new RangeError('no statutory format is defined');
  return format;
}

interface Doubtful {
  readonly lines: readonly TextLine[];
  readonly format: FormatDefinition;
  readonly numbered: DocumentLines;
}

function whyNoReport(
  front: FrontMatter,
  chapters: readonly RawChapter[],
  { lines, format, numbered }: Doubtful,
): Refusal<ReadingRefusal> | null {
  const titled = hasStatutoryTitle(front);
  const statutory = chapters.filter(({ no, title }) =>
    format.chapters.some((known) => known.no === no && labelKey(known.title) === labelKey(title)),
  );
  const missingChapters = (from: number): string[] => format.chapters.filter(({ no }) => no > from).map(chapterHeading);
  if (!titled && statutory.length === 0) {
    return refuse('not_a_report', { missing: ['<机关全称>YYYY年政府信息公开工作年度报告', ...missingChapters(0)] });
  }
  const lastLine = lines.findLast(({ no, text }) => text.trim() !== '' || numbered.tables.has(no))?.no ?? 0;
  const last = chapters.at(-1);
  const lastChapter = last?.no ?? 0;
  const missing = missingChapters(lastChapter);
  if (missing.length > 0) return refuse('truncated_report', { lastLine, lastChapter, missing });
  if (last !== undefined && last.body.every(({ no, text }) => text.trim() === '' && !numbered.tables.has(no))) {
    return refuse('truncated_report', { lastLine, lastChapter, missing: [`${chapterHeading(last)}（正文）`] });
  }
  return front.year === null
    ? refuse('not_a_report', { missing: ['报告年度（YYYY年）'], line: front.titleLine })
    : null;
}

interface ChapterReading {
  readonly format: FormatDefinition;
  readonly places: LinePlaces;
  readonly assigned: AssignedTables;
  readonly where: (line: number) => SourcePlace;
}

interface ReadChapter {
  readonly chapter: Chapter;
  /** The chapter's table where the file had it as lines of text, not as a table. */
  readonly flat: { readonly id: string; readonly reading: TableReading } | null;
}

function readChapter(raw: RawChapter, { format, places, assigned, where }: ChapterReading): ReadChapter {
  const definition = format.chapters.find(({ no }) => no === raw.no);
  const table = format.tables.find(({ id }) => id === definition?.table);
  const gridded = table !== undefined && assigned.byTable.has(table.id);
  const parts: RawTable =
    table === undefined
      ? { before: raw.body, rows: [], after: [] }
      : gridded
        ? aroundTable(raw, assigned)
        : rawTableOf(raw.body, table);
  const before = filledLines(parts.before);
  const prose = [...before, ...filledLines(parts.after)];
  places.set(raw.line, { chapter: raw.no });
  prose.forEach(({ no }, paragraph) => places.set(no, { chapter: raw.no, paragraph }));
  const chapter = { no: raw.no, title: raw.title, paragraphs: prose.map(({ text }) => text) };
  if (table === undefined) return { chapter, flat: null };
  const flat = gridded ? null : { id: table.id, reading: readTableCells(figuresOf(parts.rows, table), table, where) };
  return { chapter: { ...chapter, tableAt: before.length }, flat };
}

/** Prose before the chapter's first table and after it; words between two pieces of it are kept after it. */
function aroundTable({ body }: RawChapter, { lines }: AssignedTables): RawTable {
  const first = body.findIndex(({ no }) => lines.has(no));
  if (first < 0) return { before: body, rows: [], after: [] };
  return { before: body.slice(0, first), rows: [], after: body.slice(first + 1) };
}

function filledLines(lines: readonly TextLine[]): readonly TextLine[] {
  return lines.map(({ no, text }) => ({ no, text: text.trim() })).filter(({ text }) => text !== '');
}

/** Fields of a form hold what somebody typed; only real days count. */
function statedPeriod({ period }: ReportDocument): AnnualReport['period'] {
  return period !== undefined && isRealDate(period.from) && isRealDate(period.to) ? period : null;
}

function assemble(
  front: FrontMatter,
  chapters: readonly Chapter[],
  tables: Readonly<Record<string, Cells>>,
  format: FormatDefinition,
  lines: readonly TextLine[],
  period: AnnualReport['period'],
): AnnualReport {
  const preface = front.preface.map(({ text }) => text).join('\n');
  const prose = chapters.flatMap(({ paragraphs }) => paragraphs).join('\n');
  const contact = contactOf(preface);
  return {
    format: format.id,
    year: front.year ?? 0,
    organName: front.organName,
    title: front.title,
    preface,
    period: periodOf(front.preface) ?? periodOf(lines) ?? period,
    scope: scopeOf(front.organName, prose),
    chapters,
    tables,
    ...(contact === undefined ? {} : { contact }),
  };
}
