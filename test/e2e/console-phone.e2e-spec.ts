import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { legPath, signable, signatureOn, type Submitted, signNext } from '../support/chain.js';
import { consoleDistrict } from '../support/console-district.js';
import { arrived, signedAndChanged, submitted } from '../support/console-reports.js';
import { shoot, tabTo, thorough } from '../support/console-looks.js';
import { heading } from '../support/console-screens.js';
import { ConsoleWorld, enter, PHONE } from '../support/console-world.js';
import { eventually } from '../support/client.js';

jest.setTimeout(180_000);

const REVIEWED = ['first-review', 'secrecy-review', 'countersign'];
const LEADER = 'deputy-leader';
const TARGET_PX = 48;
/** What J4 allows: three reports looked at, two signed, one returned, one proof. */
const MOST_TAPS = 9;

let world: ConsoleWorld;
let fresh: Submitted;
let changed: Submitted;
let doubtful: Submitted;

beforeAll(async () => {
  world = await ConsoleWorld.open({}, consoleDistrict(8));
  fresh = await submitted(world.people, 'organ-0001', REVIEWED);
  changed = await signedAndChanged(world.people, 'organ-0002');
  doubtful = await submitted(world.people, 'organ-0003', REVIEWED);
  await arrived(world.people, LEADER, [fresh, changed, doubtful]);
}, 180_000);
afterAll(() => world?.close(), 60_000);

const prove = async (page: Page): Promise<void> => {
  await page.locator('#proof').fill(world.passwordOf(LEADER));
  await page.getByRole('button', { name: '确认' }).click();
};
const signaturesOf = async ({ case: caseId }: Submitted): Promise<number> => {
  const [row] = await world.system.sql(
    `select count(*)::int as n from approval.leg_decision d join approval.leg_case c on c.id = d.leg_case
       where c.case_id = $1 and d.kind = 'sign'`,
    [caseId],
  );
  return Number(row?.['n']);
};

describe('the phone', () => {
  it('can be reached by keyboard alone, from the sign-in to the proof before a signature', async () => {
    const { page, context } = await world.seat({ size: PHONE });
    await page.goto('/m');
    await page.locator('input[name=login]').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type(LEADER);
    await page.keyboard.press('Tab');
    await page.keyboard.type(world.passwordOf(LEADER));
    await page.keyboard.press('Enter');
    await page.locator('.card').nth(2).waitFor();
    await tabTo(page, '依次看');
    await page.keyboard.press('Enter');
    await page.locator('.bar a').first().waitFor();
    await tabTo(page, '签批');
    await page.keyboard.press('Enter');
    await page.getByText('签批的意思').waitFor();
    await tabTo(page, '同意并签批');
    await page.keyboard.press('Enter');
    await page.locator('#proof:focus').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('#proof').waitFor({ state: 'detached' });
    expect(await page.locator('[role=alert]').count()).toBe(0);
    await context.close();
  });
});

describe('a leader with three reports', () => {
  it('signs two and returns one in a minute, one by one, proving himself once', async () => {
    const seated = await world.signedIn(LEADER, '/m', { size: PHONE });
    const { page, taps } = seated;
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.getByText('轮到我 3 份').waitFor();
    await taps();

    await page.getByRole('link', { name: '依次看' }).click();
    await page.getByText('第 1 份，共 3 份').waitFor();
    await page.getByText('首次审阅这份报告').waitFor();
    await page.getByRole('link', { name: '签批' }).click();
    await page.getByText(`内容码 ${fresh.content.slice(0, 8)}`).waitFor();
    await page.getByRole('button', { name: '同意并签批' }).click();
    await prove(page);

    await page.getByText('与上次所签相比，改了 2 处').waitFor();
    await page.getByText('并定期公布进展').first().waitFor();
    await shoot(page, 'phone-j4-second');
    await page.getByRole('link', { name: '签批' }).click();
    await page.getByRole('button', { name: '同意并签批' }).click();

    await heading(page, /临江区人民政府/).waitFor();
    await page.getByRole('link', { name: '退回' }).click();
    await page.getByRole('button', { name: '请说明原因后再报' }).click();
    await page.getByRole('button', { name: '退回', exact: true }).click();

    await heading(page, '本次已办').waitFor();
    await page.getByText('下一步：主要负责人签发').first().waitFor();
    expect(await taps()).toBeLessThanOrEqual(MOST_TAPS);
    // One stream of events serves every screen, and nothing is asked for again and again.
    expect(requests.filter((url) => url.endsWith('/api/v1/events')).length).toBeLessThanOrEqual(1);
    expect(requests.length).toBeLessThan(110);
    await thorough(seated, 'phone-j4-done', TARGET_PX);

    expect(await signaturesOf(fresh)).toBe(2);
    const detail = await world.people['drafter']!.get(`/approval-cases/${doubtful.case}`);
    expect(detail.body).toMatchObject({ state: 'returned', ended: { reason: '请说明原因后再报', to: null } });

    const card = page.locator('.card', { hasText: '向阳区' });
    await card.getByRole('button', { name: '拿回' }).click();
    await card.getByText('已拿回').waitFor();
    await arrived(world.people, LEADER, [fresh]);
    await seated.context.close();
  });

  it('presses twice and signs once, also while there is no network', async () => {
    const { page, context } = await world.signedIn(LEADER, `/m/r/${fresh.case}/sign`, { size: PHONE });
    await page.getByRole('button', { name: '同意并签批' }).click();
    await page.locator('#proof').waitFor();
    await context.setOffline(true);
    await page.keyboard.press('Escape');
    await context.setOffline(false);
    await page.getByRole('button', { name: '同意并签批' }).click();
    await prove(page);
    await heading(page, '本次已办').waitFor();
    const before = await signaturesOf(fresh);
    const card = page.locator('.card', { hasText: '向阳区' });
    await card.getByRole('button', { name: '拿回' }).click();
    await card.getByText('已拿回').waitFor();

    await page.goto(`/m/r/${fresh.case}/sign`);
    await page.getByRole('button', { name: '同意并签批' }).waitFor();
    await context.setOffline(true);
    await page.getByRole('button', { name: '同意并签批' }).dblclick();
    await page.getByText('已提交，等网络').waitFor();
    await shoot(page, 'phone-waiting');
    await context.setOffline(false);
    await heading(page, '本次已办').waitFor();
    expect(await signaturesOf(fresh)).toBe(before + 1);
    await context.close();
  });
});

describe('what has become of a case', () => {
  it('is shown to whoever opens an old notice', async () => {
    const { page, context } = await world.signedIn(LEADER, `/m/r/${fresh.case}`, { size: PHONE });
    await page.getByText(/^你已于 .* 签批。$/).waitFor();
    expect(await page.locator('.bar').count()).toBe(0);
    await shoot(page, 'phone-old-notice');
    await page.goto(`/m/r/${fresh.case}/sign`);
    await page.getByText('这一关不由你签批').waitFor();
    await page.goto(`/m/r/${doubtful.case}`);
    await page.getByText('已退回起草人').waitFor();
    await page.getByText('请说明原因后再报').waitFor();
    await shoot(page, 'phone-returned');
    await context.close();
  });

  it('says who was quicker as deputy, and for whom, to whoever looks at it then', async () => {
    const taken = await submitted(world.people, 'organ-0006', REVIEWED);
    await arrived(world.people, LEADER, [taken]);
    const { page, context } = await world.signedIn(LEADER, `/m/r/${taken.case}`, { size: PHONE });
    await page.getByRole('link', { name: '签批' }).waitFor();
    const [principal, agent] = [world.people[LEADER]!, world.people['outsider']!];
    const { items } = (await principal.get('/deputies/colleagues?organ=test-office')).body;
    const { person } = items.find(({ login }: { login: string }) => login === 'outsider');
    const [from, until] = [0, 3_600_000].map((later) => new Date(Date.now() + later).toISOString());
    const deputy = { agent: person, role: 'deputy-leader', organ: 'test-office', from, until };
    const granted = await principal.command('/deputies', deputy);
    expect(granted).toMatchObject({ status: 200 });
    const path = legPath('approval', taken.case);
    const seat = await signable(agent, 'approval', taken.case);
    const { onBehalfOf } = seat as typeof seat & { onBehalfOf: string };
    expect((await agent.command(`${path}/signatures`, { ...signatureOn(seat), onBehalfOf })).status).toBe(200);
    await page.getByText(/^已由 吴越 代办：.* 代 孙卫国 签批，不用再办。$/).waitFor();
    await page.getByRole('link', { name: '签批' }).waitFor({ state: 'detached' });
    await shoot(page, 'phone-by-deputy');
    const revoked = await principal.command(`/deputies/${granted.body.deputy}/revocation`, {});
    expect(revoked).toMatchObject({ status: 200 });
    await context.close();
  });

  it('is not shown to whoever may not see it, who sees what is shown for nothing at all', async () => {
    const { page, context } = await world.signedIn('outsider', `/m/r/${fresh.case}`, { size: PHONE });
    await page.getByText('没有这份报告，或无权查看').waitFor();
    const hidden = await page.locator('main').innerText();
    await page.goto('/m/r/00000000-0000-4000-8000-000000000000');
    await page.getByText('没有这份报告，或无权查看').waitFor();
    expect(await page.locator('main').innerText()).toBe(hidden);
    await page.goto('/m');
    await page.getByText('现在没有轮到你的事').waitFor();
    await shoot(page, 'phone-empty');
    await context.close();
  });

  it('appears by itself when it is somebody’s turn, and is public when the last has signed', async () => {
    const { page, context } = await world.signedIn('principal', '/m', { size: PHONE });
    await heading(page, /轮到我 \d 份/).waitFor();
    const late = await submitted(world.people, 'organ-0004', [...REVIEWED, 'deputy']);
    await page.locator('.card', { hasText: '长安区' }).click();
    await page.getByRole('link', { name: '签批' }).click();
    await page.getByRole('button', { name: '同意并签批' }).click();
    await page.locator('#proof').fill(world.passwordOf('principal'));
    await page.getByRole('button', { name: '确认' }).click();
    await page.getByText('长安区人民政府 2020 年度报告：已签批').waitFor();
    await page.goto('/m/done');
    await page.getByText('前可收回').waitFor();
    await shoot(page, 'phone-recall');
    await page.getByRole('button', { name: '收回', exact: true }).click();
    await page.getByText('已收回').waitFor();
    const { body } = await world.people['drafter']!.get(`/approval-cases/${late.case}`);
    expect(body.ended).toMatchObject({ kind: 'recalled' });
    await context.close();
  });
});

describe('a session', () => {
  it('that ends lets one sign in and go on where one was', async () => {
    const { page, context } = await world.signedIn(LEADER, `/m/r/${changed.case}`, { size: PHONE });
    await heading(page, /青山区/).waitFor();
    await world.system.sql('delete from gateway.session');
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await page.getByText('长时间没有操作，登录已结束').waitFor();
    await shoot(page, 'phone-ended');
    await enter(page, LEADER, world.passwordOf(LEADER));
    await heading(page, /青山区/).waitFor();
    await context.close();
  });

  it('says what is wrong with a password, in words', async () => {
    const seated = await world.seat({ size: PHONE });
    await seated.page.goto('/m');
    await seated.page.locator('input[name=login]').fill(LEADER);
    await seated.page.locator('input[name=password]').fill('not this one');
    await seated.page.keyboard.press('Enter');
    await seated.page.getByText('登录名或密码不正确').waitFor();
    await thorough(seated, 'phone-wrong-password', TARGET_PX);
    await seated.context.close();
  });
});

describe('several reports looked at before', () => {
  it('are signed one by one under one proof: what somebody else took is refused, the other signed', async () => {
    const spare = await submitted(world.people, 'organ-0005', [...REVIEWED, 'deputy']);
    await arrived(world.people, 'principal', [fresh, spare]);
    const { page, context } = await world.signedIn('principal', '/m/together', { size: PHONE });
    await page.getByText('还没有看过，先看').nth(1).waitFor();
    for (const one of [fresh, spare]) {
      const viewed = page.waitForResponse((response) => response.url().endsWith('/views') && response.ok());
      await page.goto(`/m/r/${one.case}`);
      await viewed;
    }
    await context.route('**/api/v1/events', (route) => route.abort());
    const before = await signaturesOf(fresh);
    await page.goto('/m/together');
    await page.locator('.pick', { hasText: '向阳区' }).click();
    await page.locator('.pick', { hasText: '平川区' }).click();
    await signNext(world.people['principal.two']!, 'approval', spare.case, 'by-another');
    await page.getByRole('button', { name: '签批所选 2 份' }).click();
    await page.locator('#proof').fill(world.passwordOf('principal'));
    await page.getByRole('button', { name: '确认' }).click();
    await page.locator('.outcomes .note', { hasText: '向阳区人民政府 2020 年度报告' }).getByText('已签批').waitFor();
    await page.locator('.outcomes .note.bad', { hasText: '平川区人民政府 2020 年度报告' }).waitFor();
    await shoot(page, 'phone-together-done');
    expect(await signaturesOf(fresh)).toBe(before + 1);
    expect(await signaturesOf(spare)).toBe(3);
    await context.close();
  });
});

describe('what happens while a page opens', () => {
  it('is shown, although it was answered before the stream of events stood', async () => {
    const { page, context } = await world.signedIn(LEADER, '/m', { size: PHONE });
    await page.locator('.empty').waitFor();
    let letGo = (): void => undefined;
    const gate = new Promise<void>((resolve) => (letGo = resolve));
    await context.route('**/api/v1/events', async (route) => {
      await gate;
      await route.continue();
    });
    await page.reload();
    await page.locator('.empty').waitFor();
    const late = await submitted(world.people, 'organ-0008', REVIEWED);
    await arrived(world.people, LEADER, [late]);
    expect(await page.locator('.card', { hasText: '东山区' }).count()).toBe(0);
    letGo();
    await page.locator('.card', { hasText: '东山区' }).waitFor();
    await context.close();
  });
});

describe('content that moves on', () => {
  it('is not signed: the refusal is said, and the way to what changed', async () => {
    const { page, context } = await world.signedIn('principal', `/m/r/${changed.case}/sign`, { size: PHONE });
    await page.getByRole('button', { name: '同意并签批' }).waitFor();
    await context.route('**/api/v1/events', (route) => route.abort());
    await signNext(world.people['principal.two']!, 'approval', changed.case, 'by-another');
    await eventually('the seat is taken', async () => ((await signaturesOf(changed)) >= 5 ? true : undefined));
    const button = page.getByRole('button', { name: '同意并签批' });
    if (await button.isVisible()) await button.click();
    await page
      .getByText(/不用再办|这一关不由你签批|该席位当前不可签/)
      .first()
      .waitFor();
    await shoot(page, 'phone-taken');
    await context.close();
  });
});

describe('open notes', () => {
  it('are on the card, with what can be done, in place of a button nobody could press', async () => {
    const noted = await submitted(world.people, 'organ-0007', REVIEWED);
    await arrived(world.people, LEADER, [noted]);
    const note = { content: noted.content, place: { chapter: 5 }, text: '问题写具体一些。', suggestion: null };
    const made = await world.people[LEADER]!.command(`${legPath('approval', noted.case)}/notes`, note);
    expect(made.status).toBe(200);
    const seated = await world.signedIn(LEADER, `/m/r/${noted.case}`, { size: PHONE });
    const { page, context } = seated;
    await page.getByText('还不能签批：本环节有 1 条批注未处理').waitFor();
    await page.getByText('问题写具体一些。').waitFor();
    expect(await page.getByRole('link', { name: '签批' }).count()).toBe(0);
    await thorough(seated, 'phone-open-notes', TARGET_PX);
    await page.goto(`/m/r/${noted.case}/sign`);
    await page.getByText('本环节有 1 条批注未处理').waitFor();
    expect(await page.getByRole('button', { name: '同意并签批' }).count()).toBe(0);
    await page.goto(`/m/r/${noted.case}/return`);
    await page.locator('main li', { hasText: '问题写具体一些。' }).waitFor();
    expect(await page.locator('#reason').inputValue()).toBe('见批注 1 条。');
    await page.goto(`/m/r/${noted.case}`);
    await page.getByRole('button', { name: '看批注' }).click();
    await page.locator('#open-notes:focus').waitFor();
    await page.getByRole('button', { name: '处理完毕' }).click();
    await page.getByRole('link', { name: '签批' }).waitFor();
    expect(await page.getByText('问题写具体一些。').count()).toBe(0);
    await context.close();
  });
});
