/** Why something that goes to the public failed, and how to mend it, in both languages. `{name}` is filled from the cause's data. */
export interface CauseText {
  readonly zh: string;
  readonly en: string;
  readonly mendZh: string;
  readonly mendEn: string;
}

/** A cause with its data in place; what is not there stays as it is written. */
export function fillCause(text: CauseText, data: Readonly<Record<string, unknown>>): CauseText {
  const fill = (sentence: string): string =>
    sentence.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = data[name];
      return typeof value === 'string' || typeof value === 'number' ? String(value) : whole;
    });
  return { zh: fill(text.zh), en: fill(text.en), mendZh: fill(text.mendZh), mendEn: fill(text.mendEn) };
}
