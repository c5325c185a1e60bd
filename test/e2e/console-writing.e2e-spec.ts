import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { AnnualReport } from '#report/model';
import { liveFiles, signStages } from '../support/chain.js';
import { eventually } from '../support/client.js';
import { consoleDistrict } from '../support/console-district.js';
import { thorough } from '../support/console-looks.js';
import { dialog } from '../support/console-screens.js';
import { ConsoleWorld } from '../support/console-world.js';
import { explainAll, openChapter, saved, savedText, standOn, written } from '../support/drafting-screens.js';

jest.setTimeout(180_000);

const SHORT = ['secrecy-review', 'principal'];

let world: ConsoleWorld;
beforeAll(async () => {
  const { people, routes: slow, ...district } = consoleDistrict();
  const routes = slow.map((route) => ({ ...route, undoSeconds: 0 }));
  const colleague = { login: 'colleague', name: '李强', administrator: false };
  const grants = [{ role: 'drafter', organ: 'organ-0002' }];
  world = await ConsoleWorld.open({}, { ...district, routes, people: [...people, { ...colleague, grants }] });
}, 120_000);
afterAll(() => world?.close(), 60_000);

describe('an emergency', () => {
  const REASON = '汛情紧急，须立即公开。';

  it('names its two signers, its mark and what is owed before it is submitted, and is live with the mark', async () => {
    const document = await written(world, 'organ-0003');
    const seated = await world.signedIn('drafter', `/app/reports/${document}/edit`);
    const { page, context, complaints } = seated;
    await page.locator('.checks li').first().waitFor();
    await explainAll(page);
    await page.getByRole('button', { name: '提交审签' }).click();
    await dialog(page).getByText('张立').waitFor();
    await dialog(page).getByText('应急公开：来不及走完审签路线').click();
    await dialog(page).getByText('只由下面指名的 2 人签发').waitFor();
    await dialog(page).getByText('公开后自动送追认').waitFor();
    const signers = await dialog(page).locator('.rail [lang=zh-CN]').allTextContents();
    expect(signers).toEqual(['保密审查', '赵文', '主要负责人签发', '刘建华']);
    await dialog(page).getByText('还要写一句对公众的说明。').waitFor();
    await thorough(seated, 'emergency-submit');
    await dialog(page).locator('#reason').fill(REASON);
    await dialog(page).getByRole('button', { name: '按应急提交', exact: true }).dblclick();
    await page.getByRole('heading', { name: '我的待办', level: 1 }).waitFor();

    const [found] = await world.system.sql(
      'select case_id as "case", content, kind from drafting.submission where report_id = $1',
      [document],
    );
    expect(found).toMatchObject({ kind: 'emergency' });
    const submitted = {
      document,
      organ: 'organ-0003',
      case: String(found?.['case']),
      content: String(found?.['content']),
    };
    await signStages(world.people, submitted, SHORT);
    const { url } = await liveFiles(world.system.siteUrl, 'organ-0003', 120_000);
    await page.goto(url);
    expect(await page.locator('[data-mark=emergency]').textContent()).toContain(REASON);
    expect(complaints).toEqual([]);

    await eventually('its ratification is under signature', async () => {
      const { body } = await world.people['drafter']!.get(`/reports/${document}`);
      const acts = body.acts as { kind: string; state: string }[];
      return acts.some(({ kind, state }) => kind === 'ratify' && state === 'submitted') ? true : undefined;
    });
    const opened = await world.people['drafter']!.command(`/reports/${document}/corrections`, {});
    expect(opened.status).toBe(200);
    await page.goto(`/app/reports/${document}/edit`);
    await page.getByRole('button', { name: '提交审签' }).click();
    await dialog(page).getByText('应急公开：来不及走完审签路线').click();
    await dialog(page).getByText('尚未追认，不能再次应急；请先办结追认，或走更正、撤回').waitFor();
    await dialog(page).locator('#reason').fill(REASON);
    expect(await dialog(page).getByRole('button', { name: '按应急提交' }).count()).toBe(0);
    await context.close();
  });
});

describe('every field of a report', () => {
  /** Where a drafter writes each: a field that is added to the report has to be given its place here, and in the console. */
  const PLACES = {
    format: 'computed: the form in force for the year',
    year: 'computed: chosen when the report is begun',
    organName: '#report-title',
    title: '#report-title',
    preface: '#report-preface',
    period: '#period-from',
    scope: 'input[name=scope]',
    contact: '#contact-phone',
    chapters: 'textarea.paragraph',
    tables: '.figure input',
  } satisfies Record<keyof Required<AnnualReport>, string>;

  it('is written in the console, or follows from what is written there', async () => {
    const document = await written(world, 'organ-0005');
    const { page, context, complaints } = await world.signedIn('drafter', `/app/reports/${document}/edit`);
    await page.locator('.workspace').waitFor();
    for (const [field, place] of Object.entries(PLACES).filter(
      ([, at]) => at.startsWith('#') || at.startsWith('input'),
    ))
      expect([field, await page.locator(place).count()]).not.toEqual([field, 0]);
    await page.locator('#report-title').fill('平川新区人民政府2020年政府信息公开工作年度报告');
    await page.locator('#report-preface').fill('本报告依据条例编制。联系地址：平川区人民路8号，邮政编码：154100。');
    await page.locator('#period-from').fill('2020-02-01');
    await page.locator('#period-to').fill('2020-11-30');
    await page.locator('input[name=scope]').nth(0).check();
    await page.locator('#contact-phone').fill('0454-7654321');
    await page.locator('#contact-email').fill('pc@example.gov.cn');
    expect(await page.locator('#contact-address').inputValue()).toBe('平川区人民路8号');
    await openChapter(page, '一、');
    await page.locator('textarea.paragraph').first().fill('全年工作有序。');
    await openChapter(page, '三、');
    await (await standOn(page, 't3.1.natural-person')).fill('7');
    await page.keyboard.press('Enter');
    await saved(page);
    const { report } = await savedText(world, document);
    expect(report).toMatchObject({
      format: expect.any(String),
      year: 2020,
      organName: '平川新区人民政府',
      title: '平川新区人民政府2020年政府信息公开工作年度报告',
      preface: expect.stringContaining('人民路8号'),
      period: { from: '2020-02-01', to: '2020-11-30' },
      scope: 'organ',
      contact: { address: '平川区人民路8号', postcode: '154100', phone: '0454-7654321', email: 'pc@example.gov.cn' },
    });
    expect(report.chapters[0]!.paragraphs[0]).toBe('全年工作有序。');
    expect(report.tables['t3']!['t3.1.natural-person']).toMatchObject({ value: '7' });
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe('two people at one report', () => {
  it('each see that the other is there and where, and are told of it once', async () => {
    const document = await written(world, 'organ-0002');
    const one = await world.signedIn('drafter', `/app/reports/${document}/edit`);
    await one.page.locator('.workspace').waitFor();
    await openChapter(one.page, '三、');
    const two = await world.signedIn('colleague', `/app/reports/${document}/edit`);
    const chip = (page: Page) => page.locator('.present');
    await chip(two.page).getByText('王敏').waitFor();
    // His next sign tells: when he goes to another chapter, at once.
    await openChapter(one.page, '四、');
    await chip(one.page).getByText('李强').waitFor();
    expect(await chip(one.page).textContent()).toBe('李强 正在看题目与前言');
    await openChapter(two.page, '五、');
    await openChapter(one.page, '三、');
    await chip(one.page).getByText('正在看第五章').waitFor();
    expect(await one.page.locator('[role=status]', { hasText: '李强' }).count()).toBe(1);
    await thorough(one, 'presence');

    // Whoever may not write the report is not told who does, and is not shown.
    const outsider = world.people['outsider']!;
    const asked = await outsider.command(`/reports/${document}/presence`, { chapter: 1 });
    expect(asked).toMatchObject({ status: 404, body: { code: 'not_found' } });
    await two.page.goto('/app');
    await openChapter(one.page, '一、');
    await chip(one.page).waitFor({ state: 'detached' });
    for (const { complaints, context } of [one, two]) {
      expect(complaints).toEqual([]);
      await context.close();
    }
  });
});
