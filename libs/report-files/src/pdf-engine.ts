import { refuse, type Refusal } from '#domain/decision';
import type { Message } from '#report/place';
import { getDocumentProxy, getResolvedPDFJS } from 'unpdf';

/** What this lib asks of an opened PDF: unpdf hands it over without types of its own. */
export interface PdfFile {
  readonly numPages: number;
  readonly loadingTask: { destroy(): Promise<void> };
  getPage(number: number): Promise<PdfPage>;
  getOptionalContentConfig(): Promise<{ isVisible(layer: unknown): boolean }>;
}

/** One page of it. `transform` of a viewport: six numbers from the page's units to points from its top left corner. */
export interface PdfPage {
  readonly pageNumber: number;
  readonly commonObjs: { has(name: string): boolean; get(name: string): unknown };
  getOperatorList(): Promise<{ readonly fnArray: readonly number[]; readonly argsArray: readonly unknown[] }>;
  getViewport(options: { readonly scale: number }): {
    readonly width: number;
    readonly height: number;
    readonly transform: readonly number[];
  };
  cleanup(): void;
}

/** Most pages and most characters of a file; a report has some twenty pages and twenty thousand characters. */
export const MOST_PAGES = 300;
export const MOST_CHARACTERS = 500_000;
const MOST_IMAGE_PIXELS = 40_000_000;

type OpenRefusal = 'encrypted_file' | 'broken_file' | 'oversized_document';

/** Words of pdf.js itself about a damaged file never leave this lib: they may quote the file. */
const DAMAGED: Message = { zh: '文件结构已损坏', en: 'the structure of the file is damaged' };

/**
 * Opens a PDF without running, fetching or drawing anything. Damage anywhere refuses the file: pdf.js would otherwise leave out what it cannot read.
 * Refuses encrypted_file (a password is asked for), broken_file (why), oversized_document (limit).
 */
export async function openPdf(bytes: Uint8Array): Promise<PdfFile | Refusal<OpenRefusal>> {
  await fillPlatform();
  let file: PdfFile;
  try {
    // pdf.js takes over the buffer it is given.
    const opened: unknown = await getDocumentProxy(new Uint8Array(bytes), {
      isEvalSupported: false,
      disableFontFace: true,
      useSystemFonts: false,
      enableXfa: false,
      disableRange: true,
      disableStream: true,
      disableAutoFetch: true,
      stopAtErrors: true,
      fontExtraProperties: true,
      maxImageSize: MOST_IMAGE_PIXELS,
      useWorkerFetch: false,
      verbosity: 0,
    });
    file = opened as PdfFile;
  } catch (error) {
    return refusalOf(error);
  }
  if (file.numPages <= MOST_PAGES) return file;
  await file.loadingTask.destroy();
  return refuse('oversized_document', { limit: `${MOST_PAGES} pages` });
}

/** What an error of pdf.js says about the file; anything that is no statement about the file is thrown on. */
export function refusalOf(error: unknown): Refusal<'encrypted_file' | 'broken_file'> {
  if (!(error instanceof Error)) throw error;
  if (error.name === 'PasswordException') return refuse('encrypted_file', { part: 'pdf' });
  return refuse('broken_file', { why: DAMAGED.en, kind: error.name });
}

// pdf.js 5.6 copies fonts with an ES2024 method; without it Node 20 ends a page's list of operations at the first embedded font, in silence.
async function fillPlatform(): Promise<void> {
  await getResolvedPDFJS();
  if ('transferToFixedLength' in ArrayBuffer.prototype) return;
  // oxlint-disable-next-line no-extend-native -- a standard method this Node lacks, in a thread of its own
  Object.defineProperty(ArrayBuffer.prototype, 'transferToFixedLength', {
    configurable: true,
    writable: true,
    value(this: ArrayBuffer, length: number = this.byteLength): ArrayBuffer {
      const copy = new ArrayBuffer(length);
      new Uint8Array(copy).set(new Uint8Array(this, 0, Math.min(length, this.byteLength)));
      return copy;
    },
  });
}
