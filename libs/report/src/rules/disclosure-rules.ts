import { cellsOf, tableOf } from '../format.js';
import { passed, placeOf, wholeAt, type Outcome, type Rule } from './rule.js';

/** In every row of 表二 that has both columns, the figure in `smaller` is at most the one in `larger`. */
function atMost(smaller: string, larger: string): Rule['check'] {
  return ({ report, format }) => {
    const cells = cellsOf(tableOf(format, 't2'));
    return cells.flatMap((at): Outcome[] => {
      const other = cells.find(
        ({ block, row, column }) => block === at.block && row === at.row && column.id === larger,
      );
      if (at.column.id !== smaller || other === undefined) return [];
      const place = placeOf(at);
      const name = `${at.row.labels.join(' ')}：${at.column.name} ≤ ${other.column.name}`;
      const low = wholeAt(report, at);
      const high = wholeAt(report, other);
      if (low === null || high === null) {
        return [
          {
            status: 'not-assessable',
            place,
            message: { zh: `${name}：数字未填，无法核对`, en: `${name}: numbers missing` },
          },
        ];
      }
      const numbers = { expected: `≤ ${high}`, found: String(low), formula: `${low} ≤ ${high}` };
      if (low <= high) return [{ ...passed(place, name, name), ...numbers }];
      return [
        {
          status: 'fail',
          place,
          ...numbers,
          message: { zh: `${name} 不成立：${low} > ${high}`, en: `${name} does not hold: ${low} > ${high}` },
        },
      ];
    });
  };
}

/** Rules between figures of 表二. Rules of the catalogue: T2. */
export const disclosureRules: readonly Rule[] = [
  {
    id: 'T2-01',
    severity: 'W',
    overridable: false,
    formats: ['2019'],
    version: 1,
    scope: 'national',
    source: '国办公开办函〔2019〕60号',
    check: atMost('opened', 'made'),
  },
  {
    id: 'T2-02',
    severity: 'E',
    overridable: false,
    formats: ['2019'],
    version: 1,
    scope: 'national',
    source: '国办公开办函〔2019〕60号',
    check: atMost('opened', 'public'),
  },
];
