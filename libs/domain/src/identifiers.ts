/** A SHA-256 digest as 64 lower-case hexadecimal characters. */
export type Digest = string & { readonly __brand: 'Digest' };

const DIGEST = /^[0-9a-f]{64}$/;

/** Reads a digest. Throws RangeError when the text is not one. */
export function digest(text: string): Digest {
  if (!DIGEST.test(text)) throw new RangeError(`not a SHA-256 digest: ${text.slice(0, 80)}`);
  return text as Digest;
}

/** True when the text is a SHA-256 digest in the form this system writes. */
export function isDigest(text: string): text is Digest {
  return DIGEST.test(text);
}
