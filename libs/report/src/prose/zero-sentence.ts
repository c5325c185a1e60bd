import type { AnnualReport } from '../model.js';

/** The chapter in which a report says how many applications came in. */
const CHAPTER = 1;
const SAID = /未收到[^。]*申请/;

/**
 * The sentence that says in words what a table of zeros says in figures; null where it is said already, where the table tells of something
 * else, or where a figure in it is not 0. Source: the prose of reports without applications, which rule P05 reads.
 */
export function zeroSentence(
  report: AnnualReport,
  table: string,
): { readonly chapter: number; readonly text: string } | null {
  const chapter = report.chapters.find(({ no }) => no === CHAPTER);
  if (table !== 't3' || chapter === undefined) return null;
  if (report.chapters.some(({ paragraphs }) => paragraphs.some((text) => SAID.test(text)))) return null;
  const received = Object.entries(report.tables[table] ?? {}).filter(([id]) => id.startsWith('t3.1.'));
  const isNothing = received.every(
    ([, cell]) => cell.state === 'unfilled' || (cell.state === 'value' && cell.value === '0'),
  );
  return isNothing ? { chapter: CHAPTER, text: `${report.year}年未收到政府信息公开申请。` } : null;
}
