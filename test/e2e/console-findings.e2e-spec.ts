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

beforeAll(async () => {
  world = await ConsoleWorld.open();
  const { people } = world;
  doubtful = await submitReport(people, 'organ-0001', doubtfulReportOf('organ-0001'));
  await signStages(people, doubtful, ['first-review']);
  clean = await submitted(people, 'organ-0002', ['first-review']);
  await arrived(people, 'secrecy-reviewer', [doubtful, clean]);
}, 240_000);
afterAll(() => world?.close(), 60_000);

const marks = (page: Page) => page.locator('.report mark');
const named = (page: Page, what: string) => page.getByRole('group', { name: `保密审查提示：${what}`, exact: true });
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const at = document.activeElement;
    const box = at?.getBoundingClientRect();
    const isSeen = box !== undefined && box.top >= 0 && box.bottom <= innerHeight && box.left >= 0;
    return isSeen ? (at?.textContent ?? '') : `out of sight: ${at?.outerHTML}`;
  });

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
