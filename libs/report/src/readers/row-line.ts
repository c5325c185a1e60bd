import { allFormats } from '../format.js';
import type { FormatDefinition } from '../format-definition.js';
import { labelKey } from './text-line.js';

/** Labels of every known form: all of them, and those of rows with how many figures follow. */
interface Labels {
  readonly all: ReadonlySet<string>;
  readonly headings: ReadonlySet<string>;
  readonly rows: readonly (readonly [label: string, figures: number])[];
}

const LONGEST = 300;
const GAP = / {2,}|[\u3000\u00a0]+ */u;
const FIGURE = /^[+\-−减增]?\d[\d,.]*(?:件|万元|元)?$|^[/—\-无零]$/u;
const FIGURES = /^[+\-−减\d][+\-−减\d,. ]*$/u;

let labelsOfFormats: { readonly formats: readonly FormatDefinition[]; readonly labels: Labels } | null = null;

function knownLabels(): Labels {
  const formats = allFormats();
  if (labelsOfFormats?.formats === formats) return labelsOfFormats.labels;
  const blocks = formats.flatMap(({ tables }) => tables.flatMap((table) => table.blocks));
  const rows = new Map<string, number>();
  for (const block of blocks)
    for (const { labels } of block.rows) rows.set(plain(labels.at(-1) ?? ''), block.columns.length);
  const all = blocks.flatMap((block) => [
    ...(block.heading === null ? [] : [block.heading]),
    ...block.head.flat().map(({ label }) => label),
    ...block.rows.flatMap((row) => row.labels),
  ]);
  rows.delete('');
  const headings = new Set(blocks.flatMap(({ heading }) => (heading === null ? [] : [labelKey(heading)])));
  const labels = {
    all: new Set(all.map(labelKey)),
    headings,
    rows: [...rows].toSorted(([a], [b]) => b.length - a.length),
  };
  labelsOfFormats = { formats, labels };
  return labels;
}

/**
 * A line of a table whose columns are parted by blanks, or by nothing at all, as a line with tabs; null for any other line. Figures run together
 * (`规章000`) are parted where only one parting is possible and otherwise stay one piece, which the reader of tables then finds too short to use.
 */
export function rowLine(text: string): string | null {
  if (text.length > LONGEST || text.includes('\t')) return null;
  const folded = plain(text, ' ');
  return spacedRow(text.trim(), folded) ?? labelledRow(folded);
}

/** True for a heading over a whole block of a table; it belongs to the rows below when those are rows by blanks. */
export function isBlockHeading(text: string): boolean {
  return knownLabels().headings.has(labelKey(text));
}

function spacedRow(text: string, folded: string): string | null {
  const parts = text.split(GAP);
  const { all } = knownLabels();
  const isPart = (part: string): boolean => FIGURE.test(plain(part)) || all.has(labelKey(part));
  if (parts.length < 2 || folded.length < 2) return null;
  return parts.every(isPart) ? `\t${parts.join('\t')}` : null;
}

function labelledRow(folded: string): string | null {
  for (const [label, figures] of knownLabels().rows) {
    if (!folded.startsWith(label)) continue;
    const rest = folded.slice(label.length).trim();
    if (!FIGURES.test(rest)) continue;
    const tokens = rest.split(/ +/);
    const cells = tokens.length === 1 && figures > 1 ? parted(rest, figures) : tokens;
    return `\t${label}\t${cells.join('\t')}`;
  }
  return null;
}

/** A figure never begins with 0 unless it is 0, so only noughts part in one way whatever their number; as many digits as figures do, too. */
function parted(digits: string, figures: number): readonly string[] {
  return digits.length === figures && /^\d+$/.test(digits) ? Array.from(digits) : [digits];
}

function plain(text: string, blank = ''): string {
  return text.normalize('NFKC').replace(/\s+/gu, blank).trim();
}
