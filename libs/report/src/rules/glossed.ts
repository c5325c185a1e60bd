/** What statutory words mean, for readers of English. Source: glossary of README. */
const MEANINGS: ReadonlyMap<string, string> = new Map([
  ['主动公开', 'proactive disclosure'],
  ['依申请公开', 'disclosure on request'],
  ['政府信息管理', 'management of government information'],
  ['平台建设', 'platforms of disclosure'],
  ['监督保障', 'supervision and support'],
  ['存在的问题', 'problems found'],
  ['改进措施', 'measures taken'],
  ['考核', 'assessment of the work'],
  ['评议', 'appraisal by the public'],
  ['责任追究', 'accountability'],
  ['总体情况', 'overview'],
  ['主动公开政府信息情况', 'proactive disclosure'],
  ['收到和处理政府信息公开申请情况', 'applications received and dealt with'],
  ['政府信息公开行政复议、行政诉讼情况', 'reconsiderations and lawsuits'],
  ['存在的主要问题及改进情况', 'main problems and what was done about them'],
  ['其他需要报告的事项', 'other matters'],
  ['无', '“none”'],
]);

/** The meaning alone; the words themselves where none is known. */
export const meaningOf = (words: string): string => MEANINGS.get(words) ?? words;

/** Chinese words of the form with what they mean in English; only the words where a local setting asks for its own. */
export function glossed(words: string): string {
  const meaning = MEANINGS.get(words);
  return meaning === undefined ? words : `${words} (${meaning})`;
}

/** Several of them. */
export const glossedList = (words: readonly string[]): string => words.map(glossed).join(', ');
