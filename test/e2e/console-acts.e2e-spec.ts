import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { liveFiles, signNext, type Submitted } from '../support/chain.js';
import { consoleDistrict } from '../support/console-district.js';
import { en } from '../../apps/console/src/words/en.js';
import { tabTo, thorough } from '../support/console-looks.js';
import { arrived, changedAndSubmitted, submitted, withMoreInLastChapter } from '../support/console-reports.js';
import { dialog, heading, press, sent } from '../support/console-screens.js';
import { ConsoleWorld } from '../support/console-world.js';

jest.setTimeout(180_000);

const REVIEWED = ['first-review', 'secrecy-review', 'countersign'];
/** What J3 allows: opening, two places, two notes, the return. */
const J3_CLICKS = 10;

let world: ConsoleWorld;
let noted: Submitted;
let handed: Submitted;
let publicOne: Submitted;
let keyed: Submitted;

beforeAll(async () => {
  world = await ConsoleWorld.open({}, consoleDistrict(5));
  const { people } = world;
  publicOne = await submitted(people, 'organ-0004', [...REVIEWED, 'deputy']);
  await signNext(people['principal']!, 'approval', publicOne.case, 'principal');
  noted = await submitted(people, 'organ-0001', []);
  handed = await submitted(people, 'organ-0002', [...REVIEWED, 'deputy']);
  keyed = await submitted(people, 'organ-0005', []);
  await arrived(people, 'first-reviewer', [noted, keyed]);
  await arrived(people, 'principal', [handed]);
}, 240_000);
afterAll(() => world?.close(), 60_000);

/** Marks the first words of a passage, as drawing the mouse over them does. */
async function mark(page: Page, passage: string, from: number, to: number): Promise<string> {
  return page.evaluate(
    ([at, first, last]) => {
      const text = document.querySelector(`[data-passage="${at}"]`)!.firstChild!;
      const range = document.createRange();
      range.setStart(text, first);
      range.setEnd(text, last);
      const selection = getSelection()!;
      selection.removeAllRanges();
      selection.addRange(range);
      return range.toString();
    },
    [passage, from, to] as const,
  );
}

describe('a reviewer with two remarks', () => {
  it('pins them to a figure and to words and returns them with the report, in ten clicks', async () => {
    const seated = await world.signedIn('first-reviewer', '/app');
    const { page, taps } = seated;
    await page.locator('.row', { hasText: '向阳区' }).waitFor();
    await taps();
    await page.locator('.row', { hasText: '向阳区' }).click();
    await page.getByRole('tab', { name: '全文' }).click();
    await page.locator('#place-t3-1-natural-person').click();
    await page.locator('.marking').getByRole('button', { name: '写批注' }).click();
    await dialog(page).locator('#note-text').fill('与台账核对后写明依据。');
    await sent(seated, '写批注', '批注已记下');
    await mark(page, '1.0', 0, 8);
    await page.locator('.marking').getByRole('button', { name: '写批注' }).click();
    await dialog(page).locator('#note-text').fill('表述从简。');
    await dialog(page).locator('#note-suggestion').fill('本年度，');
    await sent(seated, '写批注', '批注已记下');
    await page.locator('.a-note.open').nth(1).waitFor();
    await thorough(seated, 'desk-noted');
    await press(page, '退回');
    await dialog(page).getByText('与台账核对后写明依据').waitFor();
    await dialog(page).getByRole('button', { name: '退回', exact: true }).click();
    await heading(page, '我的待办').waitFor();
    // The marking of words is a press as well.
    expect((await taps()) + 1).toBeLessThanOrEqual(J3_CLICKS);
    await seated.context.close();
  });

  it('is answered by the drafter, who takes one suggestion over', async () => {
    const seated = await world.signedIn('drafter', `/app/cases/${noted.case}`);
    const { page } = seated;
    await page.locator('.a-note', { hasText: '写明依据' }).getByRole('button', { name: '答复' }).waitFor();
    await page.goto(`/app/reports/${noted.document}`);
    await page.getByRole('tab', { name: '修改建议' }).click();
    await page.getByRole('button', { name: '采纳' }).first().waitFor();
    await thorough(seated, 'desk-suggestions');
    await press(page, '采纳');
    await sent(seated, '采纳', '已采纳，生成新的一稿');
    await page.getByText('没有待采纳的修改建议').waitFor();
    await page.goto(`/app/cases/${noted.case}`);
    await page.locator('.closed summary').click();
    await page.locator('.a-note.accepted').waitFor();
    await seated.context.close();
  });

  it('sees the next round as what changed since he looked, settles what is left and can sign then', async () => {
    await changedAndSubmitted(world.people, noted, withMoreInLastChapter);
    const seated = await world.signedIn('first-reviewer', `/app/cases/${noted.case}`);
    const { page } = seated;
    await page.getByText(/与上次看过的相比，改了 \d+ 处/).waitFor();
    await page.getByText('并定期公布进展').first().waitFor();
    const open = page.locator('.a-note.open');
    await open.filter({ hasText: '写明依据' }).getByRole('button', { name: '定位' }).click();
    await page.locator('#place-t3-1-natural-person.noted').waitFor();
    await page.getByRole('button', { name: '签批', exact: true }).first().click();
    await dialog(page)
      .getByText(/本环节有 \d+ 条批注未处理/)
      .waitFor();
    await dialog(page).getByRole('button', { name: '去看批注' }).click();
    await open.first().getByRole('button', { name: '处理完毕' }).click();
    await sent(seated, '处理完毕', '批注已处理');
    await open.first().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '签批', exact: true }).first().click();
    await dialog(page).getByRole('button', { name: '同意并签批' }).click();
    await page.locator('#proof').fill(world.passwordOf('first-reviewer'));
    await page.getByRole('button', { name: '确认' }).click();
    await heading(page, '我的待办').waitFor();
    await seated.context.close();
  });
});

describe('without a mouse', () => {
  it('a reviewer finds the report, pins a note and returns it', async () => {
    const { page, context } = await world.signedIn('first-reviewer', '/app');
    await page.locator('.row', { hasText: '平川区' }).waitFor();
    await tabTo(page, '跳到正文');
    await page.keyboard.press('Enter');
    await tabTo(page, '平川区人民政府');
    await page.keyboard.press('Enter');
    await heading(page, /平川区/).waitFor();
    await page.locator('aside .acts').waitFor();
    await page.keyboard.press('Control+Alt+m');
    await dialog(page).waitFor();
    await page.keyboard.press('Tab');
    await page.locator('#note-place').focus();
    await page.keyboard.type('第五');
    await page.locator('#note-place').selectOption('chapter-5');
    await page.keyboard.press('Tab');
    await page.keyboard.type('请补充改进措施。');
    await tabTo(page, '写批注');
    await page.keyboard.press('Enter');
    await page.locator('.a-note.open', { hasText: '请补充改进措施。' }).waitFor();
    await tabTo(page, '退回');
    await page.keyboard.press('Enter');
    await dialog(page).locator('#reason').waitFor();
    expect(await dialog(page).locator('#reason').inputValue()).toBe('见批注 1 条。');
    await dialog(page).locator('#place').focus();
    await tabTo(page, '退回');
    await page.keyboard.press('Enter');
    await heading(page, '我的待办').waitFor();
    await context.close();
  });
});

describe('the verbs of a seat', () => {
  it('adding and removing a signer, asking inside and outside, copying, handing over', async () => {
    const seated = await world.signedIn('principal', `/app/cases/${handed.case}`);
    const { page } = seated;
    await press(page, '加签');
    await dialog(page).getByLabel('按姓名、岗位或拼音首字母找').fill('zz');
    await dialog(page).getByLabel('请谁加签').selectOption({ index: 1 });
    await sent(seated, '加签', '已加签。');
    await page.getByText('加签', { exact: false }).first().waitFor();
    await press(page, '减签');
    await sent(seated, '减签', '已减签。');
    await press(page, '征求意见');
    await dialog(page).getByLabel('给谁').selectOption({ index: 1 });
    await dialog(page).locator('#question').fill('第五章是否妥当？');
    await sent(seated, '征求意见', '已发出征求意见。');
    await press(page, '抄送');
    await dialog(page).getByLabel('给谁').selectOption({ index: 1 });
    await sent(seated, '抄送', '已抄送。');
    await press(page, '征求意见');
    await dialog(page).getByText('系统外的人').click();
    await dialog(page).locator('#question').fill('请专家看看第三章。');
    await dialog(page).getByRole('button', { name: '征求意见', exact: true }).click();
    const link = await dialog(page).locator('#link').inputValue();
    await dialog(page).getByRole('button', { name: '关闭' }).click();
    await outsiderAnswers(link);
    await page.getByText('李专家（某大学）：写得清楚。').waitFor();
    await press(page, '转办');
    await dialog(page).getByLabel('给谁').selectOption({ index: 1 });
    await sent(seated, '转办', '已转办。');
    await page.getByRole('button', { name: '签批', exact: true }).waitFor({ state: 'detached' });
    await arrived(world.people, 'principal.two', [handed]);
    await seated.context.close();
  });

  async function outsiderAnswers(link: string): Promise<void> {
    const seated = await world.seat();
    await seated.page.goto(link);
    await seated.page.getByText('请专家看看第三章。').waitFor();
    await thorough(seated, 'desk-opinion');
    await seated.page.locator('#opinion-name').fill('李专家（某大学）');
    await seated.page.locator('#opinion-text').fill('写得清楚。');
    await press(seated.page, '答复意见');
    await seated.page.getByText(/意见已于 .* 答复/).waitFor();
    await seated.context.close();
  }

  it('urging, once in four hours, and withdrawing by the submitter', async () => {
    const seated = await world.signedIn('drafter', `/app/cases/${handed.case}`);
    const { page } = seated;
    await press(page, '催办');
    await sent(seated, '催办', '已催办。');
    await press(page, '催办');
    await dialog(page).getByRole('button', { name: '催办', exact: true }).click();
    await dialog(page).getByRole('alert').waitFor();
    await page.keyboard.press('Escape');
    await press(page, '撤回');
    await dialog(page).getByRole('button', { name: '撤回', exact: true }).click();
    await dialog(page).getByText('写明理由').waitFor();
    await dialog(page).locator('#end-reason').fill('发现第六章须补充。');
    await sent(seated, '撤回', '已撤回。');
    await page.getByText('送审人已撤回').first().waitFor();
    await seated.context.close();
  });

  it('taking back, postponing and recalling by those who signed', async () => {
    const late = await submitted(world.people, 'organ-0003', REVIEWED);
    const deputy = await world.signedIn('deputy-leader', `/app/cases/${late.case}`);
    await deputy.page.locator('aside .acts').waitFor();
    await signNext(world.people['deputy-leader']!, 'approval', late.case, 'deputy');
    await press(deputy.page, '拿回签批');
    await sent(deputy, '拿回签批', '签批已拿回。');
    await deputy.page.getByRole('button', { name: '签批', exact: true }).waitFor();
    await signNext(world.people['deputy-leader']!, 'approval', late.case, 'deputy-again');
    await signNext(world.people['principal']!, 'approval', late.case, 'principal');
    const principal = await world.signedIn('principal', `/app/cases/${late.case}`);
    await press(principal.page, '推迟');
    await dialog(principal.page).locator('#until').fill('2099-01-01T09:00');
    await sent(principal, '推迟', '已推迟。');
    await principal.page
      .getByText(/2099年1月1日.*放行公开/)
      .first()
      .waitFor();
    await press(principal.page, '收回');
    await dialog(principal.page).locator('#end-reason').fill('须再核对。');
    await sent(principal, '收回', '已收回。');
    await deputy.context.close();
    await principal.context.close();
  });
});

describe('what one is told', () => {
  it('is listed with when it came; it leads to how things stand now, and is read then', async () => {
    const seated = await world.signedIn('drafter', '/app/notices');
    const { page } = seated;
    const old = page.locator('a.row', { hasText: '长安区' }).first();
    await old.waitFor();
    await liveFiles(world.system.siteUrl, 'organ-0004', 120_000);
    await old.click();
    await heading(page, /长安区/).waitFor();
    await page
      .getByText(/^已公开/)
      .first()
      .waitFor();
    await page.goto('/app/notices');
    await page.getByText('已读').first().waitFor();
    await page.getByRole('link', { name: '设置免打扰时间' }).click();
    await page.getByRole('tab', { name: '免打扰' }).click();
    await page.locator('#quiet-from').fill('19:30');
    await press(page, '保存');
    await page.getByText('免打扰时间已保存').waitFor();
    await page.reload();
    await page.getByRole('tab', { name: '免打扰' }).click();
    expect(await page.locator('#quiet-from').inputValue()).toBe('19:30');
    await seated.context.close();
  }, 180_000);
});

describe('one’s own affairs', () => {
  it('a deputy is named with proof, and revoked', async () => {
    const seated = await world.signedIn('countersigner', '/app/mine');
    const { page } = seated;
    await press(page, '设代理');
    await dialog(page).locator('#deputy-agent').selectOption({ label: '吴越' });
    await dialog(page).getByRole('button', { name: '设代理', exact: true }).click();
    await page.locator('#proof').fill(world.passwordOf('countersigner'));
    await page.getByRole('button', { name: '确认' }).click();
    await page.locator('.row', { hasText: '吴越' }).waitFor();
    await press(page, '撤销代理');
    await sent(seated, '撤销代理', '代理已撤销。');
    // What was said is said again in the language one changes to.
    await page.getByRole('button', { name: '显示' }).click();
    await page.getByText('English', { exact: true }).click();
    await page.getByRole('status').getByText(en.deputy.revoked).waitFor();
    await seated.context.close();
  });

  it('another session is ended from here', async () => {
    const other = await world.signedIn('outsider', '/app');
    await heading(other.page, '我的待办').waitFor();
    const seated = await world.signedIn('outsider', '/app/mine');
    await seated.page.getByRole('tab', { name: '登录' }).click();
    await seated.page.locator('.row', { hasText: '当前登录' }).waitFor();
    await press(seated.page, '结束');
    await seated.page.getByText('那一处登录已结束').waitFor();
    await seated.context.close();
    await other.context.close();
  });
});

describe('the way to anything', () => {
  it('is found by pinyin initials, from the keyboard alone', async () => {
    const { page, context } = await world.signedIn('drafter', '/app');
    await page.locator('.row').first().waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('qsq');
    await page.getByRole('option', { name: /青山区/ }).waitFor();
    await page.keyboard.press('Enter');
    await heading(page, /青山区/).waitFor();
    await context.close();
  });

  it('is along the rows with J and K for whoever switched that on', async () => {
    const { page, context } = await world.signedIn('drafter', '/app/reports');
    await page.locator('.row').nth(1).waitFor();
    await page.keyboard.press('j');
    expect(await page.locator('a.row:focus').count()).toBe(0);
    await page.keyboard.press('Control+/');
    await dialog(page).getByText('启用单键').click();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    expect(
      await page
        .locator('a.row')
        .nth(1)
        .evaluate((row) => row === document.activeElement),
    ).toBe(true);
    await page.keyboard.press('k');
    expect(
      await page
        .locator('a.row')
        .nth(0)
        .evaluate((row) => row === document.activeElement),
    ).toBe(true);
    await context.close();
  });
});
