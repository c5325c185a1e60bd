import { isRefusal } from '#domain/decision';
import { nodeCrypto } from '#evidence/node-crypto';
import { parseEdition } from '#report/edition';
import type { AnnualReport } from '#report/model';
import { csvDictionary, reportCsv } from '#report/writers/report-csv';
import { DERIVED_NAMES, type DerivedName, type MadeFile } from './derived-names.js';
import { reportDocx } from './docx-writer.js';
import type { FileSource } from './pdf-input.js';
import { reportPdf } from './pdf-writer.js';
import { reportXlsx } from './xlsx-template.js';

type Writer = (report: AnnualReport, source: FileSource) => Uint8Array | Promise<Uint8Array>;

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const WRITERS: Readonly<Record<DerivedName, Writer>> = {
  'dictionary.csv': () => utf8(dictionaryCsv()),
  'report.csv': (report) => utf8(reportCsv(report)),
  'report.docx': (report) => reportDocx(report),
  'report.pdf': reportPdf,
  'report.xlsx': (report) => reportXlsx(report),
};

/**
 * Every file that can be made from the bytes of an edition, from nothing else: the same bytes give the same files on every machine. One that cannot
 * be made does not keep the others from being made. Throws for bytes that are no edition.
 */
export async function writeReportFiles(signed: Uint8Array): Promise<readonly MadeFile[]> {
  const edition = parseEdition(signed);
  if (isRefusal(edition)) throw new Error(`no files can be made of this: ${edition.refused}`);
  const source = { edition: edition.edition, content: nodeCrypto.sha256(signed) };
  const made: MadeFile[] = [];
  for (const name of DERIVED_NAMES) made.push(await fileOf(name, edition.report, source));
  return made;
}

async function fileOf(name: DerivedName, report: AnnualReport, source: FileSource): Promise<MadeFile> {
  try {
    return { name, bytes: await WRITERS[name](report, source) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const code = 'code' in error && typeof error.code === 'string' ? error.code : 'not_written';
    return { name, code, detail: error.message };
  }
}

/** What the columns of `report.csv` hold: name, 中文, English. */
function dictionaryCsv(): string {
  const rows = csvDictionary().map(({ name, content, meaning }) => [name, content, meaning.zh, meaning.en]);
  const lines = [['column', 'content', '含义', 'meaning'], ...rows].map((fields) =>
    fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(','),
  );
  return `\ufeff${lines.join('\r\n')}\r\n`;
}
