import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Submitted } from '../support/chain.js';
import { eventually } from '../support/client.js';
import { consoleDistrict } from '../support/console-district.js';
import { thorough } from '../support/console-looks.js';
import { arrived, submitted } from '../support/console-reports.js';
import { dialog } from '../support/console-screens.js';
import { ConsoleWorld, enter, PHONE } from '../support/console-world.js';
import { saved, savedText, standOn, written } from '../support/drafting-screens.js';

jest.setTimeout(180_000);

const REVIEWED = ['first-review', 'secrecy-review', 'countersign'];
const TARGET_PX = 48;
const REASON = '第五章所列问题与上年相同，请说明今年做了什么。';
const ENDED = '长时间没有操作，登录已结束';

let world: ConsoleWorld;
let returnedAtDesk: Submitted;
let returnedOnPhone: Submitted;
let secret: Submitted;

beforeAll(async () => {
  world = await ConsoleWorld.open({}, consoleDistrict(6));
  const { people } = world;
  returnedAtDesk = await submitted(people, 'organ-0001', REVIEWED);
  returnedOnPhone = await submitted(people, 'organ-0002', REVIEWED);
  secret = await submitted(people, 'organ-0003', ['first-review']);
  await arrived(people, 'deputy-leader', [returnedAtDesk, returnedOnPhone]);
  await arrived(people, 'secrecy-reviewer', [secret]);
}, 240_000);
afterAll(() => world?.close(), 60_000);

const endAll = (): Promise<unknown> => world.system.sql('delete from gateway.session');

/** Ends every session and acts; the page may hear of it by itself before, and then there is nothing left to act on. */
async function endDuring(page: Page, act: (quick: { timeout: number }) => Promise<void>): Promise<void> {
  await endAll();
  const ended = page.getByText(ENDED);
  await eventually('the page says that the session ended', async () => {
    if (await ended.isVisible()) return true;
    await act({ timeout: 1000 }).catch(() => undefined);
    return ended.waitFor({ timeout: 5000 }).then(
      () => true as const,
      () => undefined,
    );
  });
}

/** Ends every session after something was typed and before it was saved. */
async function endBeforeSaved(page: Page, type: () => Promise<void>): Promise<void> {
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await page.route('**/revisions', async (route) => {
    await held;
    await route.continue();
  });
  await type();
  await endAll();
  letGo();
  await page.getByText(ENDED).waitFor();
  await page.unroute('**/revisions');
}

const stateOf = async ({ case: caseId }: Submitted): Promise<unknown> =>
  (await world.people['drafter']!.get(`/approval-cases/${caseId}`)).body.state;

describe('a session that ends while somebody types', () => {
  it('leaves the open dialog as it was, out of sight, for the same person', async () => {
    const seated = await world.signedIn('deputy-leader', `/app/cases/${returnedAtDesk.case}`);
    const { page } = seated;
    await page.getByRole('button', { name: '退回', exact: true }).click();
    await dialog(page).locator('#place').selectOption('chapter-5');
    await dialog(page).locator('#reason').fill(REASON);
    await endDuring(page, (quick) => dialog(page).getByRole('button', { name: '退回', exact: true }).click(quick));
    expect(await page.locator('#reason').isVisible()).toBe(false);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.getByText(ENDED).waitFor();
    await thorough(seated, 'desk-ended');
    await enter(page, 'deputy-leader', world.passwordOf('deputy-leader'));
    await dialog(page).locator('#reason').waitFor();
    expect(await dialog(page).locator('#reason').inputValue()).toBe(REASON);
    expect(await dialog(page).locator('#place').inputValue()).toBe('chapter-5');
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(await page.title()).toContain('向阳区');
    await dialog(page).getByRole('button', { name: '退回', exact: true }).click();
    await page.getByRole('heading', { name: '我的待办', level: 1 }).waitFor();
    expect(await stateOf(returnedAtDesk)).toBe('returned');
    expect(seated.complaints).toEqual([]);
    await seated.context.close();
  });

  it('keeps ticks, the question for the password, and where the focus was', async () => {
    const seated = await world.signedIn('secrecy-reviewer', `/app/cases/${secret.case}`);
    const { page } = seated;
    const items = ['不含国家秘密', '不含商业秘密', '不含个人隐私'];
    await page.getByRole('button', { name: '签批', exact: true }).click();
    for (const item of items) await dialog(page).getByText(item).click();
    await dialog(page).getByRole('button', { name: '同意并签批' }).click();
    await page.locator('#proof').fill(world.passwordOf('secrecy-reviewer'));
    await endDuring(page, (quick) => page.locator('#proof').press('Enter', quick));
    await enter(page, 'secrecy-reviewer', world.passwordOf('secrecy-reviewer'));
    await page.locator('#proof:focus').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.keyboard.press('Enter');
    await page.getByText('临江区人民政府 2020 年度报告：已签批').waitFor();
    expect(seated.complaints).toEqual([]);
    await seated.context.close();
  });

  it('shows another person nothing of it, not even below what he sees', async () => {
    const seated = await world.signedIn('deputy-leader', `/app/cases/${returnedOnPhone.case}`);
    const { page } = seated;
    await page.getByRole('button', { name: '退回', exact: true }).click();
    await dialog(page).locator('#reason').fill(REASON);
    await endDuring(page, (quick) => dialog(page).getByRole('button', { name: '退回', exact: true }).click(quick));
    await enter(page, 'outsider', world.passwordOf('outsider'));
    await page.getByText('没有这份报告，或无权查看').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await page.locator('textarea').count()).toBe(0);
    const left = await page.evaluate(
      (reason) =>
        document.documentElement.outerHTML.includes(reason) ||
        JSON.stringify([localStorage, sessionStorage]).includes(reason),
      REASON,
    );
    expect(left).toBe(false);
    await page.goto('/app');
    await page.getByText('现在没有轮到你的事').waitFor();
    expect(await stateOf(returnedOnPhone)).toBe('in-review');
    await seated.context.close();
  });

  it('does not go on under the name of somebody who signed in on another page of the browser', async () => {
    const seated = await world.signedIn('deputy-leader', `/app/cases/${returnedOnPhone.case}`);
    const { page, context } = seated;
    await page.getByRole('button', { name: '退回', exact: true }).click();
    await dialog(page).locator('#reason').fill(REASON);
    const other = await context.newPage();
    await other.goto('/app');
    await other.getByRole('button', { name: /孙卫国/ }).click();
    await other.getByRole('button', { name: '退出登录' }).click();
    await enter(other, 'outsider', world.passwordOf('outsider'));
    await page.getByText('没有这份报告，或无权查看').waitFor();
    expect(await page.locator('#reason').count()).toBe(0);
    await context.close();
  });

  it('leaves the phone’s screen as it was too', async () => {
    const seated = await world.signedIn('deputy-leader', `/m/r/${returnedOnPhone.case}/return`, { size: PHONE });
    const { page } = seated;
    await page.locator('#reason').fill(REASON);
    await endDuring(page, (quick) => page.getByRole('button', { name: '退回', exact: true }).click(quick));
    await thorough(seated, 'phone-ended', TARGET_PX);
    await page.setViewportSize(PHONE);
    await enter(page, 'deputy-leader', world.passwordOf('deputy-leader'));
    await page.locator('#reason').waitFor();
    expect(await page.locator('#reason').inputValue()).toBe(REASON);
    await page.getByRole('button', { name: '退回', exact: true }).click();
    await page.getByRole('heading', { name: '本次已办' }).waitFor();
    expect(await stateOf(returnedOnPhone)).toBe('returned');
    expect(seated.complaints).toEqual([]);
    await seated.context.close();
  });

  it('saves what a drafter typed meanwhile as soon as he is back', async () => {
    const document = await written(world, 'organ-0004');
    const seated = await world.signedIn('drafter', `/app/reports/${document}/edit`);
    const { page } = seated;
    await page.locator('.workspace').waitFor();
    await page.locator('.chapters button', { hasText: '三、' }).click();
    const field = await standOn(page, 't3.1.natural-person');
    await endBeforeSaved(page, async () => {
      await field.fill('4321');
      await page.keyboard.press('Enter');
    });
    await enter(page, 'drafter', world.passwordOf('drafter'));
    await saved(page);
    await figureSaved(document, '4321');

    // Somebody else in between: nothing is sent under his name, and the drafter finds it again.
    const again = await standOn(page, 't3.1.natural-person');
    await endBeforeSaved(page, async () => {
      await again.fill('1234');
      await page.keyboard.press('Enter');
    });
    const sent: string[] = [];
    page.on('request', (request) => sent.push(`${request.method()} ${request.url()}`));
    await enter(page, 'outsider', world.passwordOf('outsider'));
    await page.getByText('没有这份报告，或无权查看').waitFor();
    await page.getByRole('button', { name: /吴越/ }).click();
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.locator('input[name=login]').waitFor();
    expect(sent.filter((one) => one.startsWith('POST') && one.endsWith('/revisions'))).toEqual([]);
    await enter(page, 'drafter', world.passwordOf('drafter'));
    await page.locator('.workspace').waitFor();
    await figureSaved(document, '1234');
    await seated.context.close();
  });

  const figureSaved = (document: string, figure: string): Promise<true> =>
    eventually('the figure is saved', async () => {
      const { report } = await savedText(world, document);
      return JSON.stringify(report.tables['t3']?.['t3.1.natural-person']).includes(figure) ? true : undefined;
    });
});

describe('a page somebody else signs in on', () => {
  it('hears at once what concerns him, by a stream of his own', async () => {
    const { page, context } = await world.signedIn('outsider', '/app');
    await page.locator('.row, .empty').first().waitFor();
    const streams: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/api/v1/events')) streams.push(request.url());
    });
    await page.getByRole('button', { name: /吴越/ }).click();
    await page.getByRole('button', { name: '退出登录' }).click();
    await enter(page, 'deputy-leader', world.passwordOf('deputy-leader'));
    await page.locator('.row, .empty').first().waitFor();
    expect(streams).toHaveLength(1);
    await context.close();
  });
});

describe('an open page after its session ended', () => {
  it('goes on showing by itself what others do', async () => {
    const seated = await world.signedIn('deputy-leader', '/app');
    const { page } = seated;
    await page.getByText('现在没有轮到你的事').waitFor();
    await endDuring(page, (quick) => page.getByRole('link', { name: /^通知/ }).click(quick));
    await enter(page, 'deputy-leader', world.passwordOf('deputy-leader'));
    // The page may have known that the session ended before it was pressed.
    await page.getByRole('link', { name: /^通知/ }).click();
    await page.getByRole('heading', { name: '通知', level: 1 }).waitFor();
    await page.getByRole('link', { name: '我的待办' }).click();
    await submitted(world.people, 'organ-0005', REVIEWED);
    await page.locator('.row', { hasText: '平川区' }).waitFor();
    await seated.context.close();
  });

  it('asks again for what it was asking for when it ended, and shows nothing of that as a failure', async () => {
    const seated = await world.signedIn('deputy-leader', '/app');
    const { page } = seated;
    await page.locator('.row, .empty').first().waitFor();
    await page.evaluate(() => {
      const seen = (): void => {
        const shown = document.querySelector('.screens:not([hidden]) [role=alert]')?.textContent;
        if (shown !== undefined) document.body.dataset['alerted'] = shown ?? '';
      };
      new MutationObserver(seen).observe(document.body, {
        subtree: true,
        childList: true,
        attributeFilter: ['hidden'],
      });
    });
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    await page.route('**/api/v1/inbox', async (route) => {
      await held;
      await route.continue();
    });
    const asked = page.waitForRequest('**/api/v1/inbox');
    await submitted(world.people, 'organ-0006', REVIEWED);
    await asked;
    await endAll();
    letGo();
    await page.getByText(ENDED).waitFor();
    await page.unroute('**/api/v1/inbox');
    await enter(page, 'deputy-leader', world.passwordOf('deputy-leader'));
    await page.locator('.row', { hasText: '兴山区' }).waitFor();
    expect(await page.locator('body').getAttribute('data-alerted')).toBeNull();
    await seated.context.close();
  });
});
