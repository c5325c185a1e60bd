import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';

/** A face of the PDF and the characters it has. */
export interface PdfFace {
  readonly bytes: Buffer;
  readonly covers: (codePoint: number) => boolean;
}

const FILES = ['NotoSerifSC-Regular.ttf.br', 'NotoSansSC-Medium.ttf.br'];

let kept: readonly PdfFace[] | undefined;

/** The faces kept with the program, Serif first; read once. */
export function pdfFaces(): readonly PdfFace[] {
  // The build copies the folder beside the programs.
  const folder = new URL(import.meta.url.endsWith('.ts') ? '../../fonts/' : './fonts/', import.meta.url);
  kept ??= FILES.map((file) => {
    const bytes = brotliDecompressSync(readFileSync(new URL(file, folder)));
    return { bytes, covers: coverageOf(bytes) };
  });
  return kept;
}

/**
 * Which code points a font maps to a glyph of its own. Reads the segments of its `cmap` in format 12, or 4 where there is none. Throws RangeError
 * for a font without either. Source: OpenType 1.9.1, cmap.
 */
function coverageOf(font: Buffer): (codePoint: number) => boolean {
  const cmap = tableOffset(font, 'cmap');
  const records = Array.from({ length: font.readUInt16BE(cmap + 2) }, (_, index) => {
    const at = cmap + font.readUInt32BE(cmap + 4 + index * 8 + 4);
    return { at, format: font.readUInt16BE(at) };
  });
  const wide = records.find(({ format }) => format === 12);
  const narrow = records.find(({ format }) => format === 4);
  if (wide === undefined && narrow === undefined) throw new RangeError('the font has no map of characters');
  const covered = new Set<number>();
  const segments = wide === undefined ? segmentsOf4(font, narrow?.at ?? 0) : segmentsOf12(font, wide.at);
  for (const [first, last] of segments) for (let code = first; code <= last; code += 1) covered.add(code);
  return (codePoint) => covered.has(codePoint);
}

type Segment = readonly [first: number, last: number];

function tableOffset(font: Buffer, tag: string): number {
  for (let index = 0; index < font.readUInt16BE(4); index += 1) {
    const record = 12 + index * 16;
    if (font.toString('latin1', record, record + 4) === tag) return font.readUInt32BE(record + 8);
  }
  throw new RangeError(`the font has no table ${tag}`);
}

function segmentsOf12(font: Buffer, at: number): readonly Segment[] {
  return Array.from({ length: font.readUInt32BE(at + 12) }, (_, index) => {
    const group = at + 16 + index * 12;
    return [font.readUInt32BE(group), font.readUInt32BE(group + 4)];
  });
}

// A subset font has no holes inside its segments: a character without a glyph ends one.
function segmentsOf4(font: Buffer, at: number): readonly Segment[] {
  const count = font.readUInt16BE(at + 6) / 2;
  return Array.from({ length: count }, (_, index): Segment => {
    const last = font.readUInt16BE(at + 14 + index * 2);
    return [font.readUInt16BE(at + 16 + count * 2 + index * 2), last];
  }).filter(([first]) => first !== 0xffff);
}
