import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { AnnualReport } from '#report/model';
import { chromiumPath } from '../../scripts/chromium.mjs';
import { overflow, shoot, smallTargets, violations } from '../support/console-looks.js';
import { MARKUP } from '../support/hostile-texts.js';
import { releaseYear, sealYear } from '../support/many-reports.js';
import { ORGAN, PublicationWorld } from '../support/publication-world.js';

/** Every hostile text, each in a paragraph with a word that finds it. */
const hostile = (report: AnnualReport): AnnualReport => ({
  ...report,
  title: `${report.title}${MARKUP[0]}`,
  chapters: report.chapters.map((one, index) => ({
    ...one,
    paragraphs: MARKUP.filter((_, at) => at % report.chapters.length === index).map(
      (text) => `黄金海岸${text}黄金海岸`,
    ),
    ...(one.tableAt === undefined ? {} : { tableAt: 0 }),
  })),
});

let world: PublicationWorld;
let browser: Browser;
beforeAll(async () => {
  world = await PublicationWorld.open();
  // One report would run if it could.
  for (const year of [2020, 2021]) await releaseYear(world, await sealYear(world, year));
  await releaseYear(world, await sealYear(world, 2022, hostile));
  await world.publisher().drain();
  browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

/** Looked at in the English frame too; the other answers differ from these in a sentence. */
const BOTH: readonly string[] = [
  'asked nothing',
  'found',
  'too short',
  'the front page',
  'the data page',
  'corrections',
  'check',
  'comparison',
  'an organ',
  'accessibility',
  'not there',
];
const SEARCH = '/xxgk/ndbg/search/';
const asking = (q: string): string => `${SEARCH}?q=${encodeURIComponent(q)}`;

/** Opens an address and answers the page with whatever it said, asked for or ran. */
async function open(path: string, width = 1280, javaScriptEnabled = true): Promise<{ page: Page; noise: string[] }> {
  const context = await browser.newContext({ viewport: { width, height: 800 }, javaScriptEnabled });
  const page = await context.newPage();
  const noise: string[] = [];
  page.on('dialog', (dialog) => {
    noise.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(world.origin)) noise.push(`request ${request.url()}`);
  });
  page.on('console', (message) => {
    if (/Refused|Content Security/.test(message.text())) noise.push(message.text());
  });
  await page.goto(`${world.origin}${path}`);
  return { page, noise };
}

describe('the search page in a browser', () => {
  it('is asked and read without any script', async () => {
    const { page } = await open('/xxgk/ndbg/', 1280, false);
    await page.locator('nav.menu').getByText('全文搜索').click();
    await page.getByLabel('要找的词').fill('营商环境');
    await page.getByRole('button', { name: '搜索' }).click();
    expect(await page.locator('h1').textContent()).toBe('“营商环境”的搜索结果');
    expect(await page.locator('.reports > li').count()).toBe(2);
    expect(await page.locator('.reports mark').first().textContent()).toBe('营商环境');
    await page.getByLabel('年度').selectOption('2021');
    await page.getByRole('button', { name: '搜索' }).click();
    expect(await page.locator('.reports > li').count()).toBe(1);
    await page.locator('.hits a').first().click();
    expect(page.url()).toBe(`${world.origin}/xxgk/ndbg/${ORGAN}/2021/#chapter-1`);
    await page.goto(`${world.origin}${asking('无此内容')}`);
    expect(await page.locator('[role=status]').textContent()).toContain('依申请公开');
    await page.context().close();
  }, 60_000);

  it('is led to from rows whose parts stand equally far from the dots between them', async () => {
    for (const [path, width] of [
      ['/xxgk/ndbg/', 1280],
      ['/en/xxgk/ndbg/', 320],
    ] as const) {
      const { page } = await open(path, width);
      const gap = await page
        .locator('.reports p:has(time) a')
        .first()
        .evaluate((link) => {
          const range = document.createRange();
          range.selectNode(link.nextSibling!);
          const [text, own] = [range.getClientRects()[0], link.getBoundingClientRect()];
          return text === undefined || text.top > own.bottom ? 0 : text.left - own.right;
        });
      expect([path, gap]).toEqual([path, 0]);
      const [first, second] = await page.locator('.reports li').first().locator('p:not(:has(time)) a').all();
      const [before, after] = await Promise.all([first, second].map((one) => one!.boundingBox()));
      expect(after!.x - before!.x - before!.width).toBeGreaterThan(8);
      await page.context().close();
    }
  }, 60_000);

  it('runs nothing and fetches nothing, whatever stands in what was found or asked', async () => {
    const { page, noise } = await open(asking('黄金海岸'));
    for (const path of [`/en${asking('黄金海岸')}`, ...MARKUP.map((text) => asking(text.slice(0, 60)))]) {
      expect([page.url(), noise, await page.evaluate(() => (globalThis as { ran?: unknown }).ran)]).toEqual([
        page.url(),
        [],
        undefined,
      ]);
      await page.goto(`${world.origin}${path}`);
    }
    expect(noise).toEqual([]);
    await page.context().close();
  }, 120_000);

  it.each([
    ['asked nothing', SEARCH],
    ['found', asking('营商环境 行政许可')],
    ['found in hostile texts', asking('黄金海岸')],
    ['found nothing', asking('无此内容')],
    ['too short', asking('结')],
    ['the front page', '/xxgk/ndbg/'],
    ['the data page', '/data/'],
    ['corrections', '/corrections/'],
    ['check', '/check/'],
    ['comparison', `/xxgk/ndbg/${ORGAN}/2021/comparison.html`],
    ['an organ', `/xxgk/ndbg/${ORGAN}/`],
    ['accessibility', '/accessibility/'],
    ['not there', '/xxgk/ndbg/nobody/2020/'],
  ] as const)(
    'has no violation axe can find and nothing beside the screen, in both frames: %s',
    async (name, path) => {
      for (const frame of BOTH.includes(name) ? ['', '/en'] : [''])
        for (const width of [1280, 320]) {
          const { page } = await open(`${frame}${path}`, width);
          await shoot(page, `search-${name.replaceAll(/\W+/g, '-')}${frame.replace('/', '-')}-${width}`);
          expect(await violations(page)).toEqual([]);
          expect([name, frame, width, await overflow(page), await smallTargets(page, 24)]).toEqual([
            name,
            frame,
            width,
            0,
            [],
          ]);
          await page.context().close();
        }
    },
    120_000,
  );
});
