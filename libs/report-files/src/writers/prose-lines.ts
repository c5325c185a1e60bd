/** The lines of paragraphs as printed: a line break inside one begins another, blank lines are none. */
export function linesOf(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => text.split('\n')).filter((line) => line.trim() !== '');
}

// （一）… alone on a line is a heading of the second level; followed by a sentence it is prose.
const SECOND_LEVEL = /^[（(][一二三四五六七八九十]{1,3}[）)][^。；]{1,40}$/u;

/** True for a line that is a heading of the second level. */
export function isSecondLevel(line: string): boolean {
  return SECOND_LEVEL.test(line);
}
