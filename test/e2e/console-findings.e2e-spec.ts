import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { signStages, submitReport, type Submitted } from '../support/chain.js';
import { thorough } from '../support/console-looks.js';
import { arrived, submitted } from '../support/console-reports.js';
import { ConsoleWorld, PHONE } from '../support/console-world.js';
import { doubtfulReportOf } from '../support/doubtful-report.js';

jest.setTimeout(180_000);

const TARGET_PX = 48;

let world: ConsoleWorld;
let doubtful: Submitted;
let clean: Submitted;
let asked: Submitted;

beforeAll(async () => {
  world = await ConsoleWorld.open();
  const { people } = world;
  doubtful = await submitReport(people, 'organ-0001', doubtfulReportOf('organ-0001'));
  await signStages(people, doubtful, ['first-review']);
  clean = await submitted(people, 'organ-0002', ['first-review']);
  asked = await submitReport(people, 'organ-0003', doubtfulReportOf('organ-0003'));
  await signStages(people, asked, ['first-review']);
  await arrived(people, 'secrecy-reviewer', [doubtful, clean, asked]);
}, 240_000);
afterAll(() => world?.close(), 60_000);

const marks = (page: Page) => page.locator('.report mark');
const named = (page: Page, what: string) => page.getByRole('group', { name: `保密审查提示：${what}`, exact: true });
/** What has the focus, by its words or as `by` says, if all of it is before the eyes and nothing lies over its middle. */
const focused = (page: Page, by: 'words' | 'id' = 'words'): Promise<string> =>
  page.evaluate((said) => {
    const at = document.activeElement;
    if (at === null) return 'nothing';
    const { top, bottom, left, right } = at.getBoundingClientRect();
    const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    const isSeen = top >= 0 && bottom <= innerHeight && left >= 0 && right <= innerWidth && over !== null;
    if (!isSeen || !(at.contains(over) || over.contains(at))) return `out of sight: ${at.outerHTML}`;
    return said === 'id' ? at.id : (at.textContent ?? '');
  }, by);

/** Waits until a place has the focus, and sees that it is before the eyes. */
async function reached(page: Page, id: string): Promise<void> {
  await page.locator(`[id='${id}']:focus`).waitFor();
  expect(await focused(page, 'id')).toBe(id);
}
describe('what may be confidential', () => {
  it('is marked where it stands, by kind and in words, and one goes from one place to the next', async () => {
    const seated = await world.signedIn('secrecy-reviewer', `/app/cases/${doubtful.case}`);
    const { page, context } = seated;
    await page.getByRole('tab', { name: '全文 · 保密审查提示 3 处' }).click();
    await page.getByRole('group', { name: '保密审查提示 3 处', exact: true }).waitFor();
    expect(await marks(page).allTextContents()).toEqual(['xyzwgk@163.com', '张小明', '小区3号楼2单元501室']);
    expect(await named(page, '私人邮箱').textContent()).toBe('xyzwgk@163.com');
    expect(await named(page, '姓名').textContent()).toBe('张小明');
    expect(await named(page, '住址').textContent()).toBe('小区3号楼2单元501室');

    const [next, previous] = ['下一处', '上一处'].map((name) => page.getByRole('button', { name, exact: true }));
    await next!.click();
    expect(await focused(page)).toBe('xyzwgk@163.com');
    await page.getByText('第 1 处，共 3 处').waitFor();
    await next!.click();
    expect(await focused(page)).toBe('张小明');
    await page.keyboard.press('Tab');
    await page.getByText('第 3 处，共 3 处').waitFor();
    await next!.click();
    expect(await focused(page)).toBe('xyzwgk@163.com');
    await previous!.click();
    expect(await focused(page)).toBe('小区3号楼2单元501室');
    await thorough(seated, 'desk-candidates');
    await context.close();
  });

  it('is no part of the words a note is bound to', async () => {
    const { page, context } = await world.signedIn('secrecy-reviewer', `/app/cases/${doubtful.case}`);
    await page.getByRole('tab', { name: '全文' }).click();
    await marks(page).nth(1).waitFor();
    const quote = await page.evaluate(() => {
      const passage = document.querySelector('[data-passage="5.1"]')!;
      const range = document.createRange();
      range.selectNodeContents(passage);
      getSelection()!.removeAllRanges();
      getSelection()!.addRange(range);
      return range.toString();
    });
    expect(quote).toBe('信访人张小明反映的问题已答复，其家住幸福小区3号楼2单元501室。');
    await page.locator('.marking').getByRole('button', { name: '写批注' }).click();
    await page.getByRole('dialog').locator('#note-text').fill('隐去姓名和住址。');
    await page.getByRole('dialog').getByRole('button', { name: '写批注', exact: true }).click();
    await page.locator('p.noted mark').first().waitFor();
    expect(await marks(page).count()).toBe(3);
    await context.close();
  });

  it('is said in words to be nothing where nothing was found', async () => {
    const seated = await world.signedIn('secrecy-reviewer', `/app/cases/${clean.case}`);
    const { page, context } = seated;
    await page.getByRole('tab', { name: '全文', exact: true }).click();
    await page.getByText('保密审查提示 0 处：按规则没有找到身份证号').waitFor();
    expect(await marks(page).count()).toBe(0);
    expect(await page.getByRole('button', { name: '下一处' }).count()).toBe(0);
    await thorough(seated, 'desk-candidates-none');
    await context.close();
  });

  it('is marked on the phone of whoever reviews as well', async () => {
    const seated = await world.signedIn('secrecy-reviewer', `/m/r/${doubtful.case}`, { size: PHONE });
    const { page, context } = seated;
    await page.locator('.whole > summary').click();
    await page.getByRole('button', { name: '下一处' }).click();
    expect(await focused(page)).toBe('xyzwgk@163.com');
    await page.getByRole('button', { name: '下一处' }).click();
    expect(await focused(page)).toBe('张小明');
    await thorough(seated, 'phone-candidates', TARGET_PX);
    await context.close();
  });
});

describe('a finding', () => {
  const CELL = 'place-t2-20-5-licensing-decisions';
  const wayTo = (page: Page, within: string, what: string) =>
    page.locator(`${within} .findings li`, { hasText: what }).getByRole('button', { name: '定位' });

  it('leads out of the dialog of the signer to its cell and its paragraph, and back to what was ticked', async () => {
    const seated = await world.signedIn('secrecy-reviewer', `/app/cases/${asked.case}`);
    const { page, context } = seated;
    await page.getByRole('button', { name: '签批', exact: true }).first().click();
    const ticks = page.locator('dialog .checklist input[type=checkbox]');
    await ticks.nth(0).check();
    await ticks.nth(1).check();
    await page.locator('dialog summary', { hasText: '11 处提醒' }).click();
    const toCell = wayTo(page, 'dialog', '各行处理决定数量');
    await thorough(seated, 'desk-sign-findings');
    await toCell.click();
    await page.locator('dialog').waitFor({ state: 'hidden' });
    await reached(page, CELL);
    await thorough(seated, 'desk-sign-aside');
    await page.getByRole('button', { name: '回到签批' }).click();
    await toCell.waitFor();
    await page.waitForFunction((button) => button === document.activeElement, await toCell.elementHandle());
    expect(await ticks.evaluateAll((all) => all.map((one) => (one as HTMLInputElement).checked))).toEqual([
      true,
      true,
      false,
    ]);

    await wayTo(page, 'dialog', '疑为错字').focus();
    await page.keyboard.press('Enter');
    await page.locator('dialog').waitFor({ state: 'hidden' });
    await reached(page, 'place-6-1');
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor();
    expect(await ticks.nth(1).isChecked()).toBe(true);

    await wayTo(page, 'dialog', '缺考核、评议').click();
    await reached(page, 'place-chapter-1');
    await page.getByRole('button', { name: '签批', exact: true }).first().click();
    await ticks.nth(2).check();
    await page.locator('dialog').getByRole('button', { name: '同意并签批' }).waitFor();
    await page.locator('dialog').getByRole('button', { name: '取消' }).click();
    await page.locator('dialog').waitFor({ state: 'detached' });
    expect(await page.getByRole('button', { name: '回到签批' }).count()).toBe(0);
    await context.close();
  });

  it('beside the text leads to its place in the text and back to its line', async () => {
    const { page, context, complaints } = await world.signedIn('secrecy-reviewer', `/app/cases/${asked.case}`);
    await page.getByRole('tab', { name: '改了什么' }).click();
    const way = wayTo(page, 'aside', '没有写明下载或查阅的地址');
    await way.click();
    await reached(page, 'place-preface');
    await page.getByRole('button', { name: '回到校验结果' }).click();
    await page.waitForFunction((button) => button === document.activeElement, await way.elementHandle());
    expect(await page.getByRole('button', { name: '回到校验结果' }).count()).toBe(0);
    await wayTo(page, 'aside', '应为“一、总体情况”').click();
    await reached(page, 'place-chapter-1');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('leads to its place in the whole text on the phone, without asking the server for anything', async () => {
    const seated = await world.signedIn('secrecy-reviewer', `/m/r/${asked.case}`, { size: PHONE });
    const { page, context } = seated;
    await page.waitForLoadState('load');
    const way = wayTo(page, 'main', '各行处理决定数量');
    await way.waitFor();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await way.click();
    await reached(page, CELL);
    expect(await focused(page)).toBe('30');
    expect(requests.filter((url) => !url.endsWith('/views'))).toEqual([]);
    await thorough(seated, 'phone-located', TARGET_PX);
    await page.getByRole('button', { name: '回到校验结果' }).click();
    await page.waitForFunction((button) => button === document.activeElement, await way.elementHandle());
    await way.click();
    await reached(page, CELL);
    await context.close();
  });
});
