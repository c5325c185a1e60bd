import { cellsOf, tableOf } from '../format.js';
import type { CellPlace, Identity, RowDefinition } from '../format-definition.js';
import type { Place } from '../place.js';
import { ALL_FORMATS, passed, wholeAt, type Outcome, type Rule, type Subject } from './rule.js';

/** One sum of a form, in one column or one row: cells left and right of the equals sign. */
interface Sum {
  readonly name: string;
  readonly place: Place;
  readonly left: readonly CellPlace[];
  readonly right: readonly CellPlace[];
}

interface Line {
  readonly id: string;
  readonly name: string;
}

function rowLine({ id, labels }: RowDefinition): Line {
  return { id, name: labels.at(-1) ?? '' };
}

function identitiesHold(ruleId: string): Rule['check'] {
  return (subject) =>
    subject.format.identities
      .filter(({ rule }) => rule === ruleId)
      .flatMap((identity) => sumsOf(identity, subject).map((sum) => checkSum(sum, subject)));
}

function sumsOf(identity: Identity, { format }: Subject): readonly Sum[] {
  const table = tableOf(format, identity.table);
  const cells = new Map(cellsOf(table).map((at) => [`${at.row.id}/${at.column.id}`, at]));
  const byRow = identity.across === 'columns';
  // Lines the identity must hold in: every row when it adds columns, every column when it adds rows.
  const lines = table.blocks.flatMap((block): readonly Line[] => (byRow ? block.rows.map(rowLine) : block.columns));
  return lines.map(({ id, name }) => {
    const cell = (term: string): CellPlace => {
      const found = cells.get(byRow ? `${id}/${term}` : `${term}/${id}`);
      if (found === undefined)
        throw new RangeError(`format ${format.id}: ${identity.rule} names ${term}, which ${table.id} lacks`);
      return found;
    };
    const [only] = identity.left;
    const line = byRow
      ? { row: id, ...(identity.left.length === 1 && only !== undefined ? { column: only } : {}) }
      : { column: id };
    return {
      name: [table.name, name, identity.name].filter((part) => part !== '').join('，'),
      place: { table: table.id, ...line },
      left: identity.left.map(cell),
      right: identity.right.map(cell),
    };
  });
}

function checkSum({ name, place, left, right }: Sum, { report }: Subject): Outcome {
  const leftNumbers = left.map((at) => wholeAt(report, at));
  const rightNumbers = right.map((at) => wholeAt(report, at));
  const leftSum = sumOf(leftNumbers);
  const rightSum = sumOf(rightNumbers);
  const formula = `${termsOf(leftNumbers)} = ${termsOf(rightNumbers)}`;
  if (leftSum === null || rightSum === null) {
    const message = {
      zh: `${name}：有数字未填，无法核对（${formula}）`,
      en: `${name}: figures missing, cannot be checked (${formula})`,
    };
    return { status: 'not-assessable', place, formula, message };
  }
  const numbers = { expected: String(rightSum), found: String(leftSum), formula };
  if (leftSum === rightSum) return { ...passed(place, `${name}：${formula}`, `${name}: ${formula}`), ...numbers };
  const message = {
    zh: `${name} 不成立：左边 ${leftSum}，右边 ${rightSum}，相差 ${leftSum - rightSum}`,
    en: `${name} does not hold: left ${leftSum}, right ${rightSum}, difference ${leftSum - rightSum}`,
  };
  return { status: 'fail', place, ...numbers, message };
}

function sumOf(numbers: readonly (bigint | null)[]): bigint | null {
  return numbers.reduce((sum, number) => (sum === null || number === null ? null : sum + number), 0n);
}

function termsOf(numbers: readonly (bigint | null)[]): string {
  return numbers.map((number) => (number === null ? '□' : String(number))).join(' + ');
}

const SOURCES: Readonly<Record<string, string>> = {
  'T3-01': '表三左上角勾稽关系',
  'T3-02': '表三（七）总计',
  'T3-03': '表三总计栏',
  'T4-01': '表四总计栏',
};

/** The sums the form itself states; exact, no tolerance. Rules of the catalogue: T3, T4; the sums are in the format definition. */
export const identityRules: readonly Rule[] = Object.entries(SOURCES).map(([id, source]) => ({
  id,
  severity: 'E',
  overridable: false,
  formats: ALL_FORMATS,
  version: 1,
  scope: 'national',
  source,
  check: identitiesHold(id),
}));
