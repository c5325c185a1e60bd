import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { DistrictDefinition } from '#contracts/http/district.api';
import type { Submitted } from '../support/chain.js';
import { eventually } from '../support/client.js';
import { consoleDistrict } from '../support/console-district.js';
import { thorough } from '../support/console-looks.js';
import { arrived, submitted } from '../support/console-reports.js';
import { dialog, heading } from '../support/console-screens.js';
import { ConsoleWorld, PHONE, type Seated } from '../support/console-world.js';
import { addAuthenticator, type Authenticator } from '../support/passkey-page.js';

jest.setTimeout(180_000);

const REVIEWED = ['first-review', 'secrecy-review', 'countersign'];
const TARGET_PX = 48;
const GIVEN_UP = '没有完成：在设备上取消了';

/** The principal signs with a passkey; everybody else with what he likes. */
function demanding(district: DistrictDefinition): DistrictDefinition {
  const routes = district.routes.map((route) => ({
    ...route,
    stages: route.stages.map((stage) => (stage.id === 'principal' ? { ...stage, grade: 'passkey' as const } : stage)),
  }));
  return { ...district, routes };
}

let world: ConsoleWorld;
/** Five that wait for the principal, one that waits for the deputy leader. */
let onDesk: Submitted;
let together: readonly [Submitted, Submitted];
let onPhone: Submitted;
let free: Submitted;
let sixth: Submitted;
let seated: Seated;
let device: Authenticator;

beforeAll(async () => {
  world = await ConsoleWorld.open({}, demanding(consoleDistrict(6)));
  const { people } = world;
  const waiting = async (organ: string): Promise<Submitted> => submitted(people, organ, [...REVIEWED, 'deputy']);
  onDesk = await waiting('organ-0001');
  together = [await waiting('organ-0002'), await waiting('organ-0003')];
  onPhone = await waiting('organ-0004');
  free = await submitted(people, 'organ-0005', REVIEWED);
  sixth = await waiting('organ-0006');
  await arrived(people, 'principal', [onDesk, ...together, onPhone, sixth]);
  await arrived(people, 'deputy-leader', [free]);
  seated = await world.signedIn('principal', '/app/mine#passkeys');
  device = await addAuthenticator(seated.page);
}, 240_000);
afterAll(() => world?.close(), 60_000);

const said = (page: Page, words: string) => page.getByRole('alert').filter({ hasText: words }).first();

async function prove(page: Page, login: string): Promise<void> {
  await page.locator('#proof').fill(world.passwordOf(login));
  await page.getByRole('button', { name: '确认', exact: true }).click();
  await page.locator('#proof').waitFor({ state: 'detached' });
}

/** A session of the same browser that nobody has proved again. */
async function signInAnew({ context }: Seated, login: string): Promise<void> {
  const answer = await context.request.post('/api/v1/session', { data: { login, password: world.passwordOf(login) } });
  expect(answer.ok()).toBe(true);
}

/** Waits until approval has heard of every passkey registered and of every one revoked. */
async function heard(): Promise<void> {
  await eventually('approval knows the passkeys as they are', async () => {
    const [row] = await world.system.sql(
      `select count(*)::int as n from gateway.passkey g
         where not exists (select 1 from approval.passkey_copy c
           where c.id = g.id and (c.revoked_at is null) = (g.revoked_at is null))`,
    );
    return row?.['n'] === 0 ? true : undefined;
  });
}

/** The signatures of a case in the approval leg, and with what they were made. */
async function gradesOf({ case: caseId }: Submitted): Promise<readonly string[]> {
  const found = await world.system.sql(
    `select case when d.passkey is null then 'attested' else 'passkey' end as grade
       from approval.leg_decision d join approval.leg_case c on c.id = d.leg_case
       where c.case_id = $1 and d.kind = 'sign' order by d.at`,
    [caseId],
  );
  return found.map(({ grade }) => String(grade));
}

async function register(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: '登记通行密钥' }).click();
  await dialog(page).locator('#passkey-name').fill(name);
  await dialog(page).getByRole('button', { name: '开始登记' }).click();
}

/** Opens the content of a case, so that it can be signed. */
async function lookedAt(page: Page, { case: caseId }: Submitted): Promise<void> {
  const viewed = page.waitForResponse((response) => response.url().endsWith('/views') && response.ok());
  await page.goto(`/app/cases/${caseId}`);
  await viewed;
}

describe('one’s own passkeys', () => {
  it('may be made by pages of the console, on their own address alone', async () => {
    for (const address of ['/app', '/m']) {
      const answer = await seated.context.request.get(address);
      expect(answer.headers()['permissions-policy']).toContain('publickey-credentials-get=(self)');
      expect(answer.headers()['content-security-policy']).toContain("default-src 'none'");
    }
  });

  it('are registered under a name; a device that finds nobody leaves what was typed', async () => {
    const { page } = seated;
    await page.getByText('还没有登记通行密钥').waitFor();
    await thorough(seated, 'desk-passkeys-none');
    await device.verifyUser(false);
    await register(page, '办公室的电脑');
    await prove(page, 'principal');
    await said(page, GIVEN_UP).waitFor();
    expect(await page.locator('#passkey-name').inputValue()).toBe('办公室的电脑');
    await thorough(seated, 'desk-passkey-register');
    await device.verifyUser(true);
    await dialog(page).getByRole('button', { name: '开始登记' }).click();
    await page.locator('.row', { hasText: '办公室的电脑' }).waitFor();
    await page.getByText('通行密钥“办公室的电脑”已登记').waitFor();
    await page.getByRole('button', { name: '改名' }).click();
    await dialog(page).locator('#passkey-new-name').fill('');
    await dialog(page).getByRole('button', { name: '改名' }).click();
    await said(page, '给通行密钥起个名字').waitFor();
    await dialog(page).locator('#passkey-new-name').fill('办公室的电脑主机');
    await thorough(seated, 'desk-passkey-rename');
    await dialog(page).getByRole('button', { name: '改名' }).click();
    await page.locator('.row', { hasText: '办公室的电脑主机' }).waitFor();
    await thorough(seated, 'desk-passkeys');
    await register(page, '再来一把');
    await said(page, '这台设备上已经有你的通行密钥').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await heard();
  });
});

/** An administrator finds the principal, and revokes his passkey with a reason. */
async function revokedByAdministrator(): Promise<void> {
  const admin = await world.signedIn('admin.one', '/app/mine#others');
  const { page } = admin;
  await page.getByLabel('按姓名或拼音首字母找').fill('ljh');
  await page.getByLabel('谁的通行密钥').selectOption({ label: '刘建华 · principal' });
  await page.locator('.row', { hasText: '办公室的电脑主机' }).getByRole('button', { name: '注销' }).click();
  await dialog(page).getByRole('button', { name: '注销' }).click();
  await said(page, '写明理由').waitFor();
  await dialog(page).locator('#revoke-reason').fill('电脑送修，交还单位。');
  await thorough(admin, 'desk-passkey-of-another');
  await dialog(page).getByRole('button', { name: '注销' }).click();
  await prove(page, 'admin.one');
  await page.getByText('已注销，已通知本人').waitFor();
  await thorough(admin, 'desk-passkeys-of-others');
  await admin.context.close();
}

describe('a stage that demands a passkey', () => {
  it('is signed at the desk by a gesture alone; one turned away signs nothing and can be made again', async () => {
    const { page } = seated;
    await signInAnew(seated, 'principal');
    await lookedAt(page, onDesk);
    await page.getByRole('button', { name: '签批', exact: true }).click();
    await dialog(page).getByText('这一关须用通行密钥').waitFor();
    await thorough(seated, 'desk-sign-passkey');
    await device.verifyUser(false);
    await dialog(page).getByRole('button', { name: '同意并签批' }).click();
    await said(page, GIVEN_UP).waitFor();
    expect(await gradesOf(onDesk)).toEqual(['attested', 'attested']);
    await device.verifyUser(true);
    await dialog(page).getByRole('button', { name: '同意并签批' }).click();
    await heading(page, '我的待办').waitFor();
    expect(await gradesOf(onDesk)).toEqual(['attested', 'attested', 'passkey']);
    expect(await page.locator('#proof').count()).toBe(0);
  });

  it('is signed for several reports with a gesture for each; what was not signed stays ticked', async () => {
    const { page } = seated;
    for (const one of together) await lookedAt(page, one);
    await page.goto('/app');
    await page.getByRole('link', { name: '一起签' }).click();
    for (const organ of ['青山区', '临江区']) await page.locator('.pick', { hasText: organ }).click();
    await thorough(seated, 'desk-together');
    await device.verifyUser(false);
    await page.getByRole('button', { name: '签批所选 2 份' }).click();
    await said(page, GIVEN_UP).waitFor();
    await device.verifyUser(true);
    await page.getByRole('button', { name: '签批所选 2 份' }).click();
    for (const organ of ['青山区', '临江区'])
      await page.locator('.outcomes .note', { hasText: organ }).getByText('已签批').waitFor();
    for (const one of together) expect(await gradesOf(one)).toEqual(['attested', 'attested', 'passkey']);
    expect(await page.locator('#proof').count()).toBe(0);
    expect(seated.complaints).toEqual([]);
  });

  it('says in words what a browser without passkeys cannot do, and offers no button', async () => {
    const old = await world.seat();
    await old.context.addInitScript(() => {
      Object.defineProperty(globalThis, 'PublicKeyCredential', { value: undefined });
    });
    await signInAnew(old, 'principal');
    await lookedAt(old.page, onPhone);
    await old.page.getByRole('button', { name: '签批', exact: true }).click();
    await dialog(old.page).getByText('这个浏览器不能用通行密钥').waitFor();
    expect(await dialog(old.page).getByRole('button', { name: '同意并签批' }).count()).toBe(0);
    await thorough(old, 'desk-sign-no-passkeys');
    await old.page.goto('/app/mine#passkeys');
    await old.page.getByText('这个浏览器不能用通行密钥').waitFor();
    expect(await old.page.getByRole('button', { name: '登记通行密钥' }).count()).toBe(0);
    await old.context.close();
  });

  it('is not signed with a passkey revoked meanwhile: that is said, and how to get another', async () => {
    const { page } = seated;
    await page.goto(`/app/cases/${onPhone.case}`);
    await page.getByRole('button', { name: '签批', exact: true }).click();
    await dialog(page).getByRole('button', { name: '同意并签批' }).waitFor();
    await revokedByAdministrator();
    await heard();
    await dialog(page).getByRole('button', { name: '同意并签批' }).click();
    await said(page, '注销').waitFor();
    expect(await gradesOf(onPhone)).toEqual(['attested', 'attested']);
    await page.reload();
    await page.getByRole('button', { name: '签批', exact: true }).click();
    await dialog(page).getByText('你还没有可用的通行密钥').waitFor();
    expect(await dialog(page).getByRole('button', { name: '同意并签批' }).count()).toBe(0);
    await thorough(seated, 'desk-sign-passkey-first');
    await page.goto('/app/mine#passkeys');
    await page.getByText('已注销 1 把').click();
    await page.locator('.row', { hasText: '由管理员何平注销：电脑送修，交还单位。' }).waitFor();
    await thorough(seated, 'desk-passkeys-revoked');
    await page.goto('/app/notices');
    await page.getByText('管理员何平注销了您的一把通行密钥').click();
    await page.getByText('还没有登记通行密钥').waitFor();
  });

  it('is signed on the phone by a gesture, after a new passkey was made', async () => {
    const { page } = seated;
    await page.getByText('还没有登记通行密钥').waitFor();
    await register(page, '我的手机');
    await prove(page, 'principal');
    await page.locator('.row', { hasText: '我的手机' }).waitFor();
    await heard();
    await signInAnew(seated, 'principal');
    await page.setViewportSize(PHONE);
    await page.goto(`/m/r/${onPhone.case}/sign`);
    await page.getByText('这一关须用通行密钥').waitFor();
    await thorough(seated, 'phone-sign-passkey', TARGET_PX);
    await page.setViewportSize(PHONE);
    await device.verifyUser(false);
    await page.getByRole('button', { name: '同意并签批' }).click();
    await said(page, GIVEN_UP).waitFor();
    await device.verifyUser(true);
    await page.getByRole('button', { name: '同意并签批' }).click();
    await heading(page, '本次已办').waitFor();
    expect(await gradesOf(onPhone)).toEqual(['attested', 'attested', 'passkey']);
    expect(seated.complaints).toEqual([]);
  });
});

describe('a stage that leaves the choice', () => {
  it('is signed with the passkey unless its person would rather enter his password', async () => {
    const leader = await world.signedIn('deputy-leader', '/app/mine');
    const { page } = leader;
    await addAuthenticator(page);
    await page.getByRole('tab', { name: '通行密钥' }).click();
    await register(page, '会议室的平板');
    await prove(page, 'deputy-leader');
    await page.locator('.row', { hasText: '会议室的平板' }).waitFor();
    await heard();
    await signInAnew(leader, 'deputy-leader');
    await lookedAt(page, free);
    await page.getByRole('button', { name: '签批', exact: true }).click();
    await dialog(page).getByRole('radio', { name: '通行密钥' }).isChecked();
    await thorough(leader, 'desk-sign-choice');
    await dialog(page).getByText('登录密码', { exact: true }).click();
    await dialog(page).getByRole('button', { name: '同意并签批' }).click();
    await page.locator('#proof').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('#proof').waitFor({ state: 'detached' });
    await dialog(page).getByText('通行密钥：指纹').click();
    await dialog(page).getByRole('button', { name: '同意并签批' }).click();
    await heading(page, '我的待办').waitFor();
    expect(await gradesOf(free)).toEqual(['attested', 'passkey']);
    await page.goto('/app/mine#passkeys');
    await page.getByRole('button', { name: '注销', exact: true }).click();
    await thorough(leader, 'desk-passkey-revoke');
    await dialog(page).getByRole('button', { name: '注销', exact: true }).click();
    await prove(page, 'deputy-leader');
    await page.getByText('已注销 1 把').waitFor();
    await leader.context.close();
  });
});

describe('several reports on the phone', () => {
  it('are signed with a gesture for each; one turned away leaves them ticked', async () => {
    const { page } = seated;
    await arrived(world.people, 'principal', [free, sixth]);
    await signInAnew(seated, 'principal');
    await page.setViewportSize(PHONE);
    for (const { case: caseId } of [free, sixth]) {
      const viewed = page.waitForResponse((response) => response.url().endsWith('/views') && response.ok());
      await page.goto(`/m/r/${caseId}`);
      await viewed;
    }
    await page.goto('/m/together');
    for (const organ of ['平川区', '兴山区']) await page.locator('.pick', { hasText: organ }).click();
    await thorough(seated, 'phone-together-passkey', TARGET_PX);
    await page.setViewportSize(PHONE);
    await device.verifyUser(false);
    await page.getByRole('button', { name: '签批所选 2 份' }).click();
    await said(page, GIVEN_UP).waitFor();
    await device.verifyUser(true);
    await page.getByRole('button', { name: '签批所选 2 份' }).click();
    for (const organ of ['平川区', '兴山区'])
      await page.locator('.outcomes .note', { hasText: organ }).getByText('已签批').waitFor();
    expect(await gradesOf(free)).toEqual(['attested', 'passkey', 'passkey']);
    expect(await gradesOf(sixth)).toEqual(['attested', 'attested', 'passkey']);
    expect(await page.locator('#proof').count()).toBe(0);
    expect(seated.complaints).toEqual([]);
  });
});
