import type { AnnualReport } from '#report/model';
import type { Place, Revealed } from '#report/place';
import type { Check } from '../api/answers.js';
import type { CaseFile } from '../api/case-file.js';

/** Characters `from`..`to` of what stands in one place, and what they may give away. */
export interface Candidate {
  readonly from: number;
  readonly to: number;
  readonly reveals: readonly Revealed[];
}

/**
 * What may be confidential in a text. `inText`: by the place as the page draws it, `title`, `preface.0`, `chapter-2`, `2.1`, a cell; none of a
 * place overlap. `elsewhere`: what stands in no place of the text that is drawn.
 */
export interface Candidates {
  readonly count: number;
  readonly inText: ReadonlyMap<string, readonly Candidate[]>;
  readonly elsewhere: readonly Check[];
}

/** The lines of a preface, each with the character of the whole at which it begins. */
export function linesOf(preface: string): readonly { readonly text: string; readonly from: number }[] {
  const lines: { text: string; from: number }[] = [];
  let from = 0;
  for (const text of preface.split('\n')) {
    lines.push({ text, from });
    from += text.length + 1;
  }
  return lines;
}

/** Everything the checks found that a reviewer for confidentiality has to look at, each where it stands. */
export function candidatesIn(report: AnnualReport, checks: readonly Check[]): Candidates {
  const inText = new Map<string, Candidate[]>();
  const elsewhere: Check[] = [];
  for (const check of checks) {
    const { status, reveals } = check;
    if (status !== 'fail' || reveals === undefined) continue;
    const stretches = stretchesOf(report, check.place as Place);
    if (stretches.length === 0) elsewhere.push(check);
    for (const { at, from, to } of stretches)
      inText.set(at, withOne(inText.get(at) ?? [], { from, to, reveals: [reveals] }));
  }
  const count = [...inText.values()].reduce((sum, some) => sum + some.length, elsewhere.length);
  return { count, inText, elsewhere };
}

/** What is to be looked at for confidentiality: by those who review, where the checks of exactly this text are known. */
export function candidatesFor({ line, report }: CaseFile): Candidates | null {
  return line.leg === 'review' && report?.report != null ? candidatesIn(report.report, report.checks) : null;
}

interface Stretch {
  readonly at: string;
  readonly from: number;
  readonly to: number;
}

/** Where a place is drawn; the lines of a preface apart. None where it names no characters and no cell. */
function stretchesOf(report: AnnualReport, place: Place): readonly Stretch[] {
  if ('table' in place) {
    const { cell } = place;
    return cell === undefined ? [] : [{ at: cell, from: 0, to: Number.POSITIVE_INFINITY }];
  }
  if (!('from' in place) || place.from === undefined || place.to === undefined) return [];
  const { from, to } = place;
  if ('chapter' in place) {
    const { chapter, paragraph } = place;
    return [{ at: paragraph === undefined ? `chapter-${chapter}` : `${chapter}.${paragraph}`, from, to }];
  }
  if (place.part === 'title') return [{ at: 'title', from, to }];
  return linesOf(report.preface).flatMap((line) => {
    const stretch = { from: Math.max(0, from - line.from), to: Math.min(line.text.length, to - line.from) };
    return stretch.from < stretch.to ? [{ at: `preface.${line.from}`, ...stretch }] : [];
  });
}

/** With one more, in order; what overlaps is one stretch that may give away either. */
function withOne(known: readonly Candidate[], one: Candidate): Candidate[] {
  const apart = known.filter(({ from, to }) => to <= one.from || one.to <= from);
  const joined = known.filter((other) => !apart.includes(other));
  const whole: Candidate = {
    from: Math.min(one.from, ...joined.map(({ from }) => from)),
    to: Math.max(one.to, ...joined.map(({ to }) => to)),
    reveals: [...new Set([...joined.flatMap(({ reveals }) => reveals), ...one.reveals])],
  };
  return [...apart, whole].toSorted((a, b) => a.from - b.from);
}

/** A text cut at its candidates: nothing of it is lost, nothing comes twice. */
export function piecesOf(
  text: string,
  candidates: readonly Candidate[],
): readonly { readonly from: number; readonly text: string; readonly candidate: Candidate | null }[] {
  const pieces: { from: number; text: string; candidate: Candidate | null }[] = [];
  let at = 0;
  for (const candidate of candidates) {
    const [from, to] = [Math.max(at, candidate.from), Math.min(text.length, candidate.to)];
    if (from >= to) continue;
    if (from > at) pieces.push({ from: at, text: text.slice(at, from), candidate: null });
    pieces.push({ from, text: text.slice(from, to), candidate });
    at = to;
  }
  if (at < text.length) pieces.push({ from: at, text: text.slice(at), candidate: null });
  return pieces;
}
