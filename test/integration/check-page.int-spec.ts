import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { chromiumPath } from '../../scripts/chromium.mjs';
import { PATH, PublicationWorld } from '../support/publication-world.js';

let world: PublicationWorld;
let browser: Browser;
let folder: string;
beforeAll(async () => {
  world = await PublicationWorld.open();
  await world.release(await world.seal());
  await world.publisher().drain();
  folder = await mkdtemp(join(tmpdir(), 'sunward-check-'));
  for (const name of ['evidence.zip', 'evidence.json', 'report.json']) await keep(name, `${PATH}${name}`);
  await keep('check.html', '/check/');
  browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await world?.close();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

async function keep(name: string, path: string): Promise<void> {
  await writeFile(join(folder, name), Buffer.from(await (await world.get(path)).arrayBuffer()));
}

let context: BrowserContext;
let page: Page;
let complaints: string[];
async function openPage(url: string, options: { offline?: boolean } = {}): Promise<void> {
  context = await browser.newContext(options);
  page = await context.newPage();
  complaints = [];
  page.on('console', (message) => {
    // A file that is not there yet, like a proof of inclusion, is asked for and not missed.
    if (message.type() === 'error' && !message.text().includes('status of 404')) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(url);
}
afterEach(() => context?.close());

const headline = async (): Promise<string> => (await page.locator('#result h2').textContent({ timeout: 20_000 })) ?? '';
const result = async (): Promise<string> => (await page.locator('#result').textContent()) ?? '';

async function paste(address: string): Promise<void> {
  await page.fill('#address', address);
  await page.click('#by-address button');
}

describe('the check page', () => {
  beforeEach(() => openPage(`${world.origin}/check/`));

  it('says of a pasted address who signed what when, and that each figure of the page is a signed one', async () => {
    await paste(`${world.origin}${PATH}`);
    expect(await headline()).toContain('已证实');
    const said = await result();
    expect(said).toContain('5 个签批齐全');
    expect(said).toContain('All 5 signatures the route requires are there');
    expect(said).toContain('页面上的 198 个数字与所签逐一相同');
    expect(await page.locator('.seats li').allTextContents()).toEqual(
      expect.arrayContaining([expect.stringMatching(/principal@xiangyang · 2026-01-20 09:00:50/)]),
    );
    expect(await page.evaluate(() => globalThis.document?.activeElement?.tagName)).toBe('H2');
    expect(complaints).toEqual([]);
  });

  it('finds the figure a reader asks for, and says when none was signed', async () => {
    await paste(PATH);
    await headline();
    await page.fill('#figure', '新收');
    expect(await page.locator('#found').textContent()).toMatch(/^\d+ 个，都在签批范围内/);
    await page.fill('#figure', '123456789');
    expect(await page.locator('#found').textContent()).toContain('所签数字中没有');
    expect(await page.locator('#result tr:visible').count()).toBe(0);
  });

  it('names the figure of a page that somebody on the way exchanged', async () => {
    await page.route(`**${PATH}`, async (route) => {
      const answer = await route.fetch();
      const body = (await answer.text()).replace(/(data-cell="[^"]+"[^>]*>)\d+(<)/, '$19999$2');
      await route.fulfill({ response: answer, body });
    });
    await paste(PATH);
    expect(await headline()).toContain('页面与所签不同');
    expect(await result()).toMatch(/页面上有 1 个数字与所签不同.*页面 shown 9999/);
  });

  it('proves nothing of evidence with one figure changed', async () => {
    const bytes = Buffer.from(await (await world.get(`${PATH}evidence.json`)).arrayBuffer());
    bytes[bytes.length >> 1] = bytes[bytes.length >> 1] === 0x41 ? 0x42 : 0x41;
    const buffer = { name: 'evidence.json', mimeType: 'application/json', buffer: bytes };
    await page.setInputFiles('#files', buffer);
    expect(await headline()).toContain('不能证实');
  });

  it.each([
    ['http://elsewhere.example/xxgk/ndbg/x/2020/', '只能读取本站'],
    ['/data/', '不是年度报告的网址'],
    ['/xxgk/ndbg/nobody/2020/', '没有公开的报告'],
  ])('says why it cannot check %s', async (address, words) => {
    await paste(address);
    await page.locator('#result p', { hasText: words }).waitFor({ timeout: 10_000 });
  });

  it('lets no other script run', async () => {
    const answer = await world.get('/check/');
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(
      /script-src 'sha256-[A-Za-z0-9+/=]{44}'; connect-src 'self'; base-uri 'none'; form-action 'none'/,
    );
    await expect(page.addScriptTag({ content: 'globalThis.intruder = true' })).rejects.toThrow();
    expect(await page.evaluate(() => 'intruder' in globalThis)).toBe(false);
    expect((await world.get('/xxgk/ndbg/')).headers.get('content-security-policy')).not.toContain('script-src');
  });
});

describe('a saved copy of the check page', () => {
  beforeEach(() => openPage(pathToFileURL(join(folder, 'check.html')).href, { offline: true }));

  it.each([[['evidence.zip']], [['evidence.json', 'report.json']]])(
    'proves %j with no network at all',
    async (names) => {
      await page.setInputFiles(
        '#files',
        names.map((name) => join(folder, name)),
      );
      expect(await headline()).toContain('已证实');
      expect(complaints).toEqual([]);
    },
  );

  it('says that it asks no site from there', async () => {
    await paste(`${world.origin}${PATH}`);
    await page.locator('#result p', { hasText: '只能读取本站' }).waitFor({ timeout: 10_000 });
  });
});
