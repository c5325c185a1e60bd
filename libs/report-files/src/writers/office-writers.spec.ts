import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import * as fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { isRefusal } from '#domain/decision';
import { cellsOf, FORMATS, formatById } from '#report/format';
import type { AnnualReport, Cell } from '#report/model';
import { readPlainText } from '#report/readers/plain-text';
import { figureText } from '#report/writers/figure-text';
import { annualReportArbitrary } from '../../../../test/support/report-arbitrary.js';
import { reportDocx } from './docx-writer.js';
import { nameOfCell } from './xlsx-cells.js';
import { reportXlsx, xlsxTemplate } from './xlsx-template.js';

const reading = readPlainText(readFileSync(new URL('../../../../samples/xiangyang-2020.txt', import.meta.url), 'utf8'));
if (isRefusal(reading)) throw new Error('the sample must be readable');
const sample = reading.report;
const anyReport = fc.oneof(...FORMATS.map(annualReportArbitrary));
const RUNS = { numRuns: 6 };

const partsOf = (bytes: Uint8Array): Record<string, string> =>
  Object.fromEntries(Object.entries(unzipSync(bytes)).map(([path, content]) => [path, strFromU8(content)]));

function withCell(report: AnnualReport, id: string, cell: Cell): AnnualReport {
  const table = id.split('.')[0] ?? '';
  return { ...report, tables: { ...report.tables, [table]: { ...report.tables[table], [id]: cell } } };
}

async function open(bytes: Uint8Array): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(Uint8Array.from(bytes).buffer);
  return workbook;
}

function named(workbook: ExcelJS.Workbook, name: string): ExcelJS.Cell {
  const [range] = workbook.definedNames.getRanges(name).ranges;
  const { sheet, address } = /^'?(?<sheet>[^'!]+)'?!(?<address>.+)$/.exec(range ?? '')?.groups ?? {};
  const cell = workbook.getWorksheet(sheet ?? '')?.getCell((address ?? '').replaceAll('$', ''));
  if (cell === undefined) throw new Error(`no cell is named ${name}`);
  return cell;
}

/** What a cell shows, a stored result of a formula included. */
function shown(cell: ExcelJS.Cell): string {
  const { value } = cell;
  const result = typeof value === 'object' && value !== null && 'formula' in value ? value.result : value;
  return typeof result === 'string' || typeof result === 'number' ? String(result) : '';
}

describe.each([
  ['the Word document', reportDocx],
  ['the workbook', reportXlsx],
] as const)('%s', (_name, write) => {
  it('is the same bytes for the same report, a second later too', async () => {
    const first = await write(sample);
    // ZIP keeps two seconds, core properties one.
    await new Promise((resolve) => setTimeout(resolve, 2100));
    expect(Buffer.compare(await write(structuredClone(sample)), first)).toBe(0);
  });

  it('says no time of its making', async () => {
    const core = partsOf(await write(sample))['docProps/core.xml'];
    expect(core).toBeDefined();
    expect(core).not.toMatch(/dcterms:(?:created|modified)|20[2-9]\d-\d\d-\d\dT/);
  });
});

describe('the Word document', () => {
  it('has the page, faces and page numbers of the standard', async () => {
    const parts = partsOf(await reportDocx(sample));
    const document = parts['word/document.xml'] ?? '';
    expect(document).toMatch(/<w:pgSz w:w="1190[5-7]" w:h="1683[7-9]"/);
    expect(document).toMatch(/<w:pgMar w:top="209[78]" w:right="147[34]" w:bottom="198[45]" w:left="158[78]"/);
    for (const face of ['方正小标宋简体', '仿宋', '黑体', '宋体']) expect(document).toContain(`w:eastAsia="${face}"`);
    expect(document).toContain('w:line="560" w:lineRule="exact"');
    expect(document).toContain('w:firstLine="640"');
    const footers = Object.keys(parts).filter((path) => /^word\/footer\d/.test(path));
    expect(footers).toHaveLength(2);
    for (const footer of footers) expect(parts[footer]).toMatch(/— <\/w:t>.*PAGE.* —<\/w:t>/s);
  });

  it('merges cells both ways and repeats the heads of tables', async () => {
    const document = partsOf(await reportDocx(sample))['word/document.xml'] ?? '';
    expect(document.match(/<w:tbl>/g)).toHaveLength(3);
    // 三、本年度办理结果 reaches over 20 rows: one begins, 19 continue, beside the smaller groups and the heads.
    expect(document.match(/<w:vMerge w:val="continue"\/>/g)?.length).toBeGreaterThanOrEqual(19 + 7 + 2 + 4);
    expect(document).toContain('<w:gridSpan w:val="7"/>');
    expect(document.match(/<w:tblHeader\/>/g)).toHaveLength(3 + 3);
  });

  it('stays well-formed whatever the texts are', async () => {
    const text = '<w:p/>&"\' ]]>\uffff_x0041_';
    const document = partsOf(await reportDocx({ ...sample, preface: text }))['word/document.xml'] ?? '';
    expect(document).toContain('&lt;w:p/&gt;&amp;');
    expect(document).not.toContain('\uffff');
  });
});

describe('the workbook', () => {
  it('shows every figure of any report under its name', async () => {
    await fc.assert(
      fc.asyncProperty(anyReport, async (report) => {
        const workbook = await open(await reportXlsx(report));
        for (const at of formatById(report.format)?.tables.flatMap(cellsOf) ?? []) {
          const cell = report.tables[at.table.id]?.[at.id];
          const expected =
            cell?.state === 'value' && at.column.kind !== 'money'
              ? cell.value
              : cell && figureText(at.column.kind, cell);
          expect([at.id, shown(named(workbook, nameOfCell(at.id)))]).toEqual([at.id, expected]);
        }
      }),
      RUNS,
    );
  }, 60_000);

  it('keeps a wrong total as the office gave it instead of mending it with a formula', async () => {
    const workbook = await open(
      await reportXlsx(withCell(sample, 't3.1.total', { state: 'value', value: '7', original: '7' })),
    );
    expect(named(workbook, 't3_1_total').value).toBe(7);
    expect(named(workbook, 't3_2_total').value).toMatchObject({ formula: expect.stringContaining('SUM') });
  });

  it('stores with each check what it shows: agreement, or the difference', async () => {
    const wrong = { state: 'value', value: '3', original: '3' } as const;
    const workbook = await open(await reportXlsx(withCell(sample, 't3.4.other', wrong)));
    const applications = workbook.getWorksheet('表三');
    const checks = applications?.getRow(applications.rowCount);
    expect(Array.from({ length: 7 }, (_, at) => checks?.getCell(4 + at).result)).toEqual([
      '✓',
      '✓',
      '✓',
      '✓',
      '✓',
      -3,
      '✓',
    ]);
  });

  it('keeps more digits than a spreadsheet can count as text', async () => {
    const value = '123456789012345678';
    const workbook = await open(
      await reportXlsx(withCell(sample, 't3.1.other', { state: 'value', value, original: value })),
    );
    expect(named(workbook, 't3_1_other').value).toBe(value);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(1)', '=HYPERLINK("http://x")', '_x0041_'])('stores %j as text', async (text) => {
    const bytes = await reportXlsx({ ...sample, title: text, preface: text });
    const workbook = await open(bytes);
    for (const name of ['report_title', 'report_preface_1'])
      expect(named(workbook, name).type).toBe(ExcelJS.ValueType.String);
    const strings = partsOf(bytes)['xl/sharedStrings.xml'] ?? '';
    expect(strings).toContain(text.startsWith('_x') ? '_x005F_x0041_' : text.replaceAll('"', '&quot;'));
    for (const [path, xml] of Object.entries(partsOf(bytes)))
      if (path.startsWith('xl/worksheets/sheet')) expect(xml).not.toMatch(/<f>(?:HYPERLINK|1\+1|SUM\(1\))/);
  });
});

describe.each(FORMATS.map((format) => [format.id, format] as const))('the template of format %s', (_id, format) => {
  const template = xlsxTemplate(format, { organName: '向阳区人民政府', year: format.years.from });

  it('has a sheet per table after 说明 and 正文, all protected', async () => {
    const workbook = await open(await template);
    expect(workbook.worksheets.map(({ name }) => name)).toEqual(['说明', '正文', '表二', '表三', '表四']);
    const sheets = Object.entries(partsOf(await template)).filter(([path]) => path.startsWith('xl/worksheets/sheet'));
    expect(sheets).toHaveLength(5);
    for (const [, xml] of sheets) {
      expect(xml).toMatch(/<sheetProtection sheet="1"/);
      expect(xml).not.toMatch(/<sheetProtection[^>]*(?:password|hashValue)/);
      expect(xml).toMatch(/paperSize="9"/);
    }
  });

  it('asks for every figure: inputs open and validated, totals locked formulas, never a zero', async () => {
    const workbook = await open(await template);
    const names = format.tables.flatMap(cellsOf).map(({ id }) => nameOfCell(id));
    expect(new Set(names).size).toBe(names.length);
    for (const at of format.tables.flatMap(cellsOf)) {
      const cell = named(workbook, nameOfCell(at.id));
      expect([at.id, shown(cell)]).toEqual([at.id, '']);
      const total = at.id.endsWith('.total') || at.row.id === '3.7';
      expect([at.id, cell.formula !== undefined, cell.protection?.locked === false]).toEqual([at.id, total, !total]);
      if (!total)
        expect([at.id, cell.dataValidation?.type]).toEqual([
          at.id,
          { count: 'whole', change: 'whole', money: 'textLength', fee: 'custom' }[at.column.kind],
        ]);
    }
  });

  it('validates each open cell once', async () => {
    const validated = Object.entries(partsOf(await template)).flatMap(([path, xml]) =>
      /sheet[345]\.xml$/.test(path) ? [...xml.matchAll(/sqref="([^"]+)"/g)].map(([, range]) => `${path} ${range}`) : [],
    );
    const inputs = format.tables.flatMap(cellsOf).filter(({ id, row }) => !id.endsWith('.total') && row.id !== '3.7');
    expect(validated.every((range) => / (\w+):\1$/.test(range))).toBe(true);
    expect(new Set(validated).size).toBe(inputs.length);
  });

  it('hides its names and checks each column of 表三', async () => {
    const parts = partsOf(await template);
    const definitions = parts['xl/workbook.xml']?.match(/<definedName [^>]*>/g) ?? [];
    const ours = definitions.filter((definition) => !definition.includes('_xlnm.'));
    expect(ours.length).toBeGreaterThan(format.tables.flatMap(cellsOf).length);
    for (const definition of ours) expect(definition).toContain('hidden="1"');
    const applications = (await open(await template)).getWorksheet('表三');
    const checks = applications?.getRow(applications.rowCount).values;
    expect(Array.isArray(checks) ? checks.filter((value) => typeof value === 'object').length : 0).toBe(7);
  });
});
