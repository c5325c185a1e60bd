const DIGITS: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };
const LONGEST = 12;

/**
 * The whole number of a 汉字 numeral below 100,000,000: 三, 十二, 一百零五, 两千, 一万二千, 二〇二三 (read digit by digit). Null for anything that is not
 * written as a number is, so that 三三 or 十百 is never taken for one.
 */
export function hanNumber(text: string): number | null {
  if (text === '' || text.length > LONGEST) return null;
  if (text.length > 1 && Array.from(text).every((sign) => sign in DIGITS && sign !== '两')) {
    return /[零〇]/u.test(text) && text.length >= 3
      ? Number(
          Array.from(text)
            .map((sign) => DIGITS[sign])
            .join(''),
        )
      : null;
  }
  const [high = '', low, ...more] = text.split('万');
  if (more.length > 0) return null;
  if (low === undefined) return belowTenThousand(high);
  const upper = belowTenThousand(high);
  const lower = low === '' ? 0 : belowTenThousand(low.replace(/^零/u, ''));
  return upper === null || upper === 0 || lower === null ? null : upper * 10_000 + lower;
}

function belowTenThousand(text: string): number | null {
  if (text.length === 1 && text in DIGITS) return DIGITS[text] ?? null;
  let total = 0;
  let last = 10_000;
  let rest = text.startsWith('十') ? `一${text}` : text;
  while (rest !== '') {
    const {
      zero,
      digit = '',
      unit,
      tail,
    } = /^(?<zero>零?)(?<digit>[一二两三四五六七八九])(?<unit>[十百千]?)(?<tail>.*)$/u.exec(rest)?.groups ?? {};
    const value = DIGITS[digit];
    const size = unit === undefined || unit === '' ? 1 : (UNITS[unit] ?? 0);
    // Each part is smaller than the one before, and a skipped place is said as 零.
    if (tail === undefined || value === undefined || size >= last) return null;
    if (last !== 10_000 && (zero === '零') === (size === last / 10)) return null;
    total += value * size;
    last = size;
    rest = tail;
  }
  return text === '' ? null : total;
}
