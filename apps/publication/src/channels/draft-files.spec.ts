import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '#domain/decision';
import { printedTables } from '#report/printed-tables';
import { readPlainText } from '#report/readers/plain-text';
import { reportBodyHtml } from '#report/writers/report-html';
import type { Parcel } from './channel.js';
import { type Covers, draftOf } from './draft-channel.js';
import { draftFiles } from './draft-files.js';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { MARKUP } from '../../../../test/support/hostile-texts.js';

const reading = readPlainText(readFileSync('samples/xiangyang-2020.txt', 'utf8'));
if (isRefusal(reading)) throw new Error(reading.refused);
const { report } = reading;

const parcel = (over: Partial<Parcel> = {}): Parcel => ({
  id: 'wechat.y.1',
  act: 'show',
  kind: 'publish',
  document: '00000000-0000-4000-8000-000000000003',
  case: '00000000-0000-4000-8000-000000000002',
  round: 1,
  edition: 1,
  organ: 'xiangyang',
  organName: '向阳区人民政府',
  year: 2020,
  title: report.title,
  content: 'c'.repeat(64),
  url: 'https://example.gov.cn/xxgk/ndbg/xiangyang/2020/',
  at: '2026-01-31T16:00:00.000Z',
  tree: { digest: 'a'.repeat(64), manifest: new Uint8Array(), files: [] },
  receipt: new Uint8Array(),
  report,
  notice: null,
  isCurrent: true,
  earlier: [],
  ...over,
});
const COVER = new Uint8Array([1, 2, 3]);
const covers: Covers = { cover: () => Promise.resolve({ bytes: COVER }) };
const failing = (code: string): Covers => ({ cover: () => Promise.resolve({ code, detail: '' }) });
const namesOf = (files: readonly { readonly name: string }[]): string[] => files.map(({ name }) => name);
const textOf = (of: Parcel, name: string): string =>
  draftFiles(of, COVER).find((file) => file.name === name)?.text ?? '';
const notice = {
  schema: 'sunward.notice/1',
  kind: 'correct',
  document: parcel().document,
  edition: 2,
  replaces: 1,
  reason: '数字颠倒 <重录>。',
  changes: null,
} as const;

describe('the draft of an article', () => {
  it('has the whole report as a fragment without anything the editor drops, and every figure in its cell', () => {
    const html = textOf(parcel(), '正文.html');
    expect(html).not.toMatch(/\s(?:class|id|data-\w+|style|headers|scope)=|<(?:section|div|script)/);
    expect(html).toContain('五、存在的主要问题');
    expect(html.match(/<table border="1">/g)).toHaveLength(printedTables(report).length);
    expect(html).toMatch(/<td colspan="\d+">|<th rowspan="\d+"/);
    const cells = (text: string): number => text.match(/<t[dh]\b/g)?.length ?? 0;
    expect(cells(html)).toBe(cells(reportBodyHtml(report)));
    expect(html).toContain('原文：https://example.gov.cn/xxgk/ndbg/xiangyang/2020/');
  });

  it('has a sheet for the other fields, within what the editor takes', () => {
    const sheet = textOf(parcel(), '封面单.txt');
    expect(sheet).toContain(`标题：${report.title}`);
    const abstract = /^摘要：(.*)$/m.exec(sheet)?.[1] ?? '';
    expect(Array.from(abstract).length).toBeLessThanOrEqual(128);
    expect(textOf(parcel({ title: '很'.repeat(40) }), '封面单.txt')).toContain('40 字，编辑器最多 32 字');
  });

  it('tells of a correction, escaped, and what to delete first', () => {
    const of = parcel({
      kind: 'correct',
      edition: 2,
      notice,
      earlier: [{ edition: 1, place: 'https://mp.weixin.qq.com/s/one' }],
    });
    expect(textOf(of, '正文.html')).toContain('更正说明：数字颠倒 &lt;重录&gt;。');
    expect(textOf(of, '封面单.txt')).toContain('先删除以前发的第 1 版：https://mp.weixin.qq.com/s/one');
  });

  it('of a withdrawal has no text, and says what to delete', () => {
    const of = parcel({
      act: 'withdraw',
      kind: 'withdraw',
      report: null,
      notice: { ...notice, kind: 'withdraw' },
      earlier: [{ edition: 1, place: 'https://mp.weixin.qq.com/s/one' }],
    });
    expect(namesOf(draftFiles(of, null))).toEqual(['封面单.txt']);
    expect(namesOf(draftFiles(of, COVER))).toEqual(['封面单.txt']);
    expect(textOf(of, '封面单.txt')).toContain('删除第 1 版的文章：https://mp.weixin.qq.com/s/one');
    expect(textOf(of, '封面单.txt')).not.toContain('五、存在的主要问题');
  });

  it('has a cover in base64, and its sheet says to take it; without one it says to take the organ’s own', async () => {
    const { files } = await draftOf(parcel(), covers);
    expect(namesOf(files)).toEqual(['正文.html', '正文.txt', '封面.png', '封面单.txt']);
    expect(files[2]).toEqual({ name: '封面.png', mediaType: 'image/png', encoding: 'base64', text: 'AQID' });
    expect(files[3]?.text).toContain('封面用“封面.png”（900×383）');
    const without = await draftOf(parcel(), failing('glyph_missing'));
    expect(namesOf(without.files)).toEqual(['正文.html', '正文.txt', '封面单.txt']);
    expect(without.files[2]?.text).toContain('选用单位统一的封面图');
  });

  it.each(['writer_gave_up', 'writer_closed'])('waits for another attempt when the cover is not made: %s', (code) =>
    expect(draftOf(parcel(), failing(code))).rejects.toMatchObject({ reason: 'source_not_ready' }),
  );

  it.each(MARKUP.map((text) => [text]))('is of words only, whatever stands in any of its texts: %s', (text) => {
    const chapters = report.chapters.map((one) => ({ ...one, title: text, paragraphs: [text, ...one.paragraphs] }));
    const hostile = { ...report, title: text, preface: text, chapters };
    const of = parcel({
      kind: 'correct',
      title: text,
      organName: text,
      report: hostile,
      notice: { ...notice, reason: text },
    });
    const found = new Set<string>();
    const look = (node: DefaultTreeAdapterTypes.Node): void => {
      if ('tagName' in node) found.add(node.tagName);
      if ('attrs' in node) for (const { name } of node.attrs) found.add(`@${name}`);
      if ('childNodes' in node) node.childNodes.forEach(look);
    };
    look(parse(textOf(of, '正文.html')));
    const plain = ['p', 'strong', 'table', 'thead', 'tbody', 'tr', 'td', 'th', 'h2', 'h3', 'caption', 'h1', 'br'];
    const mayStand = new Set(['html', 'head', 'body', ...plain, '@colspan', '@rowspan', '@border']);
    expect([...found].filter((one) => !mayStand.has(one))).toEqual([]);
  });

  it('has one entry a line on its sheet, so that no text passes for a step of its own', () => {
    const text = '年度报告\n□ 先把密码发给\u2028□ 某人\r\n□';
    const steps = (of: Parcel): number => textOf(of, '封面单.txt').match(/^□/gmu)?.length ?? 0;
    const over = { title: text, organName: text, earlier: [{ edition: 1, place: `https://x/${text}` }] };
    expect(steps(parcel(over))).toBe(steps(parcel({ earlier: [{ edition: 1, place: 'https://x/' }] })));
    const withdrawn = { act: 'withdraw', kind: 'withdraw', report: null } as const;
    const told = { ...withdrawn, notice: { ...notice, kind: 'withdraw', reason: text } } as const;
    expect(steps(parcel({ ...told, title: text, organName: text }))).toBe(steps(parcel({ ...told, notice: null })));
  });

  it('is the same bytes every time', async () => {
    const digestOf = async (of: Parcel): Promise<string> => (await draftOf(of, covers)).digest;
    expect(await digestOf(parcel())).toBe(await digestOf(parcel()));
    expect(await digestOf(parcel())).not.toBe(await digestOf(parcel({ edition: 2 })));
  });
});
