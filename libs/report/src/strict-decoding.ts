/**
 * The text of bytes that are wholly valid in an encoding; null when they are not. `prefix`: the bytes may end inside a character.
 * `keepMark`: a byte order mark stays in the text instead of vanishing.
 */
export function decodeStrictly(
  bytes: Uint8Array,
  encoding: 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be',
  { prefix = false, keepMark = false }: { readonly prefix?: boolean; readonly keepMark?: boolean } = {},
): string | null {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: keepMark });
  try {
    return decoder.decode(bytes, { stream: prefix });
  } catch {
    // A fatal decoder throws for one reason only: bytes that are not valid.
    return null;
  }
}
