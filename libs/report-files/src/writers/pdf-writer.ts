import type { AnnualReport } from '#report/model';
import { type FileSource, pdfInputOf } from './pdf-input.js';
import { PDF_TEMPLATE } from './pdf-template.js';
import { typeset } from './typesetter.js';

/**
 * The report as a tagged PDF (PDF/UA-1 as far as the compiler can tell) in the layout of `PDF_TEMPLATE`. The same report gives the same bytes. Throws
 * GlyphMissing for characters without a glyph, RangeError for a report that was not parsed.
 */
export function reportPdf(report: AnnualReport, source: FileSource): Uint8Array {
  return typeset(
    PDF_TEMPLATE,
    ['report', pdfInputOf(report, source)],
    (compiler, document) => new Uint8Array(compiler.pdf(document, { pdfStandard: 'ua-1' })),
  );
}
