import { cellName, cellsOf } from '../format.js';
import type { CellPlace } from '../format-definition.js';
import type { AnnualReport } from '../model.js';
import { judged, notAssessable } from './figures.js';
import { ALL_FORMATS, passed, cellAt, placeOf, type Outcome, type Rule, type Subject } from './rule.js';
import { numberFor } from './rule-settings.js';

/** Figures far from last year's or from the middle of the peers'. */
function magnitudes(subject: Subject): readonly Outcome[] {
  const { report, format, context } = subject;
  const { lastYear, siblings = [] } = context;
  const place = { part: 'report' } as const;
  const fewest = numberFor(context.settings, 'V05.fewestPeers', report.year);
  const peers = siblings.length >= fewest ? siblings : [];
  if (lastYear === undefined && peers.length === 0)
    return [
      notAssessable(
        place,
        `没有上年报告，同级报告不足 ${fewest} 份`,
        `no report of last year and fewer than ${fewest} of peers`,
      ),
    ];
  const cells = format.tables.flatMap(cellsOf).filter(({ column }) => column.kind !== 'change');
  const failures = cells.flatMap((at) => [
    ...(lastYear === undefined ? [] : farFrom(at, numberAt(lastYear, at), '上年', "last year's", subject)),
    ...farFrom(
      at,
      middle(peers.map((peer) => numberAt(peer.report, at))),
      '同级中位数',
      'the middle of the peers',
      subject,
    ),
  ]);
  return failures.length > 0
    ? failures
    : [passed(place, '各数与上年、同级相比无异常悬殊', 'no figure is far from last year or peers')];
}

function farFrom(
  at: CellPlace,
  before: number | null,
  zh: string,
  en: string,
  { report, context }: Subject,
): readonly Outcome[] {
  const now = numberAt(report, at);
  if (now === null || before === null) return [];
  const fee = at.column.kind === 'fee';
  const factor = numberFor(context.settings, fee ? 'V05.feeFactor' : 'V05.factor', report.year);
  const least = fee ? 0 : numberFor(context.settings, 'V05.least', report.year);
  const [small, large] = [Math.min(now, before), Math.max(now, before)];
  if (large < least || small === 0 || large <= small * factor) return [];
  const formula = `${now} / ${before}`;
  const yuan = fee && now > before;
  return [
    judged(
      false,
      placeOf(at),
      { expected: `${factor} 倍以内`, found: String(now), formula },
      {
        pass: { zh: '', en: '' },
        fail: yuan
          ? {
              zh: `${cellName(at)}为 ${now}，是${zh} ${before} 的 ${factor} 倍以上；本格以万元计，请核对是否填成了元`,
              en: `${cellName(at)} is ${now}, over ${factor} times ${en} ${before}; the cell is in 万元 (10,000 yuan), was it filled in 元 (yuan)?`,
            }
          : {
              zh: `${cellName(at)}为 ${now}，${zh}为 ${before}，相差 ${factor} 倍以上；请核对或说明`,
              en: `${cellName(at)} is ${now}, ${en} is ${before}, over ${factor} times apart; check or explain`,
            },
      },
    ),
  ];
}

/** Magnitudes need no exact arithmetic. */
function numberAt(report: AnnualReport, at: CellPlace): number | null {
  const cell = report.tables[at.table.id]?.[at.id] === undefined ? null : cellAt(report, at);
  return cell?.state === 'value' ? Number(cell.value) : null;
}

function middle(numbers: readonly (number | null)[]): number | null {
  const sorted = numbers.filter((number) => number !== null).toSorted((a, b) => a - b);
  return sorted.length === 0 ? null : (sorted[Math.floor((sorted.length - 1) / 2)] ?? null);
}

/** Rules on the size of figures. Rules of the catalogue: V05. */
export const magnitudeRules: readonly Rule[] = [
  {
    id: 'V05',
    severity: 'W',
    overridable: false,
    formats: ALL_FORMATS,
    version: 1,
    scope: 'national',
    source: '国办公开办函〔2021〕30号（四）',
    check: magnitudes,
  },
];
