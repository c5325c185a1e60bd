import { isRefusal, refuse, type Refusal } from '#domain/decision';
import { decodeText } from '#report/readers/decode';
import { readReportDocument, type ReportReading } from '#report/readers/read-report-document';
import type { ReportDocument } from '#report/readers/report-document';
import { textDocument } from '#report/readers/text-document';
import { sniffKind } from './file-kind.js';
import { UnsafeXml } from './xml-door.js';
import { openPackage, UnsafePart } from './zip-door.js';

/** What to do with tracked changes of a Word file: a person has to decide, so refusing is the rule. */
export type TrackedChanges = 'refuse' | 'accept' | 'reject';

export interface ReadOptions {
  readonly changes?: TrackedChanges;
}

/**
 * Reads a report out of a file of any kind, told by its content. Nothing is run or fetched. Refuses what `sniffKind`, the reader of the kind and
 * `readReportDocument` refuse. Heavy readers are loaded when a file asks for them.
 */
export async function readReportFile(
  bytes: Uint8Array,
  { changes = 'refuse' }: ReadOptions = {},
): Promise<ReportReading | Refusal> {
  try {
    const document = await documentOf(bytes, changes);
    return isRefusal(document) ? document : readReportDocument(document);
  } catch (error) {
    if (error instanceof UnsafePart) return refuse('unsafe_package', { why: error.why, part: error.part });
    if (error instanceof UnsafeXml)
      return refuse('broken_xml', { part: error.part, line: error.line, column: error.column, why: error.why });
    throw error;
  }
}

async function documentOf(bytes: Uint8Array, changes: TrackedChanges): Promise<ReportDocument | Refusal> {
  const kind = sniffKind(bytes);
  if (isRefusal(kind)) return kind;
  if (kind === 'html') return (await import('./html-document.js')).htmlDocument(bytes);
  if (kind === 'pdf') return (await import('./pdf-document.js')).pdfDocument(bytes);
  if (kind === 'office') return officeDocument(bytes, changes);
  const decoded = decodeText(bytes);
  return isRefusal(decoded) ? decoded : textDocument(decoded.text);
}

async function officeDocument(bytes: Uint8Array, changes: TrackedChanges): Promise<ReportDocument | Refusal> {
  const opened = await openPackage(bytes);
  if (isRefusal(opened)) return opened;
  const types = await opened.part('[Content_Types].xml');
  const declared = types === null ? '' : new TextDecoder().decode(types);
  const macros = opened.names.some((name) => /vbaProject\.bin$|macrosheets\//i.test(name));
  if (macros || /macroEnabled|vbaProject/i.test(declared)) return refuse('macro_file');
  if (declared.includes('wordprocessingml')) return (await import('./docx-document.js')).docxDocument(opened, changes);
  if (declared.includes('spreadsheetml')) return (await import('./xlsx-document.js')).xlsxDocument(opened);
  return refuse('binary_file', { looksLike: 'zip', offset: 0 });
}
