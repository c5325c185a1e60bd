import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '#domain/decision';
import { readPlainText } from '#report/readers/plain-text';
import { pdfInputOf } from './pdf-input.js';
import { reportPdf } from './pdf-writer.js';
import { GlyphMissing } from './typesetter.js';

const reading = readPlainText(readFileSync(new URL('../../../../samples/xiangyang-2020.txt', import.meta.url), 'utf8'));
if (isRefusal(reading)) throw new Error('the sample must be readable');
const sample = reading.report;
const source = { edition: 1, content: '0123456789abcdef'.repeat(4) };
const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

describe('the PDF', () => {
  it('is the same bytes for the same report, a second later too', async () => {
    const first = reportPdf(sample, source);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(Buffer.compare(reportPdf(structuredClone(sample), source), first)).toBe(0);
  });

  it('is tagged, names its language, its title, the standard it keeps, and no time', () => {
    const pdf = latin1(reportPdf(sample, source));
    expect(pdf).toContain('/MarkInfo');
    expect(pdf).toContain('/StructTreeRoot');
    expect(pdf).toContain('/Lang (zh-CN)');
    expect(pdf).toContain('pdfuaid:part');
    expect(pdf).not.toMatch(/CreationDate|ModDate|CreateDate|ModifyDate/);
    // A4 in points, and its faces inside.
    expect(pdf).toMatch(/\/MediaBox \[0 0 595\.\d+ 841\.\d+\]/);
    expect(pdf.match(/\/FontFile2/g)?.length).toBe(2);
    expect(pdf).not.toMatch(/\/(?:JavaScript|JS|OpenAction|AA|Launch|EmbeddedFile)\b/);
  });

  it.each(['𠮷', '😀', '龘', '\u0e01'])('refuses %s, for which no face has a glyph, by name', (character) => {
    expect(() => reportPdf({ ...sample, preface: `统计期限${character}` }, source)).toThrow(GlyphMissing);
    expect(() => reportPdf({ ...sample, preface: `统计期限${character}` }, source)).toThrow(character);
  });

  it.each(['镕', '旸', '祎', 'é', '①', '㎡', '％', '①②'])('has %s', (text) => {
    expect(latin1(reportPdf({ ...sample, preface: text }, source))).toContain('%PDF-1.7');
  });

  it.each([
    '#import "@preview/x"; #panic()',
    '#read("/etc/passwd")',
    '*bold* _it_ = heading',
    '$ x^2 $ \\ #sys.inputs',
    '"] #let x = 1 [',
    '</script>',
  ])('sets %j as the text it is', (text) => {
    const input = pdfInputOf({ ...sample, preface: text, title: text }, source);
    expect([input.title, input.preface[0]?.text]).toEqual([text, text]);
    expect(() => reportPdf({ ...sample, preface: text, title: text, organName: text }, source)).not.toThrow();
  });
});
