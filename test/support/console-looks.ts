import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { zh } from '../../apps/console/src/words/zh.js';
import type { Seated } from './console-world.js';

/** Where the screens of a run are kept to be looked at; never in git. */
const SHOTS = 'var/screenshots';

/** Keeps a picture of the whole page, where pictures are asked for: SCREENSHOTS=1. */
export async function shoot(page: Page, name: string): Promise<void> {
  if (process.env['SCREENSHOTS'] === undefined) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
}

/** What axe finds wrong on the page as it is: rule and element, `[]` when nothing. Source: WCAG 2.2 A and AA. */
export async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: typeof axe };
    const { violations: found } = await checker.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return found.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
  });
}

/** How many CSS pixels the page is wider than its window: 0 when nothing is lost to the right. */
export async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Targets of the finger smaller than `least` CSS pixels, except links inside running text (WCAG 2.5.8). */
export async function smallTargets(page: Page, least: number): Promise<string[]> {
  return page.evaluate((limit) => {
    const targets = document.querySelectorAll('a, button, select, summary, textarea, input, label:has(input)');
    return [...targets].flatMap((target) => {
      const label = target.closest('label:has(input)');
      const box = (label ?? target).getBoundingClientRect();
      const isInText = target.tagName === 'A' && getComputedStyle(target).display === 'inline';
      const isSmall = box.width > 0 && (box.height < limit - 0.5 || box.width < limit - 0.5);
      return isSmall && !isInText ? [`${target.outerHTML.slice(0, 80)} ${box.width}×${box.height}`] : [];
    });
  }, least);
}

/** Offices are called in people's own words too: stages are named after them. */
const { role: _offices, ...said } = zh;

/** The Chinese sentences of the console itself, cut at their blanks; those of a word or two are words of the domain as well. */
const CHINESE = (JSON.stringify(said).match(/"[^"]*\p{Script=Han}[^"]*"/gu) ?? [])
  .flatMap((quoted) => (JSON.parse(quoted) as string).split(/\{\{\w+\}\}/))
  .filter((words) => /\p{Script=Han}{3}/u.test(words));

/** Sentences of the console in Chinese on the page: an English screen has none, though what people wrote stays as they wrote it. */
export async function untranslated(page: Page): Promise<string[]> {
  return page.evaluate((sentences) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.textContent ?? '';
      const isQuoted = node.parentElement?.closest('[lang=zh-CN]') ?? null;
      if (isQuoted === null) found.push(...sentences.filter((sentence) => text.includes(sentence)));
    }
    return found;
  }, CHINESE);
}

/** Presses Tab until the focus is on what begins with these words, and sees that the focus shows. */
export async function tabTo(page: Page, words: string): Promise<void> {
  for (let presses = 0; presses < 120; presses += 1) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(() => {
      // Body and panels can hold the focus too, and begin with the words of what they hold.
      const at = document.activeElement?.matches('body, [role=tabpanel]') ? null : document.activeElement;
      return { text: at?.textContent?.trim() ?? '', outline: at ? getComputedStyle(at).outlineStyle : '' };
    });
    if (focus.text.startsWith(words)) {
      expect(focus.outline).not.toBe('none');
      return;
    }
  }
  throw new Error(`no way to “${words}” by keyboard`);
}

interface Look {
  readonly language?: 'zh' | 'en';
  readonly contrast?: 'normal' | 'high';
  readonly type?: 'normal' | 'large' | 'largest';
  readonly width?: number;
}

const HEIGHT = 800;

/** Changes how the open page looks, as another window of the same person would: whatever is open stays open. */
async function look(
  page: Page,
  { language = 'zh', contrast = 'normal', type = 'normal', width = 1280 }: Look,
): Promise<void> {
  await page.setViewportSize({ width, height: HEIGHT });
  await page.evaluate(
    ([spoken, appearance]) => {
      localStorage.setItem('sunward.language', spoken!);
      localStorage.setItem('sunward.appearance', appearance!);
      for (const key of ['sunward.language', 'sunward.appearance']) dispatchEvent(new StorageEvent('storage', { key }));
    },
    [language, JSON.stringify({ size: type, contrast })],
  );
  await page
    .locator(`html[lang=${language === 'zh' ? 'zh-CN' : 'en'}][data-contrast=${contrast}][data-size=${type}]`)
    .waitFor({ state: 'attached' });
}

/** Desktop and phone, and 1280 px at 400 %. */
const WIDTHS = [1280, 375] as const;
const NARROWEST = 320;

/**
 * Everything that must hold of a screen as it stands: no barrier in either contrast at either width, nothing lost to the right down to
 * 320 px and in the largest type, one language at a time, no complaint of the browser. `least`: the smallest target in CSS pixels.
 */
export async function thorough({ page, complaints }: Seated, name: string, least?: number): Promise<void> {
  const faults: unknown[] = [];
  const note = (at: string, found: readonly unknown[] | number): void => {
    if (typeof found === 'number' ? found > 0 : found.length > 0) faults.push([name, at, found]);
  };
  for (const width of WIDTHS)
    for (const contrast of ['normal', 'high'] as const) {
      await look(page, { width, contrast });
      note(`axe ${width} ${contrast}`, await violations(page));
      note(`width ${width}`, await overflow(page));
      if (least !== undefined) note(`targets ${width}`, await smallTargets(page, least));
      if (contrast === 'normal') await shoot(page, `${name}-${width}-zh`);
    }
  await look(page, { width: NARROWEST });
  note('width 320', await overflow(page));
  await look(page, { type: 'largest', width: 375 });
  note('largest type', await overflow(page));
  for (const width of WIDTHS) {
    await look(page, { language: 'en', width });
    note(`width ${width} en`, await overflow(page));
    note('untranslated', await untranslated(page));
    await shoot(page, `${name}-${width}-en`);
  }
  await look(page, {});
  note('complaints', complaints);
  expect(faults).toEqual([]);
}
