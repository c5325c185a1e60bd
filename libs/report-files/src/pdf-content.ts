import { getResolvedPDFJS } from 'unpdf';
import type { PdfFile, PdfPage } from './pdf-engine.js';
import type { PdfFont } from './pdf-glyph.js';
import { IDENTITY, matrixOf } from './pdf-matrix.js';
import type { PageContent } from './pdf-page.js';
import { walkPage } from './pdf-walk.js';

/** A font as pdf.js hands it over. */
interface LoadedFont {
  readonly fontMatrix?: readonly number[];
  readonly vertical?: boolean;
  readonly toUnicode?: object;
}

/** What one page shows, in points from its top left corner, turned as a person sees it. Throws what pdf.js throws for damaged content. */
export async function pageContent(file: PdfFile, page: PdfPage): Promise<PageContent> {
  const { OPS } = await getResolvedPDFJS();
  const operators = Object.fromEntries(Object.entries(OPS).map(([name, code]) => [Number(code), name]));
  const layers = await file.getOptionalContentConfig();
  const { fnArray, argsArray } = await page.getOperatorList();
  const view = page.getViewport({ scale: 1 });
  const fonts = new Map<string, PdfFont | null>();
  const content = walkPage(
    {
      operations: fnArray.map((code: number, at: number) => [operators[code] ?? '', asList(argsArray[at])] as const),
      page: page.pageNumber,
      width: view.width,
      height: view.height,
      view: matrixOf(view.transform) ?? IDENTITY,
      font: (name) => {
        const known = fonts.get(name) ?? fontOf(page, name);
        fonts.set(name, known);
        return known;
      },
      shows: (layer) => layers.isVisible(layer),
    },
    operators,
  );
  page.cleanup();
  return content;
}

function asList(values: unknown): readonly unknown[] {
  return Array.isArray(values) ? values : [];
}

function fontOf(page: PdfPage, name: string): PdfFont | null {
  if (!page.commonObjs.has(name)) return null;
  const font = page.commonObjs.get(name) as LoadedFont;
  // Without a table of characters pdf.js takes the number of a glyph for its character: a figure would be another one.
  const numbered = font.toUnicode !== undefined && 'firstChar' in font.toUnicode;
  return { readable: !numbered, unit: font.fontMatrix?.[0] ?? 0.001, vertical: font.vertical === true };
}
