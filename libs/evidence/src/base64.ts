const STRICT = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
/** Characters per call of String.fromCharCode; engines limit the arguments of a call. */
const CHUNK = 0x8000;

interface Codec {
  readonly encode: (bytes: Uint8Array) => string;
  readonly decode: (text: string) => Uint8Array;
}

/** What every browser has. */
const webCodec: Codec = {
  encode(bytes) {
    let binary = '';
    for (let at = 0; at < bytes.byteLength; at += CHUNK)
      binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
    return btoa(binary);
  },
  decode: (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0)),
};

interface NodeBuffer {
  from(input: ArrayBufferLike, offset: number, length: number): { toString(encoding: 'base64'): string };
  from(input: string, encoding: 'base64'): Uint8Array;
}
const nodeBuffer = (globalThis as { Buffer?: NodeBuffer }).Buffer;

/** Node's own is some thirty times as fast; it decodes leniently, which the checks below make good. */
const codec: Codec = nodeBuffer
  ? {
      encode: (bytes) => nodeBuffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
      decode: (text) => new Uint8Array(nodeBuffer.from(text, 'base64')),
    }
  : webCodec;

/** Standard base64 with padding. */
export function toBase64(bytes: Uint8Array, { encode } = codec): string {
  return encode(bytes);
}

/** The bytes of strictly written base64, or undefined: one text per byte sequence, so no character can be altered unseen. */
export function fromBase64(text: string, { encode, decode } = codec): Uint8Array | undefined {
  if (!STRICT.test(text)) return undefined;
  const bytes = decode(text);
  return encode(bytes) === text ? bytes : undefined;
}

/** Both codecs this platform offers; they must agree. */
export const codecs: readonly Codec[] = [codec, webCodec];
