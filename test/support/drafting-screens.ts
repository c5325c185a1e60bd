import { randomUUID } from 'node:crypto';
import type { Locator, Page } from 'playwright-core';
import type { AnnualReport } from '#report/model';
import { reportOf } from './console-district.js';
import type { ConsoleWorld } from './console-world.js';

/** Starts a report of an organ for a year; answers its document. */
export async function started(world: ConsoleWorld, organ: string, year: number): Promise<string> {
  const { status, body } = await world.people['drafter']!.command('/reports', { organ, year });
  if (status >= 300) throw new Error(`start: ${status} ${JSON.stringify(body)}`);
  return body.document as string;
}

/** A report with the sample's text as its first revision. */
export async function written(world: ConsoleWorld, organ: string): Promise<string> {
  const document = await started(world, organ, 2020);
  const file = { baseRevision: 0, fileName: 'report.txt', bytes: reportOf(organ).toString('base64') };
  const { status, body } = await world.people['drafter']!.command(`/reports/${document}/imports`, file, randomUUID());
  if (status >= 300) throw new Error(`import: ${status} ${JSON.stringify(body)}`);
  return document;
}

/** The newest revision as the service has it. */
export async function savedText(
  world: ConsoleWorld,
  document: string,
): Promise<{ readonly revision: number; readonly report: AnnualReport; readonly state: string }> {
  const { status, body } = await world.people['drafter']!.get(`/reports/${document}`);
  if (status !== 200) throw new Error(`report: ${status}`);
  return body;
}

/** Opens a chapter of the workspace by the beginning of its name. */
export const openChapter = (page: Page, name: string): Promise<void> =>
  page.locator('.chapters button', { hasText: name }).click();

export const cell = (page: Page, id: string): Locator => page.locator(`[id="cell-${id}"]`);

/** Stands on a cell as a click does. */
export async function standOn(page: Page, id: string): Promise<Locator> {
  await cell(page, id).click();
  const field = cell(page, id).locator('input');
  await field.waitFor();
  return field;
}

/** What the cell shows, whether one stands on it or not. A field one has left may stay for a moment, out of sight. */
export const shown = (page: Page, id: string): Promise<string> => cell(page, id).evaluate(shownIn);

/** What every cell of the table shows, row by row. */
export const shownAll = (page: Page): Promise<string[]> =>
  page.locator('.figure').evaluateAll((cells) => {
    const text = (td: Element): string => td.querySelector('span')?.firstChild?.nodeValue ?? '';
    return cells.map((td) => (td.matches('.active') ? (td.querySelector('input')?.value ?? '') : text(td)));
  });

function shownIn(td: Element): string {
  if (td.matches('.active')) return td.querySelector('input')?.value ?? '';
  return td.querySelector('span')?.firstChild?.nodeValue ?? '';
}

/** Puts a table on the clipboard as a spreadsheet does, in a window of its own, and presses Ctrl+V here. */
export async function paste(
  page: Page,
  { html, text }: { readonly html?: string; readonly text: string },
): Promise<void> {
  const spreadsheet = await page.context().newPage();
  await spreadsheet.goto('/api/docs');
  await spreadsheet.evaluate(
    ([asHtml, asText]) =>
      navigator.clipboard.write([
        new ClipboardItem({
          ...(asHtml === null ? {} : { 'text/html': new Blob([asHtml], { type: 'text/html' }) }),
          'text/plain': new Blob([asText], { type: 'text/plain' }),
        }),
      ]),
    [html ?? null, text] as const,
  );
  await spreadsheet.close();
  await page.bringToFront();
  await page.keyboard.press('Control+V');
}

/** Leaves a sentence for every warning of the report. */
export async function explainAll(page: Page): Promise<void> {
  const explain = page.locator('.checks').getByRole('button', { name: /^说明/ });
  for (let left = await explain.count(); left > 0; left = await explain.count()) {
    await explain.first().click();
    await page.locator('.checks form textarea').fill('已与原件核对，按原文保留。');
    await page.locator('.checks form').getByRole('button', { name: '留下说明' }).click();
    await page.locator('.checks form').waitFor({ state: 'detached' });
  }
}

/** Waits until everything typed is saved. */
export const saved = (page: Page): Promise<void> => page.locator('.save-note', { hasText: /已保存|saved/ }).waitFor();

/** What the page did while it handled keys: copies kept on the device, questions to the checks, and what was drawn, by id. */
export interface Work {
  readonly keys: number;
  readonly kept: number;
  readonly asked: number;
  readonly drawn: readonly string[];
}

/**
 * Watches what a key has done by the time its handlers are over and React has drawn what it draws at once. What comes later, in a
 * frame or a pause, is no work of the key. Changes of the save note are left out: it says when saving begins.
 */
export async function watchWork(page: Page): Promise<void> {
  await page.evaluate(() => {
    const done = { keys: 0, kept: 0, asked: 0, drawn: new Set<string>() };
    let isInKey = false;
    const note = (changes: readonly MutationRecord[]): void => {
      if (!isInKey) return;
      for (const { target } of changes) {
        const element = target instanceof Element ? target : target.parentElement;
        if (element === null || element.closest('.save-note') !== null) continue;
        done.drawn.add(element.closest('[id]')?.id ?? element.outerHTML.slice(0, 80));
      }
    };
    const watch = new MutationObserver(note);
    watch.observe(document.querySelector('.page')!, { subtree: true, childList: true, characterData: true });
    const counting = <T extends object>(of: T, name: keyof T & string, what: 'kept' | 'asked'): void => {
      const original = of[name] as (...args: unknown[]) => unknown;
      Object.assign(of, {
        [name](this: unknown, ...args: unknown[]) {
          if (isInKey) done[what] += 1;
          return Reflect.apply(original, this, args);
        },
      });
    };
    counting(Storage.prototype, 'setItem', 'kept');
    counting(Worker.prototype, 'postMessage', 'asked');
    const begin = ({ type }: Event): void => {
      if (type === 'keydown') done.keys += 1;
      watch.takeRecords();
      isInKey = true;
    };
    // What React draws at once it draws before the event comes up here.
    const end = (): void => {
      note(watch.takeRecords());
      isInKey = false;
    };
    for (const type of ['keydown', 'input', 'click']) {
      addEventListener(type, begin, { capture: true });
      addEventListener(type, end);
    }
    Object.assign(window, { workOfKeys: done });
  });
}

/** What the keys since last asked have done. */
export function workDone(page: Page): Promise<Work> {
  return page.evaluate(() => {
    const { workOfKeys: done } = window as unknown as { workOfKeys: Omit<Work, 'drawn'> & { drawn: Set<string> } };
    const answer = { ...done, drawn: [...done.drawn].toSorted() };
    Object.assign(done, { keys: 0, kept: 0, asked: 0 });
    done.drawn.clear();
    return answer;
  });
}
