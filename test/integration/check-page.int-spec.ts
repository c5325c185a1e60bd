import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { chromiumPath } from '../../scripts/chromium.mjs';
import { letHappen, REASON } from '../support/editions.js';
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
    expect(said).toContain('页面上的 198 个数字与所签逐一相同');
    expect(said).not.toContain('signatures');
    expect(await page.locator('.seats li').allTextContents()).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/向阳区人民政府 · 2026-01-20 09:00:50（北京时间）principal@xiangyang [0-9a-f-]{36}$/),
      ]),
    );
    expect(await page.evaluate(() => globalThis.document?.activeElement?.tagName)).toBe('H2');
    expect(complaints).toEqual([]);
  });

  it('checks the page a reader has before him, in an English frame too', async () => {
    await page.goto(`${world.origin}/en/check/`);
    await paste(`${world.origin}/en${PATH}#chapter-3`);
    expect(await headline()).toContain('Proved');
    expect(await result()).toContain('All 198 figures');
    expect(complaints).toEqual([]);
    // One figure of that page alone exchanged on its way.
    await page.route(`${world.origin}/en${PATH}`, async (route) => {
      const answer = await route.fetch();
      await route.fulfill({
        response: answer,
        body: (await answer.text()).replace(/(data-cell="t2[^>]*>)\d+/, '$1777'),
      });
    });
    await paste(`${world.origin}/en${PATH}`);
    await page.locator('#result').getByText('777').first().waitFor();
    expect(await headline()).not.toContain('✓');
  });

  it('finds the figure a reader asks for, and says when none was signed', async () => {
    await paste(PATH);
    await headline();
    await page.fill('#figure', '新收');
    expect(await page.locator('#found').textContent()).toMatch(/^\d+ 个，都在签批范围内$/);
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
    expect(await result()).toMatch(/页面上有 1 处与所签不同.*页面 9999/);
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

describe('the check page in English', () => {
  beforeEach(() => openPage(`${world.origin}/en/check/`));

  it('says everything in English but what was signed in Chinese', async () => {
    await paste(PATH);
    expect(await headline()).toBe('✓ Proved');
    expect(await result()).toContain('All 5 signatures the route requires are there');
    const own = await page.evaluate(() =>
      [...globalThis.document.querySelectorAll('#result *')]
        .filter((one) => one.children.length === 0 && one.closest('[lang=zh-CN]') === null)
        .map((one) => one.textContent ?? ''),
    );
    expect(own.filter((text) => /\p{Script=Han}/u.test(text))).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

describe('a report that was not simply published', () => {
  beforeAll(async () => {
    await world.clear();
    await letHappen(world, 'emergency', 1);
  }, 60_000);
  beforeEach(() => openPage(`${world.origin}/check/`));

  it('is proved as an emergency, with its reason, and said not to be ratified', async () => {
    await paste(PATH);
    expect(await headline()).toBe('✓ 已证实');
    const said = await result();
    for (const words of ['应急公开要求的', REASON, '没有追认的证据', '理由和标记也是所签的'])
      expect(said).toContain(words);
  });

  it('is proved to be ratified by whom and when, and not by a ratification of something else', async () => {
    await letHappen(world, 'ratify', 1);
    await paste(PATH);
    expect(await headline()).toBe('✓ 已证实');
    expect(await result()).toMatch(/已追认：.*谁在何时签批.*谁在何时追认/);
    expect(await page.locator('.seats').count()).toBe(2);
    for (const name of ['evidence.json', 'ratification.json']) await keep(`e-${name}`, `${PATH}${name}`);
    const evidence = await readFile(join(folder, 'e-evidence.json'));
    const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/json', buffer });
    // The emergency itself in place of its ratification.
    await page.setInputFiles('#files', [file('evidence.json', evidence), file('ratification.json', evidence)]);
    await page.locator('#result p', { hasText: '追认的不是这一版' }).waitFor({ timeout: 10_000 });
  });

  it('is proved to be withdrawn, by whom, when and why; a page that gives another reason differs', async () => {
    await keep('withdrawn-report.json', `${PATH}report.json`);
    await letHappen(world, 'withdraw', 1);
    await keep('withdrawal.json', `${PATH}withdrawal.json`);
    await paste(PATH);
    expect(await headline()).toBe('✓ 撤回已证实');
    const said = await result();
    for (const words of ['页面上的撤回理由正是所签的理由', '撤回经路线规定的', REASON]) expect(said).toContain(words);
    expect(await page.locator('.seats li').count()).toBeGreaterThan(2);
    await page.route(`**${PATH}`, async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: (await answer.text()).replace(REASON, '已被新文取代。') });
    });
    await paste(PATH);
    await page.locator('#result h2', { hasText: '页面与所签不同' }).waitFor({ timeout: 10_000 });
  });

  it('is proved to be withdrawn from a saved page with no network, and the report one kept to be that report', async () => {
    await context.close();
    await openPage(pathToFileURL(join(folder, 'check.html')).href, { offline: true });
    const withdrawal = await readFile(join(folder, 'withdrawal.json'));
    const report = await readFile(join(folder, 'withdrawn-report.json'));
    const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/json', buffer });
    await page.setInputFiles('#files', [file('withdrawal.json', withdrawal), file('report.json', report)]);
    expect(await headline()).toBe('✓ 撤回已证实');
    expect(await result()).toContain('正是被撤回的那份报告');
    await page.setInputFiles('#files', [file('withdrawal.json', withdrawal), file('report.json', Buffer.from('{}'))]);
    await page.locator('#result p', { hasText: '不是被撤回的那份报告' }).waitFor({ timeout: 10_000 });
    withdrawal[withdrawal.length >> 1] = withdrawal[withdrawal.length >> 1] === 0x41 ? 0x42 : 0x41;
    await page.setInputFiles('#files', [file('withdrawal.json', withdrawal)]);
    await page.locator('#result h2', { hasText: '不能证实' }).waitFor({ timeout: 10_000 });
    expect(complaints).toEqual([]);
  });
});
