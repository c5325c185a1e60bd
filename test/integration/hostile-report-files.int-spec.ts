import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import { strFromU8, unzipSync } from 'fflate';
import sax from 'sax';
import { getDocumentProxy } from 'unpdf';
import { isRefusal } from '#domain/decision';
import type { AnnualReport } from '#report/model';
import { readPlainText } from '#report/readers/plain-text';
import { readReportFile } from '#report-files/read-report-file';
import type { DerivedName } from '#report-files/writers/derived-names';
import { writeReportFiles } from '#report-files/writers/report-file-set';
import { FORMULAS, MARKUP } from '../support/hostile-texts.js';
import { signedReport } from '../support/signed-report.js';

const reading = readPlainText(readFileSync('samples/xiangyang-2020.txt', 'utf8'));
if (isRefusal(reading)) throw new Error(reading.refused);
const sample = reading.report;

/** One line each: a line break within a text is a paragraph of its own in every file. */
const TEXTS = [...MARKUP, ...FORMULAS].flatMap((text) => text.split('\n')).map((text) => text.trim());

/** A report with texts as the sentences of its chapters and in its preface. */
function writtenOf(texts: readonly string[]): AnnualReport {
  const chapters = sample.chapters.map((chapter) => ({
    ...chapter,
    paragraphs: texts.map((text) => `其中：${text}`),
    ...(chapter.tableAt === undefined ? {} : { tableAt: 0 }),
  }));
  return { ...sample, preface: `${sample.preface}${texts.join('')}`, chapters };
}

/** The same with texts in its cells, which nobody could read. */
function filledOf(texts: readonly string[]): AnnualReport {
  let next = 0;
  const tables = Object.fromEntries(
    Object.entries(sample.tables).map(([table, cells]) => [
      table,
      Object.fromEntries(
        Object.keys(cells).map((cell) => {
          const original = texts[next++ % texts.length] ?? '';
          return [cell, { state: 'unreadable' as const, original }];
        }),
      ),
    ]),
  );
  return { ...writtenOf(texts), tables };
}

interface Made {
  readonly bytes?: Uint8Array;
  readonly code?: string;
  readonly detail?: string;
}

async function filesOf(report: AnnualReport): Promise<ReadonlyMap<DerivedName, Made>> {
  return new Map((await writeReportFiles(signedReport(report))).map((file): [DerivedName, Made] => [file.name, file]));
}

/** The file's bytes. Throws what stopped it. */
function bytesOf(made: ReadonlyMap<DerivedName, Made>, name: DerivedName): Uint8Array {
  const file = made.get(name);
  if (file?.bytes === undefined) throw new Error(`${name}: ${file?.code} ${file?.detail}`);
  return file.bytes;
}

/** Every part of a package that is XML, read as strictly as may be: elements and attribute values. */
function xmlParts(bytes: Uint8Array): { part: string; elements: Set<string>; values: string[] }[] {
  return Object.entries(unzipSync(bytes))
    .filter(([part]) => /\.(?:xml|rels)$/.test(part))
    .map(([part, content]) => {
      const elements = new Set<string>();
      const values: string[] = [];
      const parser = sax.parser(true, { xmlns: true });
      parser.onopentag = ({ name, attributes }) => {
        elements.add(name.slice(name.indexOf(':') + 1).toLowerCase());
        values.push(...Object.values(attributes).map((one) => (typeof one === 'string' ? one : one.value)));
      };
      parser.ondoctype = () => elements.add('!doctype');
      parser.write(strFromU8(content)).close();
      return { part, elements, values };
    });
}

const RUNS = [
  'script',
  'object',
  'oleobject',
  'control',
  'hyperlink',
  'externalreference',
  'altchunk',
  'instrtext',
  '!doctype',
];

describe('hostile texts in the files beside a page', () => {
  let made: ReadonlyMap<DerivedName, Made>;
  beforeAll(async () => {
    made = await filesOf(filledOf(TEXTS));
  });

  it.each(['report.docx', 'report.xlsx'] as const)(
    'leave %s well-formed, with nothing that runs or is fetched',
    async (name) => {
      const parts = xmlParts(bytesOf(made, name));
      expect(parts.length).toBeGreaterThan(4);
      for (const { part, elements, values } of parts) {
        const found = RUNS.filter((one) => elements.has(one));
        // Page numbers are the only field of the Word document.
        expect([part, found.filter((one) => !(one === 'instrtext' && part.startsWith('word/footer')))]).toEqual([
          part,
          [],
        ]);
        if (part.endsWith('.rels')) expect([part, values.filter((value) => value === 'External')]).toEqual([part, []]);
      }
    },
  );

  it('are no formula and no link in the workbook', async () => {
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(Uint8Array.from(bytesOf(made, 'report.xlsx')).buffer);
    const found: string[] = [];
    workbook.eachSheet((sheet) =>
      sheet.eachRow((row) =>
        row.eachCell((cell) => {
          if (cell.formula !== undefined && !/^(?:IF|SUM)\(/.test(cell.formula)) found.push(cell.formula);
          if (cell.type === ExcelJS.ValueType.Hyperlink) found.push(cell.text);
        }),
      ),
    );
    expect(found).toEqual([]);
  });

  it('are no action, no script and no attachment in the PDF', async () => {
    const pdf = await getDocumentProxy(Uint8Array.from(bytesOf(made, 'report.pdf')));
    expect([await pdf.getJSActions(), await pdf.getOpenAction(), await pdf.getAttachments()]).toEqual([
      null,
      null,
      null,
    ]);
    for (let no = 1; no <= pdf.numPages; no += 1) {
      const page = await pdf.getPage(no);
      const links = (await page.getAnnotations()) as { url?: string; unsafeUrl?: string }[];
      expect([no, links.filter((one) => one.url !== undefined || one.unsafeUrl !== undefined)]).toEqual([no, []]);
    }
    await pdf.destroy();
  });

  it('begin no cell of the CSV that a spreadsheet would run', async () => {
    const csv = new TextDecoder().decode(bytesOf(made, 'report.csv'));
    const fields = [...csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(?:,|\r\n)/g)].map(
      ([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain,
    );
    expect(fields.length).toBeGreaterThan(2_000);
    expect(fields.filter((field) => /^[=+\-@\t\r\n＝＋－＠]/u.test(field))).toEqual([]);
  });

  it.each(['report.docx', 'report.xlsx'] as const)('read back from %s exactly as they were written', async (name) => {
    const report = writtenOf(TEXTS);
    const read = await readReportFile(bytesOf(await filesOf(report), name));
    if (isRefusal(read)) throw new Error(read.refused);
    expect(read.report.preface).toBe(report.preface);
    expect(read.report.chapters).toEqual(report.chapters);
  });

  // A line of a PDF is as wide as its page: where a long word leaves it wide gaps, blanks are not told from them.
  it('read back from the PDF sign by sign, but for blanks', async () => {
    const report = writtenOf(TEXTS);
    const read = await readReportFile(bytesOf(await filesOf(report), 'report.pdf'));
    if (isRefusal(read)) throw new Error(read.refused);
    const signs = ({ chapters, preface }: AnnualReport): string[] =>
      [preface, ...chapters.map(({ paragraphs }) => paragraphs.join(''))].map((text) => text.replaceAll(/\s/g, ''));
    expect(signs(read.report)).toEqual(signs(report));
  });
});
