/** A whole number quoted in prose with the counter behind it (条, 件, 次 …). `approximate`: 约, 近, 余, 多 stand beside it. */
export interface ProseAmount {
  readonly value: bigint;
  readonly unit: string;
  readonly approximate: boolean;
  readonly from: number;
  readonly to: number;
}

// A number is taken whole or not at all: the digits before and after, decimals, percentages, dates and 万 exclude a match.
const AMOUNT =
  /(?<before>[约近超])?(?<![\d０-９.．]|\d[,，])(?<number>\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?![\d０-９]|[.．]\d|[,，]\d{3}(?!\d))(?<more>余|多)?(?<unit>条|件|次|个|篇|份|项|人次|场|期|起|宗|批|册|部)/gu;

/** Every counted whole number of a text, in its order. Numbers with a fraction, a percent sign or 万 are none of these. */
export function amountsIn(text: string): readonly ProseAmount[] {
  return [...text.matchAll(AMOUNT)].flatMap((match) => {
    const { before, number = '', more, unit = '' } = match.groups ?? {};
    const from = match.index + (before?.length ?? 0);
    const approximate = before !== undefined || more !== undefined;
    return [{ value: BigInt(number.replaceAll(',', '')), unit, approximate, from, to: match.index + match[0].length }];
  });
}
