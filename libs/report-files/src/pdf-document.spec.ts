import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '#domain/decision';
import { cellsOf, formatById } from '#report/format';
import type { AnnualReport } from '#report/model';
import { readPlainText } from '#report/readers/plain-text';
import type { ReportReading } from '#report/readers/read-report-document';
import { withinCopies } from '../../../test/support/processor-work.js';
import { readReportFile } from './read-report-file.js';
import { pdfDocument } from './pdf-document.js';

const at = (name: string): URL => new URL(`../../../test/fixtures/pdf/${name}`, import.meta.url);
const sampleReading = readPlainText(
  readFileSync(new URL('../../../samples/xiangyang-2020.txt', import.meta.url), 'utf8'),
);
if (isRefusal(sampleReading)) throw new Error('the sample is a report');
const sample = sampleReading.report;
const later = JSON.parse(readFileSync(at('form-2021.report.json'), 'utf8')) as AnnualReport;

async function read(name: string): Promise<ReportReading> {
  const reading = await readReportFile(readFileSync(at(name)));
  if (isRefusal(reading)) throw new Error(reading.refused);
  return reading;
}

/** Words and figures as they are told apart; blanks inside Chinese text are the printer's. */
function essence({ format, year, title, preface, chapters, tables }: AnnualReport): unknown {
  const cells = (formatById(format)?.tables ?? []).flatMap((table) =>
    cellsOf(table).map(({ id }) => {
      const cell = tables[table.id]?.[id];
      return [id, cell?.state === 'value' ? cell.value : cell?.state];
    }),
  );
  const bare = (text: string): string => text.replace(/\s+/gu, '');
  const texts = chapters.map((chapter) => [chapter.no, chapter.title, chapter.paragraphs.map(bare).join('')]);
  return { format, year, title: bare(title), preface: bare(preface), texts, cells };
}

describe('a printed report', () => {
  it.each([
    ['form-2019.pdf', sampleReading.report],
    ['form-2021.pdf', later],
  ])('%s reads back to the report it was printed from', async (name, report) => {
    const reading = await read(name);
    expect(essence(reading.report)).toEqual(essence(report));
  });

  it('whose pages break every table is read whole, and what nobody sees or is no part of it is left out and said', async () => {
    const { report, findings } = await read('hard.pdf');
    expect(essence(report)).toEqual(essence(later));
    expect(JSON.stringify(report)).not.toMatch(/999件|888件|777|公报|— \d+ —/u);
    expect(findings.map(({ code }) => code)).toEqual(expect.arrayContaining(['hidden_text', 'page_furniture']));
  });

  it('says of every figure on which page it stands', async () => {
    const { sources } = await read('form-2021.pdf');
    const pages = Object.values(sources).map(({ at: { page } }) => page);
    expect(pages.length).toBe(200);
    expect(pages.every((page) => page !== undefined && page >= 1 && page <= 6)).toBe(true);
  });
});

/** A PDF written by hand: one content stream per page, in Helvetica; `extra` goes into the catalogue, `trailer` into the trailer. */
function pdfOf(
  pages: readonly string[],
  { extra = '', trailer = '', objects = [] as readonly string[] } = {},
): Uint8Array {
  const kids = pages.map((_, index) => `${5 + index * 2} 0 R`).join(' ');
  const bodies = [
    `<< /Type /Catalog /Pages 2 0 R ${extra} >>`,
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    '<< >>',
    ...pages.flatMap((content, index) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${6 + index * 2} 0 R >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    ]),
    ...objects,
  ];
  let text = '%PDF-1.7\n';
  const offsets = bodies.map((body, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const xref = text.length;
  text += `xref\n0 ${bodies.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${bodies.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${xref}\n%%EOF\n`;
  return new TextEncoder().encode(text);
}

const words = (text: string, x = 60, y = 700, before = ''): string =>
  `${before} BT /F1 12 Tf ${x} ${y} Td (${text}) Tj ET`;
/** A table of one row with two cells and a text in the second. */
const table = (text: string): string =>
  `50 600 m 350 600 l S 50 630 m 350 630 l S 50 600 m 50 630 l S 200 600 m 200 630 l S 350 600 m 350 630 l S ${words('Label', 60, 610)} ${text}`;

async function documentOf(
  bytes: Uint8Array,
): Promise<{ texts: readonly string[]; notices: readonly string[]; doubts: readonly string[] }> {
  const document = await pdfDocument(bytes);
  if (isRefusal(document)) throw new Error(document.refused);
  const cells = document.blocks.flatMap((block) => (block.kind === 'table' ? block.rows.flat() : []));
  return {
    texts: document.blocks.flatMap((block) =>
      block.kind === 'paragraph' ? [block.text] : block.rows.flat().map(({ text }) => text),
    ),
    notices: document.notices.map(({ code }) => code),
    doubts: cells.flatMap(({ doubt }) => (doubt === undefined ? [] : [doubt.en])),
  };
}

async function refusalOf(bytes: Uint8Array): Promise<string> {
  const document = await withinCopies(sample, 40_000, () => pdfDocument(bytes));
  return isRefusal(document) ? document.refused : 'read';
}

describe('what a page shows', () => {
  it.each([
    ['white words', words('Secret 999', 60, 700, '1 1 1 rg'), 'hidden_text'],
    ['words beyond the edge', words('Secret 999', -300), 'hidden_text'],
    ['words that are not painted', words('Secret 999', 60, 700, '3 Tr'), 'hidden_text'],
    ['words under a later surface', `${words('Secret 999')} 1 1 1 rg 50 690 200 30 re f`, 'hidden_text'],
  ])('does not hold %s', async (_what, content, notice) => {
    const { texts, notices } = await documentOf(pdfOf([`${content} 0 Tr 0 g ${words('Seen', 60, 500)}`]));
    expect(texts).toEqual(['Seen']);
    expect(notices).toContain(notice);
  });

  it('is a figure in its cell', async () => {
    const { texts, doubts } = await documentOf(pdfOf([table(words('1234', 210, 610))]));
    expect(texts).toEqual(['Label', '1234']);
    expect(doubts).toEqual([]);
  });

  it.each([
    ['a figure across the border', words('12345678', 177, 610), 'crosses'],
    ['a figure parted by the border', words('12345678', 180, 610), 'crosses'],
    ['figures on each other', `${words('12', 210, 610)} ${words('34', 211, 610)}`, 'overlap'],
    ['digits on two lines', `${words('12', 210, 617)} ${words('34', 210, 603)}`, 'two lines'],
  ])('is in doubt with %s', async (_what, content, expected) => {
    const { doubts } = await documentOf(pdfOf([table(content)]));
    expect(doubts.join()).toContain(expected);
  });
});

describe('paragraphs', () => {
  const line = (text: string, y: number, x = 60): string => words(text, x, y);
  const wrapped = 'a'.repeat(70);

  it('of one line each stay apart on a page where every line is indented', async () => {
    const first = [line(wrapped, 700, 84), line('and its end', 680), line('short', 660, 84)].join(' ');
    const second = [line('b'.repeat(30), 700, 84), line('c'.repeat(30), 680, 84)].join(' ');
    const { texts } = await documentOf(pdfOf([first, second]));
    expect(texts).toEqual([`${wrapped} and its end`, 'short', 'b'.repeat(30), 'c'.repeat(30)]);
  });

  it('of one line each stay apart on a page where no line is as wide as elsewhere', async () => {
    const second = [line('b'.repeat(30), 700), line('c'.repeat(30), 680)].join(' ');
    const { texts } = await documentOf(pdfOf([[line(wrapped, 700), line('its end', 680)].join(' '), second]));
    expect(texts).toEqual([`${wrapped} its end`, 'b'.repeat(30), 'c'.repeat(30)]);
  });

  it('go on over lines on pages whose margins alternate', async () => {
    const page = (x: number): string => [line(wrapped, 700, x), line('its end', 680, x)].join(' ');
    const { texts } = await documentOf(pdfOf([page(60), page(78)]));
    expect(texts).toEqual([`${wrapped} its end`, `${wrapped} its end`]);
  });
});

describe('a hostile or broken PDF', () => {
  it.each([
    ['no page', pdfOf([]), 'scanned_file'],
    ['pages without text', pdfOf(['50 50 200 200 re f']), 'scanned_file'],
    ['400 pages', pdfOf(Array.from({ length: 400 }, () => words('x'))), 'oversized_document'],
    ['rubbish after its name', new TextEncoder().encode('%PDF-1.7\nrubbish'), 'broken_file'],
    [
      'a password',
      pdfOf([words('x')], {
        trailer: `/ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /O <${'00'.repeat(32)}> /U <${'00'.repeat(32)}> /P -4 >>`,
      }),
      'encrypted_file',
    ],
  ])('with %s is refused', async (_what, bytes, code) => {
    expect(await refusalOf(bytes)).toBe(code);
  });

  it('cut off anywhere is refused or says no figure that is not there', async () => {
    const whole = readFileSync(at('form-2019.pdf'));
    for (const share of [0.2, 0.5, 0.8, 0.95]) {
      const reading = await readReportFile(whole.subarray(0, Math.floor(whole.length * share)));
      if (isRefusal(reading)) continue;
      const right = new Map((essence(sampleReading.report) as { cells: [string, string][] }).cells);
      for (const [id, value] of (essence(reading.report) as { cells: [string, string][] }).cells)
        if (/\d/.test(value)) expect(value).toBe(right.get(id));
    }
  });

  it('asks nobody and runs nothing', async () => {
    let asked = 0;
    const canary = createServer((_request, response) => {
      asked += 1;
      response.end();
    });
    await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(canary.address() as AddressInfo).port}/`;
    const extra = `/OpenAction << /S /JavaScript /JS (app.launchURL\\("${url}"\\)) >> /AA << /O << /S /URI /URI (${url}) >> >>`;
    const { texts } = await documentOf(pdfOf([words('Seen')], { extra }));
    expect(texts).toEqual(['Seen']);
    expect(asked).toBe(0);
    await new Promise((resolve) => canary.close(resolve));
  });
});
