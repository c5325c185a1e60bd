import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type Submitted, signStages } from '../support/chain.js';
import { liveFiles } from '../support/chain.js';
import { arrived, returned, signedAndChanged, submitted } from '../support/console-reports.js';
import { shoot, thorough } from '../support/console-looks.js';
import { dialog, heading } from '../support/console-screens.js';
import { ConsoleWorld, enter } from '../support/console-world.js';

jest.setTimeout(240_000);

const LEADER = 'deputy-leader';
const REVIEWED = ['first-review', 'secrecy-review', 'countersign'];
/** A list, a case, what changed, the dialog, the act, the proof. */
const MOST_CLICKS = 5;

let world: ConsoleWorld;
let fresh: Submitted;
let changed: Submitted;
let secret: Submitted;

beforeAll(async () => {
  world = await ConsoleWorld.open();
  fresh = await submitted(world.people, 'organ-0001', REVIEWED);
  changed = await signedAndChanged(world.people, 'organ-0002');
  secret = await submitted(world.people, 'organ-0003', ['first-review']);
  await arrived(world.people, LEADER, [fresh, changed]);
  await arrived(world.people, 'secrecy-reviewer', [secret]);
}, 240_000);
afterAll(() => world?.close(), 60_000);

async function prove(page: Page, login: string): Promise<void> {
  await page.locator('#proof').fill(world.passwordOf(login));
  await page.getByRole('button', { name: '确认' }).click();
}

describe('a reviewer at his desk', () => {
  it('goes through the checklist before he signs, and cannot do so without', async () => {
    const { page, context, complaints } = await world.signedIn('secrecy-reviewer', '/app');
    await page.locator('.row', { hasText: '临江区' }).click();
    // Whoever signs in the other leg is named before it begins.
    await page
      .locator('.rail')
      .getByText(/未到：.*分管领导 孙卫国/)
      .waitFor();
    await page.getByRole('button', { name: '签批' }).click();
    await dialog(page).getByText('还有 3 项没有核对').waitFor();
    expect(await dialog(page).getByRole('button', { name: '同意并签批' }).count()).toBe(0);
    for (const item of ['不含国家秘密', '不含商业秘密', '不含个人隐私']) await dialog(page).getByText(item).click();
    await dialog(page).getByRole('button', { name: '同意并签批' }).click();
    await prove(page, 'secrecy-reviewer');
    await page.getByText('临江区人民政府 2020 年度报告：已签批').waitFor();
    await heading(page, '我的待办').waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('signs a report he signed before by what changed since, in a few clicks', async () => {
    const { page, context, taps } = await world.signedIn(LEADER, '/app');
    await page.locator('.row', { hasText: '青山区' }).waitFor();
    await taps();
    await page.locator('.row', { hasText: '青山区' }).click();
    await page.getByText('与上次所签相比，改了 2 处').waitFor();
    await page.getByRole('button', { name: '签批' }).click();
    await dialog(page)
      .getByText(`内容码 ${changed.content.slice(0, 8)}`)
      .waitFor();
    await dialog(page).getByRole('button', { name: '同意并签批' }).dblclick();
    await prove(page, LEADER);
    await heading(page, '我的待办').waitFor();
    expect(await taps()).toBeLessThanOrEqual(MOST_CLICKS + 1);
    const [row] = await world.system.sql(
      `select count(*)::int as n from approval.leg_decision d join approval.leg_case c on c.id = d.leg_case
       where c.case_id = $1 and d.kind = 'sign'`,
      [changed.case],
    );
    expect(row).toEqual({ n: 4 });
    await page.getByRole('tab', { name: /我在等的/ }).click();
    await page.locator('.row', { hasText: '青山区' }).getByText('主要负责人签发').waitFor();
    await context.close();
  });

  it('says how many working days are left until the law’s date', async () => {
    const { page, context } = await world.signedIn('drafter', '/app');
    const told = await page.locator('.season').first().textContent();
    expect(told).toMatch(/还有 \d+ 个工作日|最后一个工作日/);
    expect(told).toMatch(/法定截止 \d{4}年[13]月31日（周.）/);
    await shoot(page, 'desk-season');
    await context.close();
  });

  it('returns with a reason and a place, and the drafter reads both', async () => {
    const { page, context } = await world.signedIn(LEADER, `/app/cases/${fresh.case}`);
    await page.getByRole('button', { name: '退回' }).click();
    await dialog(page).getByRole('button', { name: '退回', exact: true }).click();
    await dialog(page).getByText('写明理由，或点选一条').waitFor();
    await dialog(page).getByRole('button', { name: '内容不完整，请补充' }).click();
    await dialog(page).locator('#place').selectOption('chapter-5');
    await dialog(page).getByRole('button', { name: '退回', exact: true }).click();
    await page.getByText('已退回').first().waitFor();
    const drafter = await world.signedIn('drafter', `/app/cases/${fresh.case}`);
    await drafter.page.getByText('内容不完整，请补充').first().waitFor();
    await drafter.page
      .getByText(/位置：五、/)
      .first()
      .waitFor();
    await shoot(drafter.page, 'desk-returned');
    await drafter.page.goto(`/app/reports/${fresh.document}/edit`);
    const why = drafter.page.getByRole('region', { name: '回到起草的原因' });
    await why.getByText('内容不完整，请补充').waitFor();
    await why.getByText(/位置：五、/).waitFor();
    await shoot(drafter.page, 'drafting-returned');
    await drafter.context.close();
    await context.close();
  });
});

describe('an open page', () => {
  it('shows by itself what others do, up to the public address and its evidence', async () => {
    const { page, context } = await world.signedIn('drafter', `/app/cases/${changed.case}`);
    await heading(page, /青山区/).waitFor();
    await page.getByRole('tab', { name: '公开' }).click();
    await signStages(world.people, changed, ['principal']);
    await page.getByText('前可收回').or(page.getByText('放行公开')).first().waitFor();
    await liveFiles(world.system.siteUrl, 'organ-0002', 120_000);
    await page.getByText('已公开，回读核验一致').waitFor({ timeout: 60_000 });
    await page.getByText(/放行，.*已回读核验，用时 \d+\.\d 秒/).waitFor();
    await page.getByRole('link', { name: 'evidence.zip' }).waitFor();
    await shoot(page, 'desk-live');
    await context.close();
  });

  it('looks like nothing to whoever may not see it', async () => {
    const { page, context } = await world.signedIn('outsider', `/app/cases/${fresh.case}`);
    await page.getByText('没有这份报告，或无权查看').waitFor();
    await page.goto('/app');
    await page.getByText('现在没有轮到你的事').waitFor();
    await shoot(page, 'desk-empty');
    await context.close();
  });

  it('keeps its place when the session ends', async () => {
    const { page, context } = await world.signedIn(LEADER, `/app/cases/${changed.case}`);
    await heading(page, /青山区/).waitFor();
    await world.system.sql('delete from gateway.session');
    await page.goto(`/app/reports`);
    await page.locator('input[name=login]').waitFor();
    await enter(page, LEADER, world.passwordOf(LEADER));
    await heading(page, '报告').waitFor();
    await context.close();
  });
});

describe('without a mouse', () => {
  it('a reviewer comes from the list to the proof before his signature', async () => {
    const { page, context } = await world.signedIn('principal.two', '/app/reports');
    await page.locator('.row').first().waitFor();
    await page.locator('.skip').focus();
    await page.keyboard.press('Enter');
    await page.locator('main:focus').waitFor();
    for (let presses = 0; presses < 30; presses += 1) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(() => document.activeElement?.classList.contains('row') ?? false)) break;
    }
    await page.keyboard.press('Enter');
    await page.getByRole('tab').first().waitFor();
    await context.close();
  });
});

describe('whoever is let into one case', () => {
  it('finds it in his lists, reads its text in both legs and answers, and finds nothing else', async () => {
    const { people } = world;
    const reviewer = people['first-reviewer']!;
    const shared = await submitted(people, 'organ-0004', []);
    const { person } = (await (await people['outsider']!.signIn()).get('/session')).body;
    const path = `/review-cases/${shared.case}`;
    const seated = await world.signedIn('outsider', '/app');
    const { page } = seated;
    await page.getByText('现在没有轮到你的事').waitFor();
    await page.goto(`/app/cases/${shared.case}`);
    await page.getByText('没有这份报告，或无权查看').waitFor();
    await page.goto('/app/reports');
    await page.getByText('这里还没有报告').waitFor();
    const asked = { person, question: '第五章是否妥当？', days: 3 };
    expect((await reviewer.command(`${path}/consultations`, asked)).status).toBe(200);
    await page.locator('.row', { hasText: '长安区' }).click();
    await page.getByText('第五章是否妥当？').waitFor();
    await page.getByText('供你阅看或征求你的意见').waitFor();
    await page.getByRole('tab', { name: '全文' }).click();
    await page.locator('#place-t3-1-natural-person').waitFor();
    expect(await page.getByRole('button', { name: '签批', exact: true }).count()).toBe(0);
    expect(await page.getByRole('link', { name: '看报告' }).count()).toBe(0);
    await thorough(seated, 'desk-let-in');
    await page.getByRole('button', { name: '答复意见', exact: true }).first().click();
    await dialog(page).locator('textarea').fill('妥当。');
    await dialog(page).getByRole('button', { name: '答复意见', exact: true }).click();
    await page.getByText('意见已答复').waitFor();
    await signStages(people, shared, ['first-review', 'secrecy-review']);
    await page.getByText('会签').first().waitFor();
    await page.reload();
    await page.getByRole('tab', { name: '全文' }).click();
    await page.locator('#place-t3-1-natural-person').waitFor();
    await page.goto(`/app/cases/${changed.case}`);
    await page.getByText('没有这份报告，或无权查看').waitFor();
    await page.goto('/app/reports');
    await page.locator('.row').first().waitFor();
    expect(await page.locator('.row').count()).toBe(1);
    await returned(people, 'countersigner', 'approval', shared);
    await page.locator('.row', { hasText: '已退回起草人' }).click();
    await page.getByRole('tab', { name: '全文' }).click();
    await page.getByText('这份报告不在审签中').waitFor();
    expect(seated.complaints).toEqual([]);
    await seated.context.close();
  }, 240_000);
});
