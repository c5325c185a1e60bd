import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { isRefusal } from '#domain/decision';
import { readPlainText } from '#report/readers/plain-text';
import { reportDocx } from '#report-files/writers/docx-writer';
import { eventually } from '../support/client.js';
import { reportOf } from '../support/console-district.js';
import { returned } from '../support/console-reports.js';
import { overflow, shoot, untranslated, violations } from '../support/console-looks.js';
import { dialog } from '../support/console-screens.js';
import { ConsoleWorld, DESK, enter, PHONE, type Seated } from '../support/console-world.js';
import {
  cell,
  explainAll,
  openChapter,
  paste,
  saved,
  savedText,
  shown,
  shownAll,
  standOn,
  started,
  watchWork,
  workDone,
  written,
} from '../support/drafting-screens.js';

jest.setTimeout(120_000);

const clipboard = (name: string): string =>
  readFileSync(new URL(`../fixtures/clipboard/${name}`, import.meta.url), 'utf8');
const EXCEL = clipboard('excel-t3.html');
const WPS = clipboard('wps-t3.tsv');
/** What J1 allows from the list of things to do to a draft one types in. */
const MOST_CLICKS = 6;
const FIRST = 't3.1.natural-person';

let world: ConsoleWorld;
beforeAll(async () => {
  world = await ConsoleWorld.open();
}, 120_000);
afterAll(() => world?.close(), 60_000);

const opened = async (document: string, options = {}): Promise<Seated> => {
  const seated = await world.signedIn('drafter', `/app/reports/${document}/edit`, options);
  await seated.page.locator('.workspace').waitFor();
  return seated;
};

describe('a drafter begins', () => {
  it('with last year’s file: a draft to type in after few clicks, and not one figure of last year in it', async () => {
    const document = await started(world, 'organ-0001', 2021);
    const { page, context, taps, complaints } = await world.signedIn('drafter', '/app');
    await page.locator('.row', { hasText: '向阳区' }).waitFor();
    await taps();
    await page.locator('.row', { hasText: '向阳区' }).click();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: '选文件' }).click();
    await (
      await chooser
    ).setFiles({ name: '2020年度报告.txt', mimeType: 'text/plain', buffer: reportOf('organ-0001') });
    await page.getByRole('heading', { name: '核对读出的内容' }).waitFor();
    // Beside each doubt what stands around it in the file, the doubtful words marked.
    expect(await page.locator('.side-by-side .passage mark').allTextContents()).not.toEqual([]);
    await shoot(page, 'drafting-import');
    expect(await page.getByRole('button', { name: '用它起草 2021 年' }).count()).toBe(0);
    for (const box of await page.locator('.side-by-side input').all()) await box.check();
    await page.getByRole('button', { name: '用它起草 2021 年' }).click();
    await page.locator('.workspace').waitFor();
    expect(await taps()).toBeLessThanOrEqual(MOST_CLICKS);
    const { report, revision } = await savedText(world, document);
    expect(revision).toBe(1);
    const cells = Object.values(report.tables).flatMap(Object.values);
    expect(cells.map(({ state }) => state)).toEqual(Array(200).fill('unfilled'));
    // The rules see two hundred blanks; a person sees one line of them for each table.
    await page.locator('.checks details').first().waitFor();
    await openChapter(page, '一、');
    await page.getByText('2020 年这一章').click();
    await shoot(page, 'drafting-begun');
    const kept = await world.system.sql('select file_name from drafting.last_year_file where report_id = $1', [
      document,
    ]);
    expect(kept).toEqual([{ file_name: '2020年度报告.txt' }]);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe('this year’s figures in a Word file', () => {
  it('come in exactly, part by part, and what is left out stays unfilled', async () => {
    const document = await started(world, 'organ-0002', 2020);
    const read = readPlainText(reportOf('organ-0002').toString('utf8'));
    if (isRefusal(read)) throw new Error(read.refused);
    const { page, context, complaints } = await world.signedIn('drafter', `/app/reports/${document}/edit`);
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: '选今年的文件' }).click();
    const buffer = Buffer.from(await reportDocx(read.report));
    await (await chooser).setFiles({ name: '年度报告.docx', mimeType: 'application/octet-stream', buffer });
    await page.getByRole('heading', { name: '核对读出的内容' }).waitFor();
    await page.getByText('逐格看原文与读数').click();
    await shoot(page, 'drafting-import-docx');
    for (const box of await page.locator('.side-by-side input').all()) await box.check();
    await page.locator('.parts label', { hasText: '表四' }).click();
    await page.getByRole('button', { name: '确认导入' }).click();
    await page.locator('.workspace').waitFor();
    const { report } = await savedText(world, document);
    const values = (table: string, of = report) =>
      Object.fromEntries(
        Object.entries(of.tables[table]!).map(([id, one]) => [id, one.state === 'value' ? one.value : one.state]),
      );
    expect(values('t2')).toEqual(values('t2', read.report));
    expect(values('t3')).toEqual(values('t3', read.report));
    expect(new Set(Object.values(values('t4')))).toEqual(new Set(['unfilled']));
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe('a statutory table', () => {
  let seated: Seated;
  let page: Page;
  let document: string;
  beforeAll(async () => {
    document = await started(world, 'organ-0002', 2026);
    seated = await world.signedIn('drafter', `/app/reports/${document}/edit`);
    ({ page } = seated);
    await seated.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: '从空白开始' }).click();
    await page.locator('.workspace').waitFor();
    await openChapter(page, '三、');
  });
  afterAll(() => seated?.context.close());
  const undoAll = async (): Promise<void> => {
    for (let acts = 0; acts < 60 && (await shownAll(page)).some((text) => text !== ''); acts += 1)
      await page.getByRole('button', { name: '撤销' }).click();
    expect(new Set(await shownAll(page))).toEqual(new Set(['']));
  };

  it('takes figures from the keyboard as a spreadsheet does, and shows no blank as 0', async () => {
    const field = await standOn(page, FIRST);
    expect(await field.getAttribute('aria-label')).toContain('未填');
    await page.keyboard.type('7');
    await page.keyboard.press('Tab');
    await page.keyboard.type('=7+3');
    await page.keyboard.press('Enter');
    expect(await shown(page, 't3.1.commercial')).toBe('10');
    await page.keyboard.type('2');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.type('99');
    await page.keyboard.press('Escape');
    expect(await shown(page, 't3.2.natural-person')).toBe('');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('F2');
    await page.keyboard.type('1');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Enter');
    expect(await shown(page, FIRST)).toBe('1');
    expect(await shown(page, 't3.1.total')).toBe('');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Delete');
    expect(await shown(page, FIRST)).toBe('');
    await page.keyboard.press('Control+z');
    expect(await shown(page, FIRST)).toBe('1');
    await page.keyboard.press('Control+y');
    expect(await shown(page, FIRST)).toBe('');
    await undoAll();
    await saved(page);
  });

  it('lets an input method finish: its Enter and arrows move nothing', async () => {
    await standOn(page, FIRST);
    const keys = await seated.context.newCDPSession(page);
    await keys.send('Input.imeSetComposition', { text: 'ｓ', selectionStart: 1, selectionEnd: 1 });
    for (const key of ['Enter', 'ArrowDown'])
      await keys.send('Input.dispatchKeyEvent', { type: 'keyDown', key, windowsVirtualKeyCode: 229 });
    expect(await cell(page, FIRST).locator('input').count()).toBe(1);
    await keys.send('Input.insertText', { text: '十二' });
    await page.keyboard.press('Enter');
    expect(await shown(page, FIRST)).toBe('12');
    await undoAll();
    // The same in a paragraph: no new one begins in the middle of a word.
    await openChapter(page, '一、');
    await page.getByRole('button', { name: '加一段' }).click();
    await keys.send('Input.imeSetComposition', { text: 'nihao', selectionStart: 5, selectionEnd: 5 });
    await keys.send('Input.dispatchKeyEvent', { type: 'keyDown', key: 'Enter', windowsVirtualKeyCode: 229 });
    await keys.send('Input.insertText', { text: '你好' });
    expect(await page.locator('textarea.paragraph').count()).toBe(1);
    expect(await page.locator('textarea.paragraph').inputValue()).toBe('你好');
    await page.keyboard.press('Enter');
    expect(await page.locator('textarea.paragraph').count()).toBe(2);
    await openChapter(page, '三、');
  });

  it('takes a table of Excel with merged heads and groups as one act, after it was confirmed', async () => {
    await standOn(page, FIRST);
    await paste(page, { html: EXCEL, text: '' });
    await dialog(page).getByText('认出 25/25 行、7/7 列').waitFor();
    await dialog(page).getByText('31 个合计与各项之和一致').waitFor();
    await shoot(page, 'drafting-paste-excel');
    expect((await shownAll(page)).join('')).toBe('');
    await dialog(page).getByRole('button', { name: '放入 144 格' }).click();
    expect(await shown(page, 't3.1.natural-person')).toBe('12');
    expect(await shown(page, 't3.3.7.total')).toBe('12');
    expect(await shown(page, 't3.1.total')).toBe('13');
    await page.keyboard.press('Control+z');
    expect(new Set(await shownAll(page))).toEqual(new Set(['']));
  });

  it('takes text of WPS with full width, separators, counters and dashes; what a dash is, the drafter says', async () => {
    await standOn(page, FIRST);
    await paste(page, { text: WPS });
    await dialog(page).getByText('有 4 格写的是“—”').waitFor();
    await dialog(page).getByText('全角数字 1 处、千分位 2 处、量词 1 处').waitFor();
    await shoot(page, 'drafting-paste-wps');
    await dialog(page).getByText('填 0（没有发生）').click();
    await dialog(page).getByRole('button', { name: '放入 144 格' }).click();
    expect(await shown(page, FIRST)).toBe('1012');
    expect(await shown(page, 't3.2.natural-person')).toBe('2');
    expect(await shown(page, 't3.4.natural-person')).toBe('3');
    expect(await shown(page, 't3.3.7.total')).toBe('1012');
    await page.locator('.balances li', { hasText: '自然人' }).getByText('1014 = 1014').waitFor();
    await undoAll();
  });

  it('pastes from the cell one stands on where nothing is labelled, and never past the edge', async () => {
    await standOn(page, 't3.4.legal-service');
    await paste(page, { text: '1\t2\t3\t4\r\n5\t6' });
    await dialog(page).getByText('没有认出表头').waitFor();
    await dialog(page).getByText('有 3 处不在表内').waitFor();
    await dialog(page).getByRole('button', { name: '放入 2 格' }).click();
    expect(await shown(page, 't3.4.legal-service')).toBe('1');
    expect(await shown(page, 't3.4.other')).toBe('2');
    await undoAll();
  });

  it('takes several cells in hand: selects, copies, fills and clears them, each as one act', async () => {
    const status = page.locator('.range-note');
    const many = (ids: readonly string[]) => Promise.all(ids.map((id) => shown(page, id)));
    const SQUARE = ['t3.1.natural-person', 't3.1.commercial', 't3.2.natural-person', 't3.2.commercial'];
    await standOn(page, FIRST);
    await page.keyboard.type('7');
    await page.keyboard.press('Tab');
    await page.keyboard.type('8');
    await page.keyboard.press('Tab');
    await standOn(page, FIRST);
    await page.keyboard.press('Shift+ArrowRight');
    await status.getByText('已选 1 行 2 列，2 格，合计 15').waitFor();
    await page.keyboard.press('Shift+ArrowDown');
    await status.getByText('已选 2 行 2 列，4 格').waitFor();
    expect(await page.locator('.figure[aria-selected=true]').count()).toBe(4);
    await page.keyboard.press('Control+d');
    await status.getByText('已填 2 格').waitFor();
    expect(await many(SQUARE)).toEqual(['7', '8', '7', '8']);
    await shoot(page, 'drafting-range');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Control+c');
    await status.getByText('已复制 4 格').waitFor();
    const types = await page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      return Promise.all(['text/plain', 'text/html'].map(async (type) => (await item!.getType(type)).text()));
    });
    expect(types[0]).toBe('7\t8\r\n7\t8');
    expect(types[1]).toContain('<td>7</td><td>8</td>');
    await page.keyboard.press('Delete');
    await status.getByText('已清空 4 格').waitFor();
    expect(await many(SQUARE)).toEqual(['', '', '', '']);
    await page.keyboard.press('Control+z');
    expect(await many(SQUARE)).toEqual(['7', '8', '7', '8']);
    // What was copied here goes in here as well.
    await standOn(page, 't3.4.natural-person');
    await page.keyboard.press('Control+v');
    await dialog(page).getByRole('button', { name: '放入 2 格' }).click();
    expect(await many(['t3.4.natural-person', 't3.4.commercial'])).toEqual(['7', '8']);
    await page.keyboard.press('Control+z');
    // A rectangle drawn with the mouse, or with Shift and a click, is the same.
    await cell(page, FIRST).hover();
    await page.mouse.down();
    await cell(page, 't3.2.research').hover();
    await page.mouse.up();
    await status.getByText('已选 2 行 3 列，6 格').waitFor();
    await standOn(page, 't3.1.commercial');
    expect(await page.locator('.figure[aria-selected=true]').count()).toBe(1);
    await cell(page, 't3.1.welfare').click({ modifiers: ['Shift'] });
    await page.keyboard.press('Control+r');
    expect(await many(['t3.1.research', 't3.1.welfare'])).toEqual(['8', '8']);
    await page.keyboard.press('Escape');
    expect(await page.locator('.figure[aria-selected=true]').count()).toBe(1);
    await undoAll();
    await saved(page);
  });

  it('keeps a figure somebody leaves with the mouse, as one act', async () => {
    await standOn(page, FIRST);
    await page.keyboard.type('57');
    await standOn(page, 't3.1.commercial');
    expect(await shown(page, FIRST)).toBe('57');
    await page.keyboard.type('=3+4');
    await openChapter(page, '一、');
    await openChapter(page, '三、');
    expect(await shown(page, 't3.1.commercial')).toBe('7');
    await page.getByRole('button', { name: '撤销' }).click();
    expect([await shown(page, FIRST), await shown(page, 't3.1.commercial')]).toEqual(['57', '']);
    await undoAll();
    await saved(page);
  });

  it.each([375, 320])(
    'keeps the names of its rows in view at %s px, and never over the cell one stands on',
    async (width) => {
      await page.setViewportSize({ width, height: 800 });
      for (const row of ['t3.1', 't3.3.1', 't3.3.3.4', 't3.4']) {
        await standOn(page, `${row}.total`);
        for (let left = 6; left >= 0; left -= 1) {
          const [under, out] = await page.locator('.figure input:focus').evaluate((field) => {
            const at = field.getBoundingClientRect();
            const name = field.closest('tr')!.querySelector('.name')!.getBoundingClientRect();
            const sheet = field.closest('.sheet-of-figures')!.getBoundingClientRect();
            return [name.right - at.left, Math.max(at.right - sheet.right, sheet.left - name.right)];
          });
          // What is left of a pixel is the line between them.
          expect([row, left, under < 1, out < 1]).toEqual([row, left, true, true]);
          await page.keyboard.press('ArrowLeft');
        }
      }
      await standOn(page, 't3.3.3.4.total');
      await shoot(page, `drafting-names-${width}`);
      expect(await overflow(page)).toBe(0);
      await page.setViewportSize(DESK);
    },
  );

  it('gives its figures to the prose, where one was writing', async () => {
    await standOn(page, FIRST);
    await page.keyboard.type('137');
    await page.keyboard.press('Enter');
    await openChapter(page, '一、');
    const paragraph = page.locator('textarea.paragraph').first();
    await paragraph.fill('自然人申请件。');
    await paragraph.press('Home');
    for (let steps = 0; steps < 5; steps += 1) await paragraph.press('ArrowRight');
    await page.getByRole('button', { name: '插入表中数字' }).click();
    await page.getByRole('combobox').fill('新收 自然人');
    await page.getByRole('option', { name: '137' }).waitFor();
    await shoot(page, 'drafting-insert');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.locator('textarea.paragraph:focus').waitFor();
    await page.keyboard.type('余');
    expect(await paragraph.inputValue()).toBe('自然人申请137余件。');
    await paragraph.fill('');
    await openChapter(page, '三、');
    await undoAll();
    await saved(page);
  });

  it('is filled with 0 only as a statement of the drafter, and leads from a sum that differs to its cell', async () => {
    await page.getByRole('button', { name: '没有发生，全部填 0' }).click();
    await dialog(page).getByText('填 0 即起草人确认').waitFor();
    await dialog(page).getByText('2026年未收到政府信息公开申请。').click();
    await dialog(page).getByRole('button', { name: '144 格填 0' }).click();
    await openChapter(page, '一、');
    expect(await page.locator('textarea.paragraph').last().inputValue()).toBe('2026年未收到政府信息公开申请。');
    await openChapter(page, '三、');
    expect(new Set(await shownAll(page))).toEqual(new Set(['0']));
    await standOn(page, FIRST);
    await page.keyboard.type('3');
    await page.keyboard.press('Enter');
    await page.locator('.balances li', { hasText: '自然人' }).getByText('3 ≠ 0').waitFor();
    const finding = page.locator('.checks li.bad', { hasText: '表三，自然人，一 + 二' }).first();
    await finding.waitFor();
    await shoot(page, 'drafting-table');
    await openChapter(page, '一、');
    await finding.getByRole('button', { name: '定位' }).click();
    await page.locator('[id="cell-t3.4.natural-person"] input:focus').waitFor();
    await page.keyboard.type('3');
    await page.keyboard.press('Enter');
    await finding.waitFor({ state: 'detached' });
    await saved(page);
    const { report } = await savedText(world, document);
    expect(report.tables['t3']!['t3.4.total']).toMatchObject({ state: 'value', value: '3' });
    expect(seated.complaints).toEqual([]);
  });

  it('costs little: a key, a paste of 175 cells, a check of the whole report', async () => {
    // Work is asserted; times are what `npm run bench:console` is for: a busy machine is slow, not wrong.
    await standOn(page, FIRST);
    await watchWork(page);
    await page.keyboard.type('0123456789');
    expect(await workDone(page)).toEqual({ keys: 10, kept: 0, asked: 0, drawn: [] });
    await page.keyboard.press('Escape');
    await page.keyboard.press('ArrowDown');
    // The cell one left keeps its field until there is time.
    expect((await workDone(page)).drawn).toEqual(['cell-t3.2.natural-person']);
    await page.keyboard.type('5');
    await workDone(page);
    await page.keyboard.press('Enter');
    const { kept, asked, drawn } = await workDone(page);
    // The figure, where one goes on, the two totals that follow; what the checks say of it comes later.
    expect({ kept, asked, drawn }).toEqual({
      kept: 0,
      asked: 0,
      drawn: ['t3.2.natural-person', 't3.2.total', 't3.3.1.natural-person'].map((id) => `cell-${id}`),
    });
    await paste(page, { html: EXCEL, text: '' });
    await dialog(page).getByRole('button', { name: '放入 144 格' }).waitFor();
    const turnOf = () => page.locator('.checks [data-turn]').getAttribute('data-turn');
    const before = await turnOf();
    await workDone(page);
    await dialog(page).getByRole('button', { name: '放入 144 格' }).click();
    const put = await workDone(page);
    expect([put.kept, put.asked]).toEqual([0, 0]);
    await eventually('the checks have run again', async () => ((await turnOf()) !== before ? true : undefined));
    await undoAll();
    await openChapter(page, '一、');
    await page.locator('textarea.paragraph').first().click();
    await workDone(page);
    await page.keyboard.type('0123456789');
    expect(await workDone(page)).toEqual({ keys: 10, kept: 0, asked: 0, drawn: ['paragraph-1-0'] });
    await openChapter(page, '三、');
    await saved(page);
  });
});

describe('what is typed is never lost', () => {
  let document: string;
  beforeAll(async () => {
    document = await written(world, 'organ-0003');
  });

  it('two people in one paragraph and one cell each see both sides, and decide', async () => {
    const one = await opened(document);
    const two = await opened(document);
    for (const { page } of [one, two]) await openChapter(page, '一、');
    const text = (page: Page) => page.locator('textarea.paragraph').first();
    const original = await text(one.page).inputValue();
    // The second page hears nothing of the first: its stream of events is cut.
    await two.context.setOffline(true);
    await text(one.page).fill(`甲${original}`);
    await openChapter(one.page, '三、');
    await standOn(one.page, FIRST);
    await one.page.keyboard.type('5');
    await one.page.keyboard.press('Enter');
    await saved(one.page);
    await text(two.page).fill(`乙${original}`);
    await openChapter(two.page, '三、');
    await standOn(two.page, FIRST);
    await two.page.keyboard.type('6');
    await two.page.keyboard.press('Tab');
    await two.page.keyboard.type('8');
    await two.page.keyboard.press('Enter');
    await two.page.locator('.save-note', { hasText: '改动暂存在本机' }).waitFor();
    await two.context.setOffline(false);
    await two.page.getByText('有 2 处别人刚改过').waitFor();
    await shoot(two.page, 'drafting-conflict');
    const before = await savedText(world, document);
    const conflict = (name: string) =>
      two.page.locator('.conflicts li', { has: two.page.locator('strong', { hasText: name }) });
    await conflict('总体').getByRole('button', { name: '用我的' }).click();
    await conflict('自然人').getByRole('button', { name: '用别人的' }).click();
    await saved(two.page);
    const { report, revision } = await savedText(world, document);
    expect(revision).toBeGreaterThan(before.revision);
    expect(report.chapters[0]!.paragraphs[0]).toBe(`乙${original}`);
    expect(report.tables['t3']![FIRST]).toMatchObject({ value: '5' });
    expect(report.tables['t3']!['t3.1.commercial']).toMatchObject({ value: '8' });
    // The first page takes over what the second decided, without being asked: nothing of its own is open.
    await openChapter(one.page, '一、');
    await eventually('the first page shows it', async () =>
      (await text(one.page).inputValue()) === `乙${original}` ? true : undefined,
    );
    for (const { context, complaints } of [one, two]) {
      expect(complaints).toEqual([]);
      await context.close();
    }
  });

  it('a page that dies without a network leaves its words behind, and the next one saves them', async () => {
    const { page, context } = await opened(document);
    await openChapter(page, '六、');
    const text = page.locator('textarea.paragraph').first();
    await context.setOffline(true);
    await text.fill('断网时写下的一句话。');
    await page.locator('.save-note', { hasText: '改动暂存在本机' }).waitFor();
    await page.close();
    await context.setOffline(false);
    const again = await context.newPage();
    await again.goto(`/app/reports/${document}/edit`);
    await again.locator('.workspace').waitFor();
    await eventually('the sentence is saved', async () =>
      (await savedText(world, document)).report.chapters.at(-1)!.paragraphs[0] === '断网时写下的一句话。'
        ? true
        : undefined,
    );
    await saved(again);
    expect(
      await again.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith('sunward.draft.'))),
    ).toEqual([]);
    await context.close();
  });
});

describe('a drafter submits', () => {
  let document: string;
  beforeAll(async () => {
    document = await written(world, 'organ-0004');
  });
  const submissions = async (): Promise<number> =>
    Number(
      (
        await world.system.sql('select count(*)::int as n from drafting.submission where report_id = $1', [document])
      )[0]?.['n'],
    );

  it('only what is clean or explained, once however often it is pressed, and sees who signs next', async () => {
    const { page, context, complaints } = await opened(document);
    await page.locator('.checks li').first().waitFor();
    await page.getByRole('button', { name: '提交审签' }).click();
    await dialog(page).getByText('还不能提交。').waitFor();
    await dialog(page).getByText('初审').first().waitFor();
    await shoot(page, 'drafting-submit-barred');
    expect(await dialog(page).getByRole('button', { name: '提交', exact: true }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'hidden' });
    // A word the checks know better is written in by one press.
    await page.getByRole('button', { name: '改为“加强我区”' }).click();
    await explainAll(page);
    await page.getByRole('button', { name: '提交审签' }).click();
    await dialog(page).getByText('张立').waitFor();
    await shoot(page, 'drafting-submit');
    await dialog(page).getByRole('button', { name: '提交', exact: true }).dblclick();
    await page.getByText('已提交审签').first().waitFor();
    await page.getByRole('heading', { name: '我的待办', level: 1 }).waitFor();
    expect(await submissions()).toBe(1);
    await page.goto(`/app/reports/${document}/edit`);
    await page.getByText('现在不能改').waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('takes a reviewer’s words over by one press where they belong, and submits again', async () => {
    await (await world.people['first-reviewer']!.signIn()).stepUp();
    const { case: caseId, report } = await inReview(document);
    const [first = ''] = report.chapters[0]!.paragraphs;
    const quote = first.slice(0, 6);
    const reviewer = world.people['first-reviewer']!;
    const note = {
      content: caseId.content,
      place: { quote, chapter: 1, paragraph: 0 },
      text: '写全称。',
      suggestion: `据统计，${quote}`,
    };
    const made = await reviewer.command(`/review-cases/${caseId.case}/notes`, note);
    expect([made.status, made.body]).toEqual([200, expect.anything()]);
    await returned(world.people, 'first-reviewer', 'review', { document, organ: 'organ-0004', ...caseId });
    await eventually('it is back', async () =>
      (await savedText(world, document)).state === 'returned' ? true : undefined,
    );
    const { page, context, taps, complaints } = await world.signedIn('drafter', '/app');
    await page.locator('.row', { hasText: '长安区' }).click();
    await page.getByText('审核人的批注 1 条').waitFor();
    await page.getByText('写全称。').waitFor();
    await page.locator('.findings', { hasText: '写全称。' }).getByRole('button', { name: '定位' }).click();
    await page.locator('textarea.paragraph:focus').waitFor();
    // A device that has never held the report knows what was said when it was submitted.
    await page.locator('.checks .findings').getByText('提醒，已说明').first().waitFor();
    await page.locator('.findings', { hasText: '写全称。' }).getByRole('button', { name: '答复' }).click();
    await dialog(page).locator('#note-reply').fill('照改。');
    await dialog(page).getByRole('button', { name: '答复' }).click();
    await page.getByText(/王敏 .* 答复 照改。/).waitFor();
    await shoot(page, 'drafting-notes');
    await taps();
    await page.getByRole('button', { name: '采纳' }).click();
    await eventually('the words are in', async () =>
      (await page.locator('textarea.paragraph').first().inputValue()).startsWith('据统计，') ? true : undefined,
    );
    expect(await taps()).toBe(1);
    expect((await savedText(world, document)).report.chapters[0]!.paragraphs[0]).toBe(`据统计，${first}`);
    await page.getByText('以前的稿').click();
    await page.getByRole('button', { name: '与现在对比' }).nth(1).click();
    await page.locator('.changes ins', { hasText: '据统计' }).first().waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('nothing while the checks cannot be done, and says so', async () => {
    const { page, context } = await world.seat();
    let isBroken = true;
    await page.route('**/check.worker*', (route) => (isBroken ? route.abort() : route.continue()));
    await page.goto(`/app/reports/${document}/edit`);
    await enter(page, 'drafter', world.passwordOf('drafter'));
    await page.locator('.checks').getByText('校验没有完成').waitFor();
    await page.getByRole('button', { name: '改好了，再次提交' }).click();
    await dialog(page).getByText('校验没有完成').waitFor();
    await dialog(page).getByText('还不能提交。').waitFor();
    expect(await dialog(page).getByRole('button', { name: '提交', exact: true }).count()).toBe(0);
    await page.keyboard.press('Escape');
    isBroken = false;
    await page.locator('.checks').getByRole('button', { name: '再试一次' }).click();
    await page.locator('.checks li').first().waitFor();
    await context.close();
  });

  /** The report once its case is open for the first reviewer. */
  async function inReview(of: string) {
    const { report } = await savedText(world, of);
    const item = await eventually('the reviewer has it', async () => {
      const { body } = await world.people['first-reviewer']!.get('/inbox');
      return (body.items as { document: string; case: string; content: string }[]).find((one) => one.document === of);
    });
    return { case: { case: item.case, content: item.content }, report };
  }
});

describe('every screen of drafting', () => {
  const LOOKS = [
    ['1280', { size: DESK }],
    ['1280-high', { size: DESK, contrast: 'high' }],
    ['375', { size: PHONE }],
    ['375-high', { size: PHONE, contrast: 'high' }],
  ] as const;
  let empty: string;
  let full: string;
  beforeAll(async () => {
    empty = await started(world, 'organ-0003', 2021);
    full = await written(world, 'organ-0001');
  });

  /** The screens before there is a text. */
  async function beginning(page: Page, sound: (screen: string) => Promise<void>): Promise<void> {
    await page.locator('#organ').waitFor();
    await sound('new');
    await page.goto(`/app/reports/${empty}/edit`);
    await page.locator('.ways-to-start').waitFor();
    await sound('start');
    const chooser = page.waitForEvent('filechooser');
    await page.locator('.ways-to-start button').first().click();
    await (
      await chooser
    ).setFiles({ name: '2020年度报告.txt', mimeType: 'text/plain', buffer: reportOf('organ-0003') });
    await page.locator('.side-by-side').waitFor();
    await sound('import');
  }

  it.each(LOOKS)('is whole and free of barriers at %s px', async (look, options) => {
    const languages = 'contrast' in options ? (['zh'] as const) : (['zh', 'en'] as const);
    for (const language of languages) {
      const { page, context, complaints } = await world.signedIn('drafter', '/app/reports/new', {
        ...options,
        language,
      });
      const sound = async (screen: string): Promise<void> => {
        const name = `drafting-${screen}-${look}-${language}`;
        await shoot(page, name);
        expect([name, await violations(page)]).toEqual([name, []]);
        expect([name, await overflow(page)]).toEqual([name, 0]);
        if (language === 'en') expect([name, await untranslated(page)]).toEqual([name, []]);
      };
      if (!('contrast' in options)) await beginning(page, sound);
      await page.goto(`/app/reports/${full}/edit`);
      await page.locator('.checks li').first().waitFor();
      await sound('front');
      await openChapter(page, '一、');
      await sound('prose');
      for (const [chapter, id] of [
        ['二、', 't2.20-1.rules.made'],
        ['三、', 't3.1.research'],
        ['四、', 't4.review.upheld'],
      ] as const) {
        await openChapter(page, chapter);
        await standOn(page, id);
        await sound(`table-${id.slice(0, 2)}`);
      }
      await page.locator('.acts button').first().click();
      await dialog(page).locator('.rail li').first().waitFor();
      await sound('submit');
      expect(complaints).toEqual([]);
      await context.close();
    }
  });

  it('can be used without a mouse, from the list of things to do to a saved figure', async () => {
    const { page, context } = await world.signedIn('drafter', '/app');
    await page.locator('.row', { hasText: '向阳区' }).first().waitFor();
    const tabTo = async (isThere: string): Promise<void> => {
      for (let presses = 0; presses < 80; presses += 1) {
        if (await page.evaluate((selector) => window.document.activeElement?.matches(selector) ?? false, isThere))
          return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`Tab never came to ${isThere}`);
    };
    await tabTo(`a.row[href$="${full}/edit"]`);
    await page.keyboard.press('Enter');
    await page.locator('.workspace').waitFor();
    await tabTo('.chapters li:nth-child(4) button');
    await page.keyboard.press('Enter');
    await tabTo('.figure input');
    await page.keyboard.type('4');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => window.document.activeElement?.closest('.figure') ?? null)).toBeNull();
    await saved(page);
    await eventually('the figure is saved', async () => {
      const { report } = await savedText(world, full);
      return report.tables['t3']![FIRST]!.original === '4' ? true : undefined;
    });
    await context.close();
  });
});
