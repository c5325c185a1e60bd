import { containedIn, type Shingles, shinglesOf } from '../comparison/likeness.js';
import type { AnnualReport } from '../model.js';
import type { Place } from '../place.js';
import { judged, notAssessable } from './figures.js';
import { ALL_FORMATS, passed, type Outcome, type Rule, type Subject } from './rule.js';
import { numberFor } from './rule-settings.js';

/** What the organ’s own report of last year is called; others go by the name of their organ. */
const OWN = { zh: '本机关上年报告', en: 'the organ’s own report of last year' };

interface Source {
  readonly name: string;
  readonly percent: number;
  readonly paragraphs: readonly Shingles[];
}

/** Paragraphs that repeat the organ's own last report, or a report of another office. Prose only: tables are alike by law. */
function copied(subject: Subject): readonly Outcome[] {
  const { report, context } = subject;
  const sources = sourcesOf(subject);
  const place = { part: 'report' } as const;
  if (sources.length === 0)
    return [notAssessable(place, '没有上年报告和同级报告可比', 'no report of last year or of peers to compare with')];
  const failures = report.chapters.flatMap(({ no, paragraphs }) =>
    paragraphs.flatMap((text, paragraph): Outcome[] => {
      const own = shinglesOf(text, [report.organName]);
      const best = own === null ? undefined : bestOf(own, sources);
      return best === undefined ? [] : [likeOutcome(best, { chapter: no, paragraph })];
    }),
  );
  const compared =
    context.lastYear === undefined ? '同级报告' : `上年报告和 ${context.siblings?.length ?? 0} 份同级报告`;
  return failures.length > 0
    ? failures
    : [passed(place, `与${compared}相比没有雷同段落`, 'no paragraph repeats last year or a peer')];
}

function sourcesOf({ report, context }: Subject): readonly Source[] {
  const { lastYear, siblings = [], settings } = context;
  const own =
    lastYear === undefined
      ? []
      : [{ name: OWN.zh, report: lastYear, percent: numberFor(settings, 'Q02.ownPercent', report.year) }];
  const others = siblings.map((sibling) => ({
    name: sibling.organName,
    report: sibling.report,
    percent: numberFor(settings, 'Q02.siblingPercent', report.year),
  }));
  return [...own, ...others].map(({ name, percent, report: other }) => ({
    name,
    percent,
    paragraphs: prosePieces(other),
  }));
}

const known = new WeakMap<AnnualReport, readonly Shingles[]>();

function prosePieces(report: AnnualReport): readonly Shingles[] {
  const before = known.get(report);
  if (before !== undefined) return before;
  const pieces = report.chapters
    .flatMap(({ paragraphs }) => paragraphs)
    .flatMap((text) => shinglesOf(text, [report.organName]) ?? []);
  known.set(report, pieces);
  return pieces;
}

interface Likeness {
  readonly name: string;
  readonly found: number;
  readonly limit: number;
  readonly text: string;
}

function bestOf(own: Shingles, sources: readonly Source[]): Likeness | undefined {
  const found = sources.flatMap(({ name, percent, paragraphs }) =>
    paragraphs.map((other) => ({
      name,
      limit: percent,
      text: other.text,
      found: Math.round(containedIn(own, other) * 100),
    })),
  );
  return found.filter((one) => one.found > one.limit).toSorted((a, b) => b.found - a.found)[0];
}

const LONGEST_QUOTE = 40;

function likeOutcome({ name, found, limit, text }: Likeness, place: Place): Outcome {
  const quote = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}……` : text;
  return judged(
    false,
    place,
    { expected: `≤ ${limit}%`, found: `${found}%`, formula: `${found} ≤ ${limit}` },
    {
      pass: { zh: '', en: '' },
      fail: {
        zh: `本段与${name}雷同 ${found}%（“${quote}”）；请按本年实际改写，或说明`,
        en: `the paragraph is ${found}% the same as in ${name === OWN.zh ? OWN.en : name} ("${quote}"); write what happened this year, or explain`,
      },
    },
  );
}

/** Rules on likeness. Rules of the catalogue: Q02. */
export const likenessRules: readonly Rule[] = [
  {
    id: 'Q02',
    severity: 'W',
    overridable: false,
    formats: ALL_FORMATS,
    version: 1,
    scope: 'national',
    source: '国办公开办函〔2021〕30号（四）',
    check: copied,
  },
];
