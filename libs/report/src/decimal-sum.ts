import { fractionDigits, shiftDecimal } from './decimal.js';

// Up to here a whole number is exact as a double, and so is adding one more of them to a sum kept below `MOST`.
const SHORT = 15;
const MOST = Number.MAX_SAFE_INTEGER - 10 ** SHORT;

/** The exact sum of canonical decimals, itself canonical. Counts are added as doubles while that is exact, which is what nearly all are. */
export function sumDecimals(values: readonly string[]): string {
  let small = 0;
  let large = 0n;
  const rest: string[] = [];
  for (const value of values) {
    if (value.length > SHORT || value.includes('.')) rest.push(value);
    else {
      small += Number(value);
      if (Math.abs(small) <= MOST) continue;
      large += BigInt(small);
      small = 0;
    }
  }
  const scale = rest.reduce((most, value) => Math.max(most, fractionDigits(value)), 0);
  const whole = (large + BigInt(small)) * 10n ** BigInt(scale);
  const sum = rest.reduce((total, value) => total + BigInt(shiftDecimal(value, scale)), whole);
  return scale === 0 ? String(sum) : shiftDecimal(String(sum), -scale);
}

/** `left` − `right`, exact. */
export function differenceOf(left: string, right: string): string {
  if (right === '0') return left;
  return sumDecimals([left, right.startsWith('-') ? right.slice(1) : `-${right}`]);
}

/** True for a decimal below 0. */
export function isNegative(value: string): boolean {
  return value.startsWith('-');
}
