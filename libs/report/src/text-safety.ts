// In unicode mode a surrogate matches only when its partner is missing. Direction overrides and line separators make a page show
// something else than the signed text; tab and line feed are harmless.
// oxlint-disable-next-line no-control-regex -- finding control characters is the purpose
const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/gu;

/** The first character that must not become part of signed bytes, with its offset; null when there is none. */
export function unsafeCharacter(text: string): { readonly at: number; readonly code: string } | null {
  const at = text.search(UNSAFE);
  if (at < 0) return null;
  return { at, code: `U+${text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0')}` };
}

/** The text without such characters. */
export function withoutUnsafeCharacters(text: string): string {
  return text.replace(UNSAFE, '');
}
