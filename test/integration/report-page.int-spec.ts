import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { extractText, getDocumentProxy } from 'unpdf';
import { renderComparisonPage } from '../../apps/publication/src/pages/comparison.page.js';
import { renderReportPage } from '../../apps/publication/src/pages/report.page.js';
import { renderReportText } from '../../apps/publication/src/pages/report-text.page.js';
import { findPageDefect } from '../../apps/publication/src/publish/page-figures.js';
import { readPage, stylesOf } from '../../apps/publication/src/publish/page-reading.js';
import { styleHash } from '../../apps/publication/src/site/proven-pages.js';
import { policyOf } from '../../apps/publication/src/site/site-answers.js';
import { isRefusal } from '#domain/decision';
import { nodeCrypto } from '#evidence/node-crypto';
import { type EditionDocument, parseEdition } from '#report/edition';
import type { AnnualReport } from '#report/model';
import type { PublicNotice } from '#report/notice/public-notice';
import { chromiumPath } from '../../scripts/chromium.mjs';
import { FORMULAS, MARKUP } from '../support/hostile-texts.js';
import { pageFacts } from '../support/page-facts.js';
import { sampleEdition } from '../support/publication-world.js';

const facts = pageFacts({
  identity: { name: '向阳区人民政府网', idCode: '2308030001', contact: null },
  derived: [
    { name: 'report.csv', digest: 'c'.repeat(64), sizeBytes: 20_000 },
    { name: 'report.docx', digest: 'e'.repeat(64), sizeBytes: 20_000 },
    { name: 'report.pdf', digest: 'd'.repeat(64), sizeBytes: 200_000 },
  ],
});

let server: Server;
let browser: Browser;
let origin: string;
const served = new Map<string, Uint8Array>();

/** Serves a page under the policy the site gives it; answers its address. */
function serve(bytes: Uint8Array): string {
  const path = `/${served.size}`;
  served.set(path, bytes);
  return `${origin}${path}`;
}

beforeAll(async () => {
  server = createServer((request, response) => {
    const bytes = served.get(request.url ?? '');
    if (bytes === undefined) return response.writeHead(404).end();
    const styles = stylesOf(readPage(bytes)).map((text) => styleHash(text, nodeCrypto));
    response.setHeader('content-security-policy', policyOf({ styles }));
    return response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
}, 60_000);
afterAll(async () => {
  await browser?.close();
  server?.close();
});

async function sample(change: (report: AnnualReport) => AnnualReport = (same) => same): Promise<EditionDocument> {
  const edition = parseEdition(await sampleEdition(1, change));
  if (isRefusal(edition)) throw new Error(edition.refused);
  return edition;
}

const pageOf = (edition: EditionDocument, language: 'zh' | 'en' = 'zh'): Uint8Array =>
  renderReportPage(edition, facts, renderReportText(edition.report), language);

/** Opens a page and answers it with everything it asked for or complained of. */
async function open(url: string, size = { width: 1280, height: 900 }): Promise<{ page: Page; noise: string[] }> {
  const context = await browser.newContext({ viewport: size });
  const page = await context.newPage();
  const noise: string[] = [];
  page.on('dialog', (dialog) => {
    noise.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    if (!message.text().includes('favicon') && !message.location().url.endsWith('/favicon.ico'))
      noise.push(`console ${message.text()}`);
  });
  page.on('request', (request) => {
    if (request.url() !== url && !request.url().endsWith('/favicon.ico')) noise.push(`request ${request.url()}`);
  });
  await page.goto(url);
  return { page, noise };
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { axe: here } = globalThis as unknown as { axe: typeof axe };
    const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations: all } = await here.run(document, { runOnly: { type: 'tag', values } });
    return all.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map(({ html }) => html)
          .join(' | ')
          .slice(0, 300)}`,
    );
  });
  return found;
}

describe('the page of a report in a browser', () => {
  it('lets nothing run and nothing be fetched, whatever stands in any of its texts', async () => {
    const all = [...MARKUP, ...FORMULAS];
    const hostile = await sample((report) => ({
      ...report,
      preface: all.join('\n'),
      chapters: report.chapters.map((chapter, index) => ({
        ...chapter,
        title: all[index] ?? chapter.title,
        paragraphs: all,
        ...(chapter.tableAt === undefined ? {} : { tableAt: 0 }),
      })),
      tables: Object.fromEntries(
        Object.entries(report.tables).map(([id, cells]) => [
          id,
          Object.fromEntries(
            Object.keys(cells).map((cell, index) => [
              cell,
              { state: 'unreadable' as const, original: all[index % all.length] ?? '' },
            ]),
          ),
        ]),
      ),
    }));
    const everything = all.join('\n');
    const bytesOf = (text: string, report: AnnualReport): Uint8Array[] => {
      const edition = {
        ...hostile,
        organ: { ...hostile.organ, name: text },
        report: { ...report, title: text, organName: text },
      };
      const notice = {
        schema: 'sunward.notice/1',
        kind: 'correct',
        document: edition.document,
        edition: 1,
        replaces: 1,
        reason: text,
        changes: { cells: [], texts: [{ place: 'preface', name: text, before: text, after: text }] },
      } as unknown as PublicNotice;
      const plain = pageOf(edition);
      expect(findPageDefect(readPage(plain), edition.report)).toBeNull();
      const told = renderReportPage(edition, { ...facts, kind: 'correct', notice }, renderReportText(edition.report));
      return [plain, told, pageOf(edition, 'en'), renderComparisonPage(edition, [edition])];
    };
    const pages = [
      ...bytesOf(everything, hostile.report),
      ...MARKUP.flatMap((text) => {
        const chapters = hostile.report.chapters.map((chapter) => ({ ...chapter, title: text, paragraphs: [text] }));
        return bytesOf(text, { ...hostile.report, preface: text, chapters }).slice(1, 2);
      }),
    ];
    for (const bytes of pages) {
      const { page, noise } = await open(serve(bytes));
      expect(noise).toEqual([]);
      expect(await page.evaluate(() => (globalThis as { ran?: unknown }).ran)).toBeUndefined();
      await page.context().close();
    }
  }, 240_000);

  it.each([
    ['normal', []],
    ['largest type', ['size-c']],
    ['high contrast', ['contrast-b']],
    ['both', ['size-c', 'contrast-b']],
  ] as const)(
    'has no violation axe can find: %s, wide and 320 px, both frames, and the comparison',
    async (_name, switches) => {
      const edition = await sample();
      const pages = [
        pageOf(edition),
        pageOf(edition, 'en'),
        renderComparisonPage(edition, [{ ...edition, year: 2019 }]),
      ];
      for (const bytes of pages)
        for (const width of [1280, 320]) {
          const { page } = await open(serve(bytes), { width, height: 700 });
          for (const id of switches) await page.locator(`#${id}`).check();
          expect(await violations(page)).toEqual([]);
          const reflow = await page.evaluate(() => document.scrollingElement?.scrollWidth ?? 0);
          expect([width, reflow <= width]).toEqual([width, true]);
          await page.context().close();
        }
    },
    120_000,
  );

  it('changes size and contrast without any script, and scrolls its tables by keyboard', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
    const page = await context.newPage();
    await page.goto(serve(pageOf(await sample())));
    const before = (await page.locator('h1').boundingBox())?.height ?? 0;
    await page.getByText('特大').click();
    expect((await page.locator('h1').boundingBox())?.height).toBeGreaterThan(before);
    await page.getByText('高对比').click();
    const cell = page.locator('[data-cell="t3.1.total"]');
    const right = (await cell.boundingBox())?.x ?? 0;
    await page.locator('.scroll', { has: cell }).focus();
    for (let step = 0; step < 5; step += 1) await page.keyboard.press('ArrowRight');
    await page.waitForTimeout(500);
    expect((await cell.boundingBox())?.x).toBeLessThan(right);
    await context.close();
  }, 60_000);

  it('keeps the name of a row in sight on a phone while its figures are scrolled through', async () => {
    const { page } = await open(serve(pageOf(await sample())), { width: 320, height: 640 });
    for (const id of ['t3.4.total', 't3.3.3.8.total']) {
      const cell = page.locator(`[data-cell="${id}"]`);
      const row = page.locator('tr', { has: cell }).locator('th[scope=row]');
      const region = page.locator('.scroll', { has: cell });
      await region.evaluate((element) => (element.scrollLeft = element.scrollWidth));
      const [figure, name, frame] = await Promise.all([cell, row, region].map((one) => one.boundingBox()));
      if (!figure || !name || !frame) throw new Error('nothing to see');
      expect([id, name.x >= frame.x - 1, name.x + name.width <= figure.x + 1]).toEqual([id, true, true]);
    }
    await page.context().close();
  }, 60_000);

  it.each(['size-a', 'size-b', 'size-c'])(
    'covers no figure by the name of its row, breaks no word of its title and no index number, on a phone: %s',
    async (size) => {
      const { page } = await open(serve(pageOf(await sample())), { width: 320, height: 640 });
      await page.locator(`#${size}`).check();
      for (const id of ['t3.1.natural-person', 't3.4.total', 't3.3.3.8.total']) {
        const covered = await page.locator(`[data-cell="${id}"]`).evaluate((cell) => {
          cell.scrollIntoView({ block: 'center', inline: 'end' });
          const { left, right, top, bottom } = cell.getBoundingClientRect();
          const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
          return over === cell ? null : over?.textContent;
        });
        expect([id, covered]).toEqual([id, null]);
      }
      const [before, statutory] = await page.locator('h1 span').all();
      expect(await statutory!.textContent()).toBe('政府信息公开工作年度报告');
      const [above, below] = await Promise.all([before, statutory].map((one) => one!.boundingBox()));
      expect(below!.y).toBeGreaterThanOrEqual(above!.y + above!.height);
      const lines = await page
        .locator('dl.facts dd')
        .first()
        .evaluate((index) => {
          const range = document.createRange();
          range.selectNodeContents(index);
          return range.getClientRects().length;
        });
      expect(lines).toBe(1);
      await page.context().close();
    },
    60_000,
  );

  it('shows the head of a table as it is while rows pass beneath it', async () => {
    const { page } = await open(serve(pageOf(await sample())), { width: 1280, height: 500 });
    const head = page.locator('table[data-table=t3] thead');
    await page.locator('.scroll', { has: head }).evaluate((element) => element.scrollIntoView());
    const looks = async (): Promise<string> => (await head.screenshot()).toString('base64');
    const before = await looks();
    await page.locator('.scroll', { has: head }).evaluate((element) => (element.scrollTop = 300));
    expect(await looks()).toBe(before);
    await page.context().close();
  }, 60_000);

  it('prints each table on one page, with its caption', async () => {
    for (const lines of [0, 4, 8, 12, 16, 20]) {
      const more = Array.from({ length: lines }, (_, at) => `第${at}行。`);
      const edition = await sample((report) => ({
        ...report,
        chapters: report.chapters.map((chapter, at) =>
          at === 0 ? { ...chapter, paragraphs: [...chapter.paragraphs, ...more] } : chapter,
        ),
      }));
      const { page } = await open(serve(pageOf(edition)));
      const { text } = await extractText(await getDocumentProxy(new Uint8Array(await page.pdf({ format: 'A4' }))));
      // Fonts give some characters as radicals that look the same.
      const pages = text.map((one) => one.normalize('NFKC').replace(/\s/g, ''));
      const pageOfText = (wanted: string): number => pages.findIndex((one) => one.includes(wanted));
      for (const [caption, last] of [
        ['申请情况(表)', '结转下年度继续办理'],
        ['行政诉讼情况(表)', '复议后起诉'],
      ] as const) {
        const at = pageOfText(caption);
        expect(at).toBeGreaterThanOrEqual(0);
        expect([lines, caption, pages[at]]).toEqual([lines, caption, expect.stringContaining(last)]);
      }
      // No heading stands alone at the foot of a page, and every page says which of them it is.
      expect([lines, pages[pageOfText('如何核验')]]).toEqual([lines, expect.stringContaining('任何人都可以自行核对')]);
      expect([lines, pages.map((one, at) => one.startsWith(`${at + 1}/${pages.length}`))]).toEqual([
        lines,
        pages.map(() => true),
      ]);
      // The only row of table 4 stands under its head.
      const heads = pages[pageOfText('行政诉讼情况(表)')] ?? '';
      expect([lines, heads.split('总计').at(-1)]).toEqual([lines, expect.stringMatching(/^(?:\d+){1,}/)]);
      await page.context().close();
    }
  }, 120_000);

  it('says how to cite this very edition, in either frame', async () => {
    const own = '/xxgk/ndbg/xiangyang/2020/v1/';
    for (const language of ['zh', 'en'] as const) {
      const { page } = await open(serve(pageOf(await sample(), language)));
      const cited = page.locator('section', { has: page.locator('#cite') });
      expect(await cited.textContent()).toContain(
        `向阳区人民政府. 向阳区2020年政府信息公开工作年度报告（第1版）[EB/OL]. (2026-01-26)[查阅日期]. http://localhost:3080${own}.`,
      );
      expect(await cited.locator(`a[href="${own}"]`).count()).toBe(1);
      await page.context().close();
    }
  }, 60_000);

  it('prints with its address, edition and digest', async () => {
    const { page } = await open(serve(pageOf(await sample())));
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(await page.pdf({ format: 'A4' }))), {
      mergePages: true,
    });
    const bare = text.replace(/\s/g, '');
    expect(bare).toContain('http://localhost:3080/xxgk/ndbg/xiangyang/2020/·第1版·SHA-256aaaa');
    expect(bare).not.toContain('特大');
    await page.context().close();
  }, 60_000);

  it('stays under 60 kB, and says to machines what government sites must', async () => {
    const bytes = pageOf(await sample());
    expect(bytes.byteLength).toBeLessThan(60 * 1024);
    const { page } = await open(serve(bytes));
    const content = (name: string): Promise<string | null> =>
      page.locator(`meta[name="${name}"]`).getAttribute('content');
    expect(
      await Promise.all(
        ['SiteName', 'SiteDomain', 'SiteIDCode', 'ColumnName', 'PubDate', 'ContentSource', 'Url'].map(content),
      ),
    ).toEqual([
      '向阳区人民政府网',
      'localhost',
      '2308030001',
      '政府信息公开年报',
      '2026-01-26 09:00',
      '向阳区人民政府',
      'http://localhost:3080/xxgk/ndbg/xiangyang/2020/',
    ]);
    const data = JSON.parse((await page.locator('script[type="application/ld+json"]').textContent()) ?? '') as {
      name: string;
      distribution: { encodingFormat: string; contentUrl: string }[];
    };
    expect(data.name).toBe(await page.locator('h1').textContent());
    const own = 'http://localhost:3080/xxgk/ndbg/xiangyang/2020/';
    expect(data.distribution.map(({ encodingFormat, contentUrl }) => [contentUrl, encodingFormat])).toEqual([
      [`${own}report.csv`, 'text/csv'],
      [`${own}report.docx`, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
      [`${own}report.pdf`, 'application/pdf'],
      [`${own}report.json`, 'application/json'],
    ]);
    await page.context().close();
  }, 60_000);
});
