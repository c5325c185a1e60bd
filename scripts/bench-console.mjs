#!/usr/bin/env node
// npm run bench:console [-- --keys 120]: what a key costs while a report is written, in a real browser on the running system: in a cell, from cell to
// cell, in a paragraph; what pasting a table and checking the whole report cost. `bare` is the same browser with an empty page and one
// field: what the machine needs by itself. Prints JSON. A benchmark, not a test: nothing here fails.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { benchDistrict, drafterOf, organCode } from './bench/district.mjs';
import { pressed, watchKeys } from './bench/keystrokes.mjs';
import { build } from './build.mjs';
import { chromiumPath } from './chromium.mjs';
import { launchSystem } from './launcher/system.mjs';

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..');
const { values } = parseArgs({ options: { keys: { type: 'string', default: '120' } } });
const keys = Number(values.keys);
const digits = Array.from({ length: keys }, (_, n) => String(n % 10));
const FIRST = 't3.1.natural-person';

/** Opens a report of the sample for writing, as its drafter. */
async function workspace(browser, system) {
  const context = await browser.newContext({ baseURL: system.gatewayUrl, locale: 'zh-CN' });
  const api = context.request;
  const post = async (address, data) => {
    const answer = await api.post(`/api/v1${address}`, { data, headers: { 'idempotency-key': randomUUID() } });
    if (!answer.ok()) throw new Error(`${address}: ${answer.status()} ${await answer.text()}`);
    return answer.json();
  };
  const { login, password } = system.accounts.find((one) => one.login === drafterOf(0));
  await post('/session', { login, password });
  const { document } = await post('/reports', { organ: organCode(0), year: 2020 });
  const bytes = fs.readFileSync(path.join(root, 'samples/xiangyang-2020.txt')).toString('base64');
  await post(`/reports/${document}/imports`, { baseRevision: 0, fileName: 'report.txt', bytes });
  const page = await context.newPage();
  await page.goto(`/app/reports/${document}/edit`);
  await page.locator('.checks li').first().waitFor();
  return page;
}

const openChapter = (page, name) => page.locator('.chapters button', { hasText: name }).click();

/** Milliseconds from a paste of 175 cells to its plan on the screen, and from saying yes to the figures. */
async function pasteOnce(page, html) {
  return page.evaluate(async (table) => {
    const drawn = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/html', table);
    const began = performance.now();
    document.activeElement.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
    await drawn();
    const planned = performance.now();
    document.querySelector('dialog .ant-btn-primary').click();
    await drawn();
    return { plan: Math.round(planned - began), write: Math.round(performance.now() - planned) };
  }, html);
}

async function measure(browser, system) {
  const empty = await browser.newPage();
  await empty.setContent('<!doctype html><title>bare</title><input autofocus><textarea></textarea>');
  await watchKeys(empty);
  await empty.locator('input').click();
  const bare = await pressed(empty, digits);
  await empty.close();

  const page = await workspace(browser, system);
  await openChapter(page, '三、');
  await watchKeys(page);
  await page.locator(`[id="cell-${FIRST}"]`).click();
  const cell = await pressed(page, digits);
  await page.keyboard.press('Escape');
  const cells = await pressed(
    page,
    digits.flatMap((digit, n) => [digit, n % 20 === 19 ? 'Home' : 'Enter']),
  );
  const checks = [];
  for (let n = 0; n < 20; n += 1) {
    const before = await page.locator('[data-turn]').getAttribute('data-turn');
    // Another figure than any before, so that there is something to check.
    await page.keyboard.type(String(100 + n));
    await page.keyboard.press(n % 2 === 0 ? 'ArrowUp' : 'ArrowDown');
    await page.waitForFunction((last) => document.querySelector('[data-turn]')?.dataset.turn !== last, before);
    checks.push(Number(await page.locator('[data-took]').getAttribute('data-took')));
  }
  await page.locator(`[id="cell-${FIRST}"]`).click();
  const pasted = await pasteOnce(
    page,
    fs.readFileSync(path.join(root, 'test/fixtures/clipboard/excel-t3.html'), 'utf8'),
  );
  await openChapter(page, '一、');
  await page.locator('textarea.paragraph').first().click();
  await page.keyboard.press('End');
  const paragraph = await pressed(page, digits);
  return {
    keys,
    bare,
    cell,
    fromCellToCell: cells,
    paragraph,
    pasteMs: pasted,
    checksMs: { least: Math.min(...checks), most: Math.max(...checks) },
    machine: { cpus: os.cpus().length, load: os.loadavg().map((load) => Math.round(load * 10) / 10) },
  };
}

const varDir = fs.mkdtempSync(path.join(os.tmpdir(), 'sunward-bench-'));
fs.chmodSync(varDir, 0o755);
let system;
let browser;
try {
  await build();
  system = await launchSystem({
    varDir,
    district: benchDistrict(1, 1),
    durable: false,
    env: { NODE_ENV: 'production' },
  });
  browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  console.log(JSON.stringify(await measure(browser, system), null, 2));
} finally {
  await browser?.close();
  await system?.stop();
  fs.rmSync(varDir, { recursive: true, force: true });
}
