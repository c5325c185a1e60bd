import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { getDocumentProxy } from 'unpdf';
import { publicationCause } from '../../apps/publication/src/publish/publication-causes.js';
import { liveFiles, signNext, type Submitted } from '../support/chain.js';
import { thorough, untranslated } from '../support/console-looks.js';
import { arrived, returned, signedAndChanged, submitted } from '../support/console-reports.js';
import { qrText } from '../support/qr-reading.js';
import { dialog } from '../support/console-screens.js';
import { ConsoleWorld, PHONE, scriptBytes, type Seated } from '../support/console-world.js';

jest.setTimeout(180_000);

const LEADER = 'deputy-leader';
const REVIEWED = ['first-review', 'secrecy-review', 'countersign'];
const EVERY = [...REVIEWED, 'deputy'];
const TARGET_PX = 48;
const MOST_SCRIPT_BYTES = { app: 350_000, m: 90_000 };

let world: ConsoleWorld;
let fresh: Submitted;
let changed: Submitted;
let live: Submitted;
let back: Submitted;
let leader: Seated;
let drafter: Seated;

beforeAll(async () => {
  world = await ConsoleWorld.open();
  const { people } = world;
  live = await submitted(people, 'organ-0004', EVERY);
  await signNext(people['principal']!, 'approval', live.case, 'principal');
  fresh = await submitted(people, 'organ-0001', REVIEWED);
  changed = await signedAndChanged(people, 'organ-0002');
  back = await submitted(people, 'organ-0003', REVIEWED);
  await returned(people, LEADER, 'approval', back);
  await arrived(people, LEADER, [fresh, changed]);
  await liveFiles(world.system.siteUrl, 'organ-0004', 120_000);
  leader = await world.signedIn(LEADER, '/app');
  drafter = await world.signedIn('drafter', '/app');
}, 240_000);
afterAll(() => world?.close(), 60_000);

/** Opens an address of the public site as somebody who scanned it. */
async function thePage(address: string, words: string): Promise<void> {
  const reader = await world.seat();
  await reader.page.goto(address);
  await reader.page.getByText(words).first().waitFor();
  await reader.context.close();
}

async function closed(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

/** Opens a dialog by its button, looks at it, and closes it again. */
async function lookAt(seated: Seated, button: string, name: string): Promise<void> {
  const { page } = seated;
  await page.getByRole('button', { name: button, exact: true }).first().click();
  await dialog(page).waitFor();
  await thorough(seated, name);
  await closed(page);
}

describe('a browser nobody used before', () => {
  const door = { zh: '登录名', en: 'Sign-in name' } as const;
  const tags = { zh: 'zh-CN', en: 'en' } as const;

  /** What is shown there, all of it in that language. */
  async function speaks(page: Page, language: 'zh' | 'en'): Promise<void> {
    await page.getByLabel(door[language], { exact: true }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe(tags[language]);
    if (language === 'en') expect(await untranslated(page)).toEqual([]);
  }

  it.each([
    ['en-US', 'en', 'zh'],
    ['zh-CN', 'zh', 'en'],
    ['fr-FR', 'zh', 'en'],
  ] as const)('set to %s begins in %s at every door, and keeps what is chosen there', async (locale, first, other) => {
    const context = await world.browser.newContext({ baseURL: world.system.gatewayUrl, locale });
    const page = await context.newPage();
    for (const address of ['/app', '/m']) {
      await page.goto(address);
      await speaks(page, first);
    }
    await page.goto('/app/opinion');
    await page.locator(`html[lang=${tags[first]}]`).waitFor({ state: 'attached' });
    await page.goto('/m');
    await page.locator('label', { hasText: other === 'zh' ? '中文' : 'English' }).click();
    await speaks(page, other);
    for (const address of ['/m', '/app']) {
      await page.goto(address);
      await speaks(page, other);
    }
    await context.close();
  });
});

describe('every page of the desktop is whole and free of barriers', () => {
  it('before one is signed in', async () => {
    const seated = await world.seat();
    await seated.page.goto('/app');
    await seated.page.locator('input[name=login]').waitFor();
    await thorough(seated, 'desk-sign-in');
    await seated.page.goto('/app/opinion');
    await seated.page.getByText('链接不完整').waitFor();
    await thorough(seated, 'desk-opinion-no-link');
    await seated.context.close();
  });

  it('lists', async () => {
    const { page } = leader;
    await page.locator('.row').nth(1).waitFor();
    await thorough(leader, 'desk-todo');
    await page.goto('/app/reports');
    await page.locator('.row').nth(2).waitFor();
    await thorough(leader, 'desk-reports');
    await page.goto('/app/notices');
    await page.locator('.row').first().waitFor();
    await thorough(leader, 'desk-notices');
    await page.goto('/app/nowhere');
    await page.getByRole('link', { name: '回到待办' }).waitFor();
    await thorough(leader, 'desk-missing');
  });

  it('one’s own page', async () => {
    const { page } = leader;
    await page.goto('/app/mine');
    for (const [index, name] of ['deputies', 'quiet', 'passkeys', 'sessions', 'password'].entries()) {
      await page.getByRole('tab').nth(index).click();
      await page.waitForLoadState('networkidle');
      await thorough(leader, `desk-mine-${name}`);
    }
    await page.getByRole('tab').first().click();
    await lookAt(leader, '设代理', 'desk-deputy-dialog');
  });

  it('a case in each of its views', async () => {
    const { page } = leader;
    await page.goto(`/app/cases/${changed.case}`);
    await page.locator('.changes li').first().waitFor();
    for (const [index, tab] of ['changes', 'text', 'history', 'public'].entries()) {
      await page.getByRole('tab').nth(index).click();
      await thorough(leader, `desk-case-${tab}`);
    }
  });

  it('every dialog of a signer', async () => {
    const { page } = leader;
    await page.goto(`/app/cases/${fresh.case}`);
    await page.locator('aside .acts').waitFor();
    await lookAt(leader, '签批', 'desk-sign');
    for (const [button, name] of [
      ['退回', 'return'],
      ['写批注', 'make-note'],
      ['转办', 'hand-over'],
      ['加签', 'add-signer'],
      ['征求意见', 'consult'],
      ['抄送', 'copy'],
    ] as const)
      await lookAt(leader, button, `desk-${name}`);
  });

  it('every dialog of the submitter, and what was returned', async () => {
    const { page } = drafter;
    await page.goto(`/app/cases/${fresh.case}`);
    for (const [button, name] of [
      ['催办', 'urge'],
      ['撤回', 'withdraw'],
      ['作废', 'cancel'],
    ] as const)
      await lookAt(drafter, button, `desk-${name}`);
    await page.goto(`/app/cases/${back.case}`);
    await page.getByText('已退回起草人').first().waitFor();
    await thorough(drafter, 'desk-returned');
  });

  it('a report that is public, its acts, its sheet', async () => {
    const { page } = drafter;
    await page.goto(`/app/reports/${live.document}`);
    await page.getByRole('tab', { name: '校验' }).click();
    await page.locator('.findings li').first().waitFor();
    await thorough(drafter, 'desk-report-checks');
    await page.getByRole('tab', { name: '公开' }).click();
    await page.getByRole('button', { name: '在本机核对' }).click();
    await page.getByText('核对通过').waitFor();
    await thorough(drafter, 'desk-report-proved');
    const address = `${world.system.siteUrl}/xxgk/ndbg/organ-0004/2020/`;
    await page.getByText('公开地址的二维码').click();
    expect(await qrText(page.locator('svg.qr'))).toBe(address);
    await thorough(drafter, 'desk-report-qr');
    await page.getByRole('button', { name: '发现问题' }).click();
    await thorough(drafter, 'desk-correct');
    await dialog(page).getByText('撤回公开：').click();
    await thorough(drafter, 'desk-withdraw-public');
    await closed(page);
    await page.goto(`/app/cases/${live.case}/sheet`);
    await page.locator('.sheet-seats').waitFor();
    const check = await qrText(page.locator('svg.qr'));
    expect(check).toBe(`${world.system.siteUrl}/check/#${new URL(address).pathname}`);
    await thorough(drafter, 'desk-sheet');
    const printed = await getDocumentProxy(new Uint8Array(await page.pdf({ preferCSSPageSize: true })));
    expect(printed.numPages).toBe(1);
    await thePage(check, '已证实');
  });

  it('what helps one find the way', async () => {
    const { page } = drafter;
    await page.goto('/app');
    await page.locator('.row').first().waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('option').first().waitFor();
    await thorough(drafter, 'desk-palette');
    await closed(page);
    await page.keyboard.press('Control+/');
    await thorough(drafter, 'desk-keys');
    await closed(page);
    await page.getByRole('button', { name: '五步介绍' }).first().click();
    await thorough(drafter, 'desk-tour');
    await closed(page);
  });

  it('for whoever has nothing to do, and may see nothing', async () => {
    const seated = await world.signedIn('outsider', `/app/cases/${fresh.case}`);
    await seated.page.getByText('没有这份报告，或无权查看').waitFor();
    await seated.page.goto('/app');
    await seated.page.getByText('现在没有轮到你的事').waitFor();
    await thorough(seated, 'desk-empty');
    await seated.context.close();
    const administrator = await world.signedIn('admin.one', '/app');
    await administrator.page.getByText('没有岗位，看不到报告').waitFor();
    await administrator.page.goto('/app/reports');
    await administrator.page.getByText('没有岗位，看不到报告').waitFor();
    await administrator.context.close();
  });
});

describe('what services may say of a case is shown', () => {
  /** Lets an answer of the API through with some of its fields as they are when things go wrong. */
  async function answering(page: Page, path: string, change: (body: Record<string, unknown>) => object): Promise<void> {
    await page.route(`**/api/v1/${path}`, async (route) => {
      const response = await route.fetch();
      const body = (await response.json()) as Record<string, unknown>;
      await route.fulfill({ response, json: { ...body, ...change(body) } });
    });
  }

  it('a stage nobody can complete, with the empty seat by name, and a year without a calendar', async () => {
    const { page } = leader;
    await answering(page, `approval-cases/${fresh.case}`, (body) => ({
      blocked: { stage: 'principal', seats: ['principal@test-office'] },
      clock: { ...(body['clock'] as object), dueAt: null },
    }));
    await page.goto(`/app/cases/${fresh.case}`);
    await page.getByText('“主要负责人签发”现在没有人能签，缺：东江市人民政府办公室主要负责人').waitFor();
    await page.getByText('该年放假安排未载入，期限暂不计算；请管理员载入').waitFor();
    await thorough(leader, 'desk-blocked');
    await page.unrouteAll();
  });

  it('a publication that did not prove itself, with its cause', async () => {
    const { page } = drafter;
    await answering(page, `publications/${live.document}`, ({ editions }) => ({
      live: null,
      editions: (editions as object[]).map((one) => ({
        ...one,
        state: 'held',
        attempts: 3,
        defect: 'report_bytes',
        cause: { code: 'report_bytes', ...publicationCause('report_bytes', {}) },
      })),
    }));
    await page.goto(`/app/reports/${live.document}`);
    await page.getByRole('tab', { name: '公开' }).click();
    await page.getByText('核验未通过，已暂停').waitFor();
    await page.getByText('原因：report.json 与签批的字节不同').waitFor();
    await thorough(drafter, 'desk-held');
    await page.unrouteAll();
  });

  it('what takes long, and a server nobody reaches', async () => {
    const { page } = drafter;
    await page.route(`**/api/v1/cases/${fresh.case}`, (route) => route.abort());
    await page.goto(`/app/cases/${fresh.case}`);
    await page.getByText('正在读取').waitFor();
    await page.getByRole('button', { name: '再试一次' }).waitFor({ timeout: 30_000 });
    await thorough(drafter, 'desk-unreachable');
    await page.unrouteAll();
    await page.getByRole('button', { name: '再试一次' }).click();
    await page.getByRole('heading', { name: /向阳区/, level: 1 }).waitFor();
    await page.context().setOffline(true);
    await page.getByText('没有网络。恢复后自动继续。').waitFor();
    await page.context().setOffline(false);
  });
});

describe('every screen of the phone is whole and free of barriers', () => {
  it('from the inbox to the proof', async () => {
    const seated = await world.signedIn(LEADER, '/m', { size: PHONE });
    const { page } = seated;
    const screen = async (name: string): Promise<void> => thorough(seated, `phone-${name}`, TARGET_PX);
    await page.locator('.card').nth(1).waitFor();
    await screen('inbox');
    await page.goto(`/m/r/${changed.case}`);
    await page.locator('.bar a').first().waitFor();
    await page.locator('summary').click();
    await screen('changed');
    await page.goto(`/m/r/${fresh.case}/sign`);
    await page.locator('.bar button').click();
    await page.locator('#proof').waitFor();
    await screen('proof');
    await closed(page);
    await screen('sign');
    await page.goto(`/m/r/${fresh.case}/return`);
    await page.locator('.chip').first().click();
    await screen('return');
    await page.goto('/m/together');
    await page.locator('.cards li').nth(1).waitFor();
    await screen('together');
    await page.goto('/m/done');
    await page.locator('h1').waitFor();
    await screen('done');
    await page.goto('/m/nowhere');
    await page.locator('main a').waitFor();
    await screen('missing');
    await seated.context.close();
  });

  it('before one is signed in', async () => {
    const seated = await world.seat({ size: PHONE });
    await seated.page.goto('/m');
    await seated.page.locator('input[name=login]').waitFor();
    await thorough(seated, 'phone-sign-in', TARGET_PX);
    await seated.context.close();
  });
});

describe('the console', () => {
  it('costs no more script than allowed before anything is seen', () => {
    expect(scriptBytes('app')).toBeLessThan(MOST_SCRIPT_BYTES.app);
    expect(scriptBytes('m')).toBeLessThan(MOST_SCRIPT_BYTES.m);
  });
});
