import { inflateSync } from 'node:zlib';

/** A decoded picture; `rgba`: four bytes a pixel, row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

/** Decodes a PNG of eight-bit RGBA without interlacing, the only kind made here; throws for another. Source: PNG 3rd edition, 9.2. */
export function pixelsOf(png: Uint8Array): Pixels {
  const bytes = Buffer.from(png);
  const [width, height, kind] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20), bytes.toString('hex', 24, 29)];
  if (kind !== '0806000000') throw new Error(`a PNG of another kind: ${kind}`);
  const data: Buffer[] = [];
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at))
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)));
  const raw = inflateSync(Buffer.concat(data));
  const row = width * 4;
  const rgba = new Uint8Array(row * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (row + 1)] ?? 0;
    for (let x = 0; x < row; x += 1) {
      const left = x < 4 ? 0 : rgba[y * row + x - 4]!;
      const up = y === 0 ? 0 : rgba[(y - 1) * row + x]!;
      const corner = x < 4 || y === 0 ? 0 : rgba[(y - 1) * row + x - 4]!;
      const added = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
      rgba[y * row + x] = raw[y * (row + 1) + 1 + x]! + added;
    }
  }
  return { width, height, rgba };
}

function paeth(left: number, up: number, corner: number): number {
  const near = [left, up, corner].map((one) => Math.abs(left + up - corner - one));
  if (near[0]! <= near[1]! && near[0]! <= near[2]!) return left;
  return near[1]! <= near[2]! ? up : corner;
}
