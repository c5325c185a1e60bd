import type { Finding } from '../finding.js';
import { type AnnualReport, chapterHeading } from '../model.js';
import type { Place } from '../place.js';
import type { Removal } from './clean-lines.js';
import type { FrontMatter } from './front-matter.js';
import type { SourcePlace } from './report-document.js';
import { sourceText } from './source-text.js';
import { labelKey, type TextLine } from './text-line.js';

/** Where in the report the text of a line went, by line number. */
export type LinePlaces = Map<number, { readonly chapter: number; readonly paragraph?: number }>;

const MEANT_AS_END = /[。！？；.!?）)”」》]$|\d日$|[部府局委办厅]$/u;
const SHORT_LAST_LINE = 12;

/** Findings about what was cut out of lines: residue of tools (S14), invisible characters (Q04). */
export function removalFindings(
  removals: readonly Removal[],
  places: LinePlaces,
  where: (line: number) => SourcePlace,
): readonly Finding[] {
  return removals.map(({ line, kind, text, at }): Finding => {
    const source = where(line);
    const { zh, en } = sourceText(source);
    const found = places.get(line);
    const range = found?.paragraph === undefined ? {} : { from: at, to: at };
    const place: Place = found === undefined ? { part: 'preface' } : { ...found, ...range };
    const residue = kind === 'residue';
    return {
      code: residue ? 'tool_residue' : 'invisible_character',
      rule: residue ? 'S14' : 'Q04',
      severity: 'W',
      place,
      line: source.line ?? null,
      at: source,
      original: text,
      replacement: '',
      message: residue
        ? {
            zh: `${zh}有软件残留“${text}”，导入时已删除`,
            en: `${en}: residue "${text}" of a tool was removed`,
          }
        : {
            zh: `${zh}有不可见字符 ${text}，导入时已删除`,
            en: `${en}: invisible character ${text} was removed`,
          },
    };
  });
}

/** Findings about title, period and scope. */
export function frontFindings(
  front: FrontMatter,
  report: AnnualReport,
  where: (line: number) => SourcePlace,
): readonly Finding[] {
  const findings: Finding[] = [];
  const [ignored] = front.ignored;
  if (ignored !== undefined) {
    const original = front.ignored
      .map(({ text }) => text)
      .join('\n')
      .slice(0, 500);
    findings.push({
      code: 'text_above_title',
      rule: 'S09',
      severity: 'W',
      place: { part: 'title' },
      line: where(ignored.no).line ?? null,
      at: where(ignored.no),
      original,
      replacement: '',
      message: {
        zh: `标题之前的 ${front.ignored.length} 行文字未采用`,
        en: `${front.ignored.length} lines above the title were not taken over`,
      },
    });
  }
  const region = report.scope === 'region';
  findings.push({
    code: 'scope_inferred',
    rule: 'R05',
    severity: 'I',
    place: { part: 'report' },
    line: null,
    at: null,
    original: report.organName,
    replacement: report.scope,
    message: region
      ? { zh: '按文字判断为全地区口径，请确认', en: 'read as figures of the whole region, please confirm' }
      : { zh: '按文字判断为本机关口径，请确认', en: 'read as figures of this organ alone, please confirm' },
  });
  return findings;
}

/** An error when the first chapter begins twice: the file holds another report, of which nothing was taken. */
export function secondReportFinding(
  lines: readonly TextLine[],
  report: AnnualReport,
  where: (line: number) => SourcePlace,
): readonly Finding[] {
  const [first] = report.chapters;
  if (first === undefined) return [];
  const key = labelKey(chapterHeading(first));
  const second = lines.filter(({ text }) => labelKey(text) === key)[1];
  if (second === undefined) return [];
  return [
    {
      code: 'second_report',
      rule: 'S09',
      severity: 'E',
      place: { part: 'report' },
      line: where(second.no).line ?? null,
      at: where(second.no),
      original: second.text.trim().slice(0, 200),
      message: {
        zh: `文件中还有另一份报告（自${sourceText(where(second.no)).zh}起），未采用；请把两份报告分成两个文件`,
        en: `the file holds another report (from ${sourceText(where(second.no)).en}), which was not taken; hand in one file each`,
      },
    },
  ];
}

/** A warning when the file stops in mid-sentence: all chapters are there, but words may be missing. */
export function endFinding(
  lines: readonly TextLine[],
  report: AnnualReport,
  where: (line: number) => SourcePlace,
): readonly Finding[] {
  const last = lines.findLast(({ text }) => text.trim() !== '');
  const text = last?.text.trim() ?? '';
  if (last === undefined || text.length <= SHORT_LAST_LINE || MEANT_AS_END.test(text)) return [];
  const chapter = report.chapters.at(-1);
  const place: Place =
    chapter === undefined ? { part: 'report' } : { chapter: chapter.no, paragraph: chapter.paragraphs.length - 1 };
  return [
    {
      code: 'ends_in_mid_sentence',
      rule: 'S11',
      severity: 'W',
      place,
      line: where(last.no).line ?? null,
      at: where(last.no),
      original: text.slice(-40),
      message: {
        zh: `文件在${sourceText(where(last.no)).zh}句中结束，可能不完整`,
        en: `the file ends in mid-sentence at ${sourceText(where(last.no)).en} and may be incomplete`,
      },
    },
  ];
}
