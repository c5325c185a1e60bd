import { placeIn, type ProseFigure, proseOf } from '../prose/prose-figures.js';
import { shiftDecimal } from '../decimal.js';
import { judged, notAssessable } from './figures.js';
import { waysIn } from './prose-ways.js';
import { ALL_FORMATS, type Outcome, type Rule, type Subject } from './rule.js';

type TableRule = ProseFigure['subject']['rule'];

function figuresAgree(rule: TableRule): Rule['check'] {
  return (subject) =>
    proseOf(subject)
      .figures.filter((figure) => figure.subject.rule === rule && figure.number.approximate === null)
      .flatMap((figure) => agreement(figure, subject));
}

function agreement({ subject, number, place, clause }: ProseFigure, { report, format }: Subject): readonly Outcome[] {
  const ways = waysIn(subject.ways, format, report);
  if (ways.length === 0) return [];
  const said = shown(number.value, subject.unit);
  const known = ways.filter(({ total }) => total !== null);
  const match = known.find(({ total }) => total === number.value);
  const way = match ?? known[0];
  if (way === undefined)
    return [
      notAssessable(
        place,
        `文中“${subject.name}”${said}：对应表格未填`,
        `"${subject.name}" ${said}: the table is not filled`,
      ),
    ];
  const expected = known.map(({ total }) => shown(total ?? '', subject.unit));
  const digits = clause.text.slice(number.digitsFrom, number.digitsTo);
  // Offered only where one number can be meant and it is written in the same way.
  const fix = expected.length === 1 && digits === number.value ? { fix: way.total ?? '' } : {};
  return [
    judged(
      match !== undefined,
      place,
      { expected: expected.join(' 或 '), found: said, formula: `${number.value} = ${way.formula}` },
      {
        pass: {
          zh: `文中“${subject.name}”${said}与${way.name}一致`,
          en: `"${subject.name}" ${said} equals ${way.name}`,
        },
        fail: {
          zh: `文中“${subject.name}”为 ${said}，${way.name}为 ${expected.join(' 或 ')}；请核对后改为一致`,
          en: `the text says "${subject.name}" ${said}, ${way.name} says ${expected.join(' or ')}; make them agree`,
        },
      },
      fix,
    ),
  ];
}

function shown(value: string, unit: 'pieces' | 'money'): string {
  return unit === 'money' ? `${shiftDecimal(value, -4)} 万元` : `${value} 件`;
}

interface Verdict {
  readonly topic: 'review' | 'litigation';
  readonly pattern: RegExp;
  readonly name: string;
  readonly cells: readonly string[];
}

const NO_OTHER_REVIEW = ['t4.review.corrected', 't4.review.other', 't4.review.pending'];
const NONE_CORRECTED = ['t4.litigation-direct.corrected', 't4.litigation-after-review.corrected'];
const ALL_UPHELD = /(?:均|全部|都)(?:获|获得|被|予以|为|是|得到)?(?:结果)?(?:维持|胜诉)/u;
const VERDICTS: readonly Verdict[] = [
  { topic: 'review', pattern: ALL_UPHELD, name: '复议均获维持', cells: NO_OTHER_REVIEW },
  { topic: 'litigation', pattern: ALL_UPHELD, name: '诉讼均维持或胜诉', cells: NONE_CORRECTED },
  {
    topic: 'litigation',
    pattern: /(?:零|未|无|没有)(?:发生|出现)?(?:行政诉讼)?败诉/u,
    name: '零败诉',
    cells: NONE_CORRECTED,
  },
];

/** 均获维持 and 零败诉 mean that the cells of every other result are 0. */
function verdictsHold(subject: Subject): readonly Outcome[] {
  const { report, format } = subject;
  return proseOf(subject).paragraphs.flatMap((paragraph) =>
    paragraph.sentences.flatMap(({ clauses }) =>
      clauses.flatMap((clause) =>
        VERDICTS.flatMap(({ topic, pattern, name, cells }): Outcome[] => {
          const match = pattern.exec(clause.text);
          if (match === null || clause.topic !== topic || !clause.own) return [];
          if (paragraph.chapter !== 4 && !clause.text.includes('信息公开')) return [];
          const from = clause.from + match.index;
          const place = placeIn(paragraph, from, from + match[0].length);
          const [way] = waysIn([cells], format, report);
          if (way === undefined) return [];
          if (way.total === null)
            return [notAssessable(place, `文中称“${name}”：表四未填`, `"${name}": table t4 is not filled`)];
          return [
            judged(
              way.total === '0',
              place,
              { expected: '0', found: way.total, formula: `${way.formula} = ${way.total}` },
              {
                pass: { zh: `“${name}”与表四一致`, en: `"${name}" agrees with table t4` },
                fail: {
                  zh: `文中称“${name}”，表四却有 ${way.total} 件其他结果（${way.name}）；请核对`,
                  en: `the text says "${name}", table t4 has ${way.total} with another result`,
                },
              },
            ),
          ];
        }),
      ),
    ),
  );
}

const own = {
  formats: ALL_FORMATS,
  version: 2,
  scope: 'national',
  severity: 'E',
  overridable: true,
  source: '国办公开办函〔2021〕30号（四）',
} as const;

/** Rules between numbers quoted in prose and the cells they speak of. Rules of the catalogue: P01, P07, P08. */
export const proseTableRules: readonly Rule[] = [
  { ...own, id: 'P01', check: figuresAgree('P01') },
  {
    ...own,
    id: 'P07',
    check: (subject) => [...figuresAgree('P07')(subject), ...verdictsHold(subject)],
  },
  { ...own, id: 'P08', check: figuresAgree('P08') },
];
