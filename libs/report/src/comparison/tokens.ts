/**
 * A text in pieces that are compared whole: numbers with separators, decimals, sign of percent and unit, dates, latin words, punctuation, and Han
 * characters one by one. A number is never split, so that 13 against 12 shows as two numbers and not as one changed digit.
 */
export function tokensOf(text: string): readonly string[] {
  return text.match(TOKEN) ?? [];
}

const TOKEN =
  /\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|[-+−]?[\d０-９]+(?:[,，.．][\d０-９]+)*(?:%|％|万元|亿元|元|件|条|次|个百分点)?|[A-Za-z]+|\s+|[^]/gu;

/** Sentences of a paragraph with their stops. */
export function sentencesOf(text: string): readonly string[] {
  return text.match(/[^。；！？\n]+[。；！？\n]*|[。；！？\n]+/gu) ?? [];
}
