import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { AnnualReport } from '#report/model';
import { pdfFaces } from './pdf-fonts.js';
import { type FileSource, type PdfInput, pdfInputOf } from './pdf-input.js';
import { PDF_TEMPLATE } from './pdf-template.js';

/** Characters no face of the program has; a PDF would show boxes in their place, so none is made. */
export class GlyphMissing extends Error {
  readonly code = 'glyph_missing';

  constructor(readonly characters: readonly string[]) {
    super(`no face has ${characters.map(named).join(', ')}`);
    this.name = 'GlyphMissing';
  }
}

let compiler: NodeCompiler | undefined;

/**
 * The report as a tagged PDF (PDF/UA-1 as far as the compiler can tell) in the layout of `PDF_TEMPLATE`. The same report gives the same bytes: no
 * times, no random ids, no face of the machine. Throws GlyphMissing for characters without a glyph, RangeError for a report that was not parsed.
 */
export function reportPdf(report: AnnualReport, source: FileSource): Uint8Array {
  const input = pdfInputOf(report, source);
  const missing = charactersWithoutGlyph(input);
  if (missing.length > 0) throw new GlyphMissing(missing);
  compiler ??= NodeCompiler.create({ fontArgs: [{ fontBlobs: pdfFaces().map(({ bytes }) => bytes) }] });
  const compiled = compiler.compile({ mainFileContent: PDF_TEMPLATE, inputs: { report: JSON.stringify(input) } });
  const document = compiled.result;
  if (document === null) {
    const error = compiled.takeError();
    throw new Error(`the PDF could not be set: ${JSON.stringify(error?.shortDiagnostics)}`);
  }
  const bytes = new Uint8Array(compiler.pdf(document, { pdfStandard: 'ua-1' }));
  // What one report left in the memory of the compiler is of no use to the next.
  compiler.evictCache(2);
  return bytes;
}

/** Characters of the texts that no face has, each once. */
function charactersWithoutGlyph(input: PdfInput): readonly string[] {
  const faces = pdfFaces();
  const drawn = new Set(JSON.stringify(input));
  return [...drawn].filter((character) => {
    if (/[\s\p{Default_Ignorable_Code_Point}]/u.test(character)) return false;
    const codePoint = character.codePointAt(0) ?? 0;
    return !faces.some(({ covers }) => covers(codePoint));
  });
}

function named(character: string): string {
  return `${character} (U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')})`;
}
