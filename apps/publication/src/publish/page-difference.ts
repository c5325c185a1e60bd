import { defect } from '#evidence/defect';
import { cellName, cellsOf, formatById } from '#report/format';
import type { AnnualReport } from '#report/model';
import type { AttemptDefect } from './attempt.js';
import type { PageDefect } from './page-figures.js';

/** Letters of a differing text that are told: enough to find it, not the text itself. */
const TOLD_LETTERS = 60;

/** What a page says otherwise than what was signed, as people call the place, with both sides. */
export function differenceOf({ code, where, expected, found }: PageDefect, report: AnnualReport): AttemptDefect {
  const place = nameOf(where, report);
  const data = { where: place, expected: sideOf(expected, where), found: sideOf(found, where) };
  return { ...defect(code, where, `${expected} / ${found}`), data };
}

/** `t2 row 1 cell 3 t2.20-1.rules.made 1×1`: the name of that cell; any other place stands for itself. */
function nameOf(where: string, report: AnnualReport): string {
  const [, id] = / (\S+) \d+×\d+$/.exec(where) ?? [];
  const tables = formatById(report.format)?.tables ?? [];
  const cell = tables.flatMap(cellsOf).find((place) => place.id === id);
  return cell === undefined ? where : cellName(cell);
}

// A side is written with its place before it.
function sideOf(side: string, where: string): string {
  const text = side.startsWith(`${where}: `) ? side.slice(where.length + 2) : side;
  return text.length > TOLD_LETTERS ? `${text.slice(0, TOLD_LETTERS)}…` : text;
}
