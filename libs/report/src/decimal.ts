const CANONICAL = /^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/;

// Longest digit string a cell may hold; beyond it a figure is a typing error, not a count of documents.
const MAX_DIGITS = 18;

/** True for an exact decimal in its only spelling: no leading or trailing zeros, no `+`, no `-0`, at most 18 digits. */
export function isDecimal(text: string): boolean {
  return (
    text.length <= MAX_DIGITS + 2 &&
    CANONICAL.test(text) &&
    text !== '-0' &&
    text.replace(/\D/g, '').length <= MAX_DIGITS
  );
}

/** True for a canonical decimal without a fraction. */
export function isWhole(text: string): boolean {
  return isDecimal(text) && !text.includes('.');
}

/** Digits after the point. */
export function fractionDigits(text: string): number {
  return text.split('.')[1]?.length ?? 0;
}

/** Moves the point: `shiftDecimal('11.876', 4)` is `118760`, `shiftDecimal('1150', -4)` is `0.115`. Exact; the result is canonical. */
export function shiftDecimal(text: string, places: number): string {
  const negative = text.startsWith('-');
  const [whole = '0', fraction = ''] = text.replace(/^-/, '').split('.');
  const digits = whole + fraction;
  const point = whole.length + places;
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = Math.max(point, 1);
  const left = padded.slice(0, at).replace(/^0+(?=\d)/, '');
  const right = padded.slice(at).replace(/0+$/, '');
  const shifted = right === '' ? left : `${left}.${right}`;
  return negative && shifted !== '0' ? `-${shifted}` : shifted;
}
