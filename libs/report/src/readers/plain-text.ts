import { isRefusal, refuse, type Refusal } from '#domain/decision';
import type { Finding } from '../finding.js';
import { FORMATS, formatFor } from '../format.js';
import type { ChapterDefinition, FormatDefinition } from '../format-definition.js';
import { chapterHeading, type AnnualReport, type Cells, type Chapter } from '../model.js';
import { parseAnnualReport } from '../parse-annual-report.js';
import { splitChapters, type RawChapter } from './chapter-split.js';
import { cleanLines } from './clean-lines.js';
import { contactOf, hasStatutoryTitle, periodOf, readFrontMatter, scopeOf, type FrontMatter } from './front-matter.js';
import { readTableCells } from './table-cells.js';
import { rawTableOf, type RawTable } from './table-rows.js';
import { endFinding, frontFindings, removalFindings, type LinePlaces } from './text-findings.js';
import { labelKey, linesOf, type TextLine } from './text-line.js';

/** A report read from a file and everything a person should know about the reading. */
export interface PlainTextReading {
  readonly report: AnnualReport;
  readonly findings: readonly Finding[];
}

type ReadingRefusal = 'empty_file' | 'not_a_report' | 'truncated_report' | 'invalid_report';

/**
 * Reads a report whose text was flattened, one table cell per line. Nothing is guessed: what cannot be read stays unfilled or unreadable and
 * is reported. Refuses `empty_file`; `not_a_report` (missing parts); `truncated_report` (last line, last chapter, missing chapters) when the
 * end is gone; `invalid_report` (problems) when something is longer than a report can be.
 */
export function readPlainText(text: string): PlainTextReading | Refusal<ReadingRefusal> {
  if (text.trim() === '') return refuse('empty_file', { lines: linesOf(text).length });
  const { lines, removals } = cleanLines(linesOf(text));
  const format = detectFormat(lines);
  const { front, chapters } = splitChapters(lines, format);
  const frontMatter = readFrontMatter(front);
  const refusal = whyNoReport(frontMatter, chapters, lines, format);
  if (refusal !== null) return refusal;

  const places: LinePlaces = new Map();
  const read = chapters.map((chapter) => readChapter(chapter, format, places));
  const findings = read.flatMap((chapter) => chapter.findings);
  const tables = Object.fromEntries(
    format.tables.map((table) => {
      const found = read.find(({ cells }) => cells?.id === table.id)?.cells ?? null;
      if (found !== null) return [table.id, found.cells] as const;
      const absent = readTableCells([], table);
      findings.push(...absent.findings);
      return [table.id, absent.cells] as const;
    }),
  );
  const report = parseAnnualReport(
    assemble(
      frontMatter,
      read.map(({ chapter }) => chapter),
      tables,
      format,
      lines,
    ),
  );
  if (isRefusal(report)) return report;
  return {
    report,
    findings: [
      ...frontFindings(frontMatter, report),
      ...removalFindings(removals, places),
      ...findings,
      ...endFinding(lines, report),
    ],
  };
}

// The labels decide, not the year: offices do file the old form for a new year, and a rule says so.
function detectFormat(lines: readonly TextLine[]): FormatDefinition {
  const labels = new Set(lines.flatMap(({ text }) => text.split('\t').map(labelKey)));
  const byLabel = FORMATS.find(({ telltale }) => labels.has(labelKey(telltale)));
  const year = lines.map(({ text }) => /(\d{4})年/.exec(text)?.[1]).find((found) => found !== undefined);
  const latest = FORMATS.at(-1);
  const format = byLabel ?? formatFor(Number(year ?? 0)) ?? latest;
  if (format === undefined) throw new RangeError('no statutory format is defined');
  return format;
}

function whyNoReport(
  front: FrontMatter,
  chapters: readonly RawChapter[],
  lines: readonly TextLine[],
  format: FormatDefinition,
): Refusal<ReadingRefusal> | null {
  const titled = hasStatutoryTitle(front);
  const statutory = chapters.filter(({ no, title }) =>
    format.chapters.some((known) => known.no === no && labelKey(known.title) === labelKey(title)),
  );
  const missingChapters = (from: number): string[] => format.chapters.filter(({ no }) => no > from).map(chapterHeading);
  if (!titled && statutory.length === 0) {
    return refuse('not_a_report', { missing: ['<机关全称>YYYY年政府信息公开工作年度报告', ...missingChapters(0)] });
  }
  const lastLine = lines.findLast(({ text }) => text.trim() !== '')?.no ?? 0;
  const last = chapters.at(-1);
  const lastChapter = last?.no ?? 0;
  const missing = missingChapters(lastChapter);
  if (missing.length > 0) return refuse('truncated_report', { lastLine, lastChapter, missing });
  if (last !== undefined && last.body.every(({ text }) => text.trim() === '')) {
    return refuse('truncated_report', { lastLine, lastChapter, missing: [`${chapterHeading(last)}（正文）`] });
  }
  return front.year === null
    ? refuse('not_a_report', { missing: ['报告年度（YYYY年）'], line: front.titleLine })
    : null;
}

interface ReadChapter {
  readonly chapter: Chapter;
  readonly cells: { readonly id: string; readonly cells: Cells } | null;
  readonly findings: readonly Finding[];
}

function readChapter(raw: RawChapter, format: FormatDefinition, places: LinePlaces): ReadChapter {
  const definition: ChapterDefinition | undefined = format.chapters.find(({ no }) => no === raw.no);
  const table = format.tables.find(({ id }) => id === definition?.table);
  const parts: RawTable = table === undefined ? { before: raw.body, rows: [], after: [] } : rawTableOf(raw.body, table);
  const before = filledLines(parts.before);
  const prose = [...before, ...filledLines(parts.after)];
  places.set(raw.line, { chapter: raw.no });
  prose.forEach(({ no }, paragraph) => places.set(no, { chapter: raw.no, paragraph }));
  const chapter = { no: raw.no, title: raw.title, paragraphs: prose.map(({ text }) => text) };
  if (table === undefined) return { chapter, cells: null, findings: [] };
  const { cells, findings } = readTableCells(parts.rows, table);
  return { chapter: { ...chapter, tableAt: before.length }, cells: { id: table.id, cells }, findings };
}

function filledLines(lines: readonly TextLine[]): readonly TextLine[] {
  return lines.map(({ no, text }) => ({ no, text: text.trim() })).filter(({ text }) => text !== '');
}

function assemble(
  front: FrontMatter,
  chapters: readonly Chapter[],
  tables: Readonly<Record<string, Cells>>,
  format: FormatDefinition,
  lines: readonly TextLine[],
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
    period: periodOf(front.preface) ?? periodOf(lines),
    scope: scopeOf(front.organName, prose),
    chapters,
    tables,
    ...(contact === undefined ? {} : { contact }),
  };
}
