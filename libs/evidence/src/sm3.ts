const BLOCK_BYTES = 64;
const DIGEST_WORDS = 8;
/** Where the length of the message in bits begins in its last block. */
const LENGTH_AT = 56;
/** Source: GB/T 32905-2016, 4.1. */
const START = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e] as const;
const [EARLY_CONSTANT, LATE_CONSTANT] = [0x79cc4519, 0x7a879d8a];
const EARLY_ROUNDS = 16;
const ROUNDS = 64;

const rotate = (word: number, by: number): number => (word << (by % 32)) | (word >>> ((32 - (by % 32)) % 32));
const p0 = (word: number): number => word ^ rotate(word, 9) ^ rotate(word, 17);
const p1 = (word: number): number => word ^ rotate(word, 15) ^ rotate(word, 23);

/** The SM3 digest of the bytes, 32 bytes. Source: GB/T 32905-2016. */
export function sm3(bytes: Uint8Array): Uint8Array {
  const padded = pad(bytes);
  const view = new DataView(padded.buffer);
  const state = Uint32Array.from(START);
  const words = new Uint32Array(ROUNDS + 4);
  for (let at = 0; at < padded.byteLength; at += BLOCK_BYTES) {
    expand(view, at, words);
    compress(state, words);
  }
  const digest = new DataView(new ArrayBuffer(4 * DIGEST_WORDS));
  for (const [index, word] of state.entries()) digest.setUint32(4 * index, word);
  return new Uint8Array(digest.buffer);
}

/** A one bit, zeros, and the length in bits as 64 bits fill the last block. Source: GB/T 32905-2016, 5.2. */
function pad(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const blocks = Math.floor((bytes.byteLength + BLOCK_BYTES - LENGTH_AT) / BLOCK_BYTES) + 1;
  const padded = new Uint8Array(blocks * BLOCK_BYTES);
  padded.set(bytes);
  padded[bytes.byteLength] = 0x80;
  new DataView(padded.buffer).setBigUint64(padded.byteLength - 8, BigInt(bytes.byteLength) * 8n);
  return padded;
}

/** Source: GB/T 32905-2016, 5.3.2. */
function expand(view: DataView, at: number, words: Uint32Array): void {
  for (let j = 0; j < EARLY_ROUNDS; j += 1) words[j] = view.getUint32(at + 4 * j);
  for (let j = EARLY_ROUNDS; j < words.length; j += 1) {
    const mixed = p1(words[j - 16]! ^ words[j - 9]! ^ rotate(words[j - 3]!, 15));
    words[j] = mixed ^ rotate(words[j - 13]!, 7) ^ words[j - 6]!;
  }
}

/** Source: GB/T 32905-2016, 5.3.3. */
function compress(state: Uint32Array, words: Uint32Array): void {
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
  for (let j = 0; j < ROUNDS; j += 1) {
    const early = j < EARLY_ROUNDS;
    const turned = rotate(a, 12);
    const ss1 = rotate((turned + e + rotate(early ? EARLY_CONSTANT : LATE_CONSTANT, j)) | 0, 7);
    const ff = early ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
    const gg = early ? e ^ f ^ g : (e & f) | (~e & g);
    const tt1 = (ff + d + (ss1 ^ turned) + (words[j]! ^ words[j + 4]!)) | 0;
    const tt2 = (gg + h + ss1 + words[j]!) | 0;
    [a, b, c, d] = [tt1, a, rotate(b, 9), c];
    [e, f, g, h] = [p0(tt2), e, rotate(f, 19), g];
  }
  for (const [index, word] of [a, b, c, d, e, f, g, h].entries()) state[index]! ^= word;
}
