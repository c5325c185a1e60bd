/** A parameter of an address as text without blanks at its ends; '' when it is absent, doubled or longer than `longest` characters. */
export function textIn(query: unknown, name: string, longest: number): string {
  const value = typeof query === 'object' && query !== null ? (query as Record<string, unknown>)[name] : undefined;
  if (typeof value !== 'string') return '';
  const text = value.normalize('NFC').trim();
  return text.length > longest ? '' : text;
}

/** A parameter as a whole number from 1 to `most`; null when it is none. */
export function numberIn(query: unknown, name: string, most: number): number | null {
  const text = textIn(query, name, 9);
  const value = /^[1-9]\d*$/.test(text) ? Number(text) : null;
  return value !== null && value <= most ? value : null;
}
