/** One line of the file; `no` is 1-based. */
export interface TextLine {
  readonly no: number;
  readonly text: string;
}

/** Lines of a text, whatever ends them. */
export function linesOf(text: string): readonly TextLine[] {
  return text.split(/\r\n|[\n\r\v\f\u2028\u2029]/).map((line, index) => ({ no: index + 1, text: line }));
}

/** A label without what differs between offices: width of characters, spaces, quotes, commas and points. */
export function labelKey(text: string): string {
  return text.normalize('NFKC').replace(/[\s\u200b\ufeff“”"'‘’「」,、;:.·．，；：]/g, '');
}
