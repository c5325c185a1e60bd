import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { isRefusal, type Refusal } from '#domain/decision';
import { readPlainText } from '#report/readers/plain-text';
import type { ReportReading } from '#report/readers/read-report-document';
import { reportHtml } from '#report/writers/report-html';
import { withinCopies } from '../../../test/support/processor-work.js';
import { readReportFile } from './read-report-file.js';
import { reportDocx } from './writers/docx-writer.js';

const reading = readPlainText(readFileSync(new URL('../../../samples/xiangyang-2020.txt', import.meta.url), 'utf8'));
if (isRefusal(reading)) throw new Error('the sample is a report');
const sample = reading.report;

/** A clear refusal comes within a second; a slow machine gets five. */
/** Some five seconds of a quiet machine's processor. */
const SOON_COPIES = 40_000;
const MOST_GROWTH_BYTES = 150 * 1024 * 1024;

let docx: Record<string, Uint8Array>;
let requests = 0;
let canary: Server;
let canaryUrl: string;
beforeAll(async () => {
  docx = unzipSync(await reportDocx(sample));
  canary = createServer((_request, response) => {
    requests += 1;
    response.end();
  });
  await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve));
  canaryUrl = `http://127.0.0.1:${(canary.address() as AddressInfo).port}/canary`;
});
afterAll(() => {
  canary.close();
});

const DOCUMENT = 'word/document.xml';
const documentXml = (): string => new TextDecoder().decode(docx[DOCUMENT]);
const withDocument = (xml: string): Uint8Array => zipSync({ ...docx, [DOCUMENT]: strToU8(xml) });
const withParts = (parts: Record<string, Uint8Array>): Uint8Array => zipSync({ ...docx, ...parts });
const inBody = (xml: string): Uint8Array => withDocument(documentXml().replace('<w:body>', `<w:body>${xml}`));

async function refusalOf(bytes: Uint8Array): Promise<string> {
  const before = process.memoryUsage.rss();
  const read = await withinCopies(sample, SOON_COPIES, () => readReportFile(bytes));
  expect(process.memoryUsage.rss() - before).toBeLessThan(MOST_GROWTH_BYTES);
  return isRefusal(read) ? read.refused : 'read';
}
const noticesOf = (read: ReportReading | Refusal): string[] =>
  isRefusal(read) ? [read.refused] : read.findings.map(({ code }) => code);

/** Two entries of the directory that point at one and the same packed block. */
function overlapping(): Uint8Array {
  const bytes = zipSync({ 'a.xml': new Uint8Array(100_000), 'b.xml': new Uint8Array(100_000) });
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const directory: number[] = [];
  for (let at = 0; at + 4 < bytes.length; at += 1) if (view.getUint32(at, true) === 0x02014b50) directory.push(at);
  view.setUint32((directory[1] ?? 0) + 42, view.getUint32((directory[0] ?? 0) + 42, true), true);
  return bytes;
}

/** The directory says an entry is small; what comes out is not. */
function lyingSize(): Uint8Array {
  const bytes = zipSync({ ...docx, [DOCUMENT]: strToU8(documentXml() + ' '.repeat(200_000)) });
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  for (let at = 0; at + 46 < bytes.length; at += 1) {
    if (view.getUint32(at, true) !== 0x02014b50) continue;
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + view.getUint16(at + 28, true)));
    if (name === DOCUMENT) view.setUint32(at + 24, 1000, true);
  }
  return bytes;
}

describe('a package that is not what it seems', () => {
  it.each<[string, () => Uint8Array, string]>([
    ['a bomb of zeros', () => withParts({ 'word/media/zeros.bin': new Uint8Array(50_000_000) }), 'unsafe_package'],
    ['entries that share bytes', overlapping, 'unsafe_package'],
    [
      '100,000 empty entries',
      () => zipSync(Object.fromEntries(Array.from({ length: 60_000 }, (_, n) => [`e${n}`, new Uint8Array()]))),
      'unsafe_package',
    ],
    ['a size that lies', lyingSize, 'unsafe_package'],
    ['a name that climbs', () => withParts({ '../../etc/passwd': strToU8('x') }), 'broken_file'],
    ['an absolute name', () => withParts({ '/etc/passwd': strToU8('x') }), 'broken_file'],
    ['a name with a drive', () => withParts({ 'C:/x': strToU8('x') }), 'broken_file'],
    ['a name twice but for case', () => withParts({ 'Word/Document.xml': strToU8('<x/>') }), 'unsafe_package'],
    ['macros', () => withParts({ 'word/vbaProject.bin': strToU8('x') }), 'macro_file'],
    ['an old Office file', () => Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'old_office_file'],
    ['a picture', () => Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]), 'picture_file'],
    ['a PDF that is HTML as well', () => strToU8('%PDF-1.7\n<html><script>x</script>'), 'mixed_file'],
    ['a truncated package', () => withParts({}).subarray(0, 4000), 'broken_file'],
    ['nothing', () => new Uint8Array(), 'empty_file'],
  ])('%s', async (_name, make, refused) => {
    expect(await refusalOf(make())).toBe(refused);
  });
});

describe('XML that would reach further than its text', () => {
  const doctype = (subset: string): Uint8Array =>
    withDocument(documentXml().replace(/(<\?xml[^>]*\?>)?/, `$1<!DOCTYPE d [${subset}]>`));
  it.each<[string, () => Uint8Array]>([
    ['an outside entity', () => doctype(`<!ENTITY x SYSTEM "file:///etc/passwd">`)],
    ['a billion laughs', () => doctype(`<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">`)],
    ['an entity nobody declared', () => inBody('<w:p><w:r><w:t>&secret;</w:t></w:r></w:p>')],
    ['tables nested 10,000 deep', () => inBody('<w:tbl><w:tr><w:tc>'.repeat(10_000))],
    ['a part that ends in the middle', () => withDocument(documentXml().slice(0, 3000))],
  ])('%s is refused', async (_name, make) => {
    expect(await refusalOf(make())).toBe('broken_xml');
  });
});

describe('what a person would not see', () => {
  const run = (properties: string, text: string): string =>
    `<w:p><w:r><w:rPr>${properties}</w:rPr><w:t>${text}</w:t></w:r></w:p>`;

  it.each([
    ['hidden', '<w:vanish/>'],
    ['white', '<w:color w:val="FFFFFF"/>'],
    ['tiny', '<w:sz w:val="2"/>'],
  ])('%s text is not read, and reported as an error', async (_name, properties) => {
    const read = await readReportFile(inBody(run(properties, '本年度收费九千元。')));
    expect(JSON.stringify(isRefusal(read) ? read : read.report)).not.toContain('九千元');
    expect(isRefusal(read) ? [] : read.findings.filter(({ code }) => code === 'hidden_text')).toMatchObject([
      { severity: 'E' },
    ]);
  });

  const tracked =
    '<w:p><w:r><w:t>共</w:t></w:r><w:ins w:id="1"><w:r><w:t>新</w:t></w:r></w:ins><w:del w:id="2"><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>';
  it('tracked changes wait for a person, who accepts or rejects them', async () => {
    const read = await readReportFile(inBody(tracked));
    expect(read).toMatchObject({ refused: 'tracked_changes', data: { insertions: 1, deletions: 1 } });
    for (const [changes, kept, dropped] of [
      ['accept', '共新', '旧'],
      ['reject', '共旧', '新'],
    ] as const) {
      const decided = await readReportFile(inBody(tracked), { changes });
      const ignored = isRefusal(decided) ? [] : decided.findings.filter(({ code }) => code === 'text_above_title');
      expect(ignored.map(({ original }) => original).join()).toContain(kept);
      expect(ignored.map(({ original }) => original).join()).not.toContain(dropped);
    }
  });

  it('nothing outside the file is asked for', async () => {
    const relations = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="x1" Type="http://x/image" Target="${canaryUrl}" TargetMode="External"/><Relationship Id="x2" Type="http://x/attachedTemplate" Target="${canaryUrl}" TargetMode="External"/></Relationships>`;
    const field = `<w:p><w:r><w:instrText>INCLUDEPICTURE "${canaryUrl}"</w:instrText></w:r></w:p>`;
    const bytes = zipSync({ ...unzipSync(inBody(field)), 'word/_rels/document.xml.rels': strToU8(relations) });
    expect(noticesOf(await readReportFile(bytes))).toEqual(expect.arrayContaining(['external_links', 'active_fields']));
    const page = `${reportHtml(sample)}<img src="${canaryUrl}"><iframe src="${canaryUrl}"></iframe><script src="${canaryUrl}"></script>`;
    expect(noticesOf(await readReportFile(strToU8(page)))).toEqual(
      expect.arrayContaining(['pictures', 'external_links', 'scripts']),
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(requests).toBe(0);
  });

  it('hidden parts of a page are not read', async () => {
    const page = reportHtml(sample).replace('</p>', '</p><p style="display:none">实际收费九千元</p>');
    const read = await readReportFile(strToU8(page));
    expect(JSON.stringify(isRefusal(read) ? read : read.report)).not.toContain('九千元');
    expect(noticesOf(read)).toContain('hidden_text');
  });
});

describe('a page of a size nobody writes', () => {
  it.each<[string, () => string]>([
    ['10,000 levels', () => '<div>'.repeat(10_000)],
    ['600,000 elements', () => `<html><body>${'<b></b>'.repeat(600_000)}`],
  ])('%s is refused', async (_name, make) => {
    expect(await refusalOf(strToU8(make()))).toBe('oversized_document');
  });
});

describe('a damaged table', () => {
  const cells = [...reportHtml(sample).matchAll(/<td[^>]*>[^<]*<\/td>/g)].map(({ 0: text, index }) => ({
    text,
    index,
  }));
  const figures = (read: ReportReading | Refusal): Map<string, string | null> =>
    new Map(
      isRefusal(read)
        ? []
        : Object.values(read.report.tables).flatMap((table) =>
            Object.entries(table).map(([id, cell]) => [id, cell.state === 'value' ? cell.value : null] as const),
          ),
    );
  const before = figures({ report: sample, findings: [], passages: [], sources: {} });

  it.each([0, 5, 40, 41, 47, 100, 160, 190, 197])(
    'with cell %d missing gives no figure of another cell',
    async (index) => {
      const html = reportHtml(sample);
      const cell = cells[index];
      if (cell === undefined) throw new Error(`no cell ${index}`);
      const after = figures(
        await readReportFile(strToU8(html.slice(0, cell.index) + html.slice(cell.index + cell.text.length))),
      );
      const wrong = [...after].filter(([id, value]) => value !== null && before.get(id) !== value);
      expect(wrong).toEqual([]);
      expect([...after].filter(([, value]) => value === null).length).toBeGreaterThan(0);
    },
  );
});
