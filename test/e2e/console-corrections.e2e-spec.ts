import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { ALL_STAGES, liveFiles, signStages, type Submitted } from '../support/chain.js';
import { eventually } from '../support/client.js';
import { consoleDistrict } from '../support/console-district.js';
import { thorough } from '../support/console-looks.js';
import { submitted } from '../support/console-reports.js';
import { dialog, press, sent } from '../support/console-screens.js';
import { ConsoleWorld } from '../support/console-world.js';
import { openChapter, saved, shown, standOn } from '../support/drafting-screens.js';

jest.setTimeout(180_000);

/** What J9 allows before others sign. */
const J9_CLICKS = 8;

let world: ConsoleWorld;
let begunByWriting: Submitted;
let begunInCell: Submitted;
let writtenApart: Submitted;

beforeAll(async () => {
  // A second to recall what was approved: what is corrected here is public soon.
  world = await ConsoleWorld.open({}, consoleDistrict(3, 1));
  begunByWriting = await submitted(world.people, 'organ-0001', ALL_STAGES);
  begunInCell = await submitted(world.people, 'organ-0002', ALL_STAGES);
  writtenApart = await submitted(world.people, 'organ-0003', ALL_STAGES);
}, 240_000);
afterAll(() => world?.close(), 60_000);

/** Waits until the report is public with its files, and its drafter is told so. */
async function isPublic({ document, organ }: Submitted): Promise<void> {
  await liveFiles(world.system.siteUrl, organ, 120_000);
  await eventually('the report is public to its drafter', async () => {
    const { body } = await world.people['drafter']!.get(`/reports/${document}`);
    return body.state === 'live' ? true : undefined;
  });
}

describe('a mistake found after publication', () => {
  it('is corrected: every change and the reason are shown before it is submitted, and signed with it', async () => {
    await isPublic(begunByWriting);
    const seated = await world.signedIn('drafter', `/app/reports/${begunByWriting.document}`);
    const { page, taps } = seated;
    await eventually('the report is public to its drafter', async () =>
      (await page.getByRole('button', { name: '发现问题' }).isVisible()) ? true : undefined,
    );
    await taps();
    await press(page, '发现问题');
    await sent(seated, '开始更正', '已开始更正');
    const drafter = world.people['drafter']!;
    await openChapter(page, '六、');
    const last = page.locator('textarea').first();
    await last.fill((await last.inputValue()).replace(/。$/, '，并定期公布进展。'));
    // What was changed first is what is corrected; nothing else can be written by accident.
    await page.locator('.correction-note').getByText('更正由此处开始').waitFor();
    await saved(page);
    await page.getByRole('link', { name: '预览全文' }).click();
    await press(page, '提交更正');
    await dialog(page).getByText('并定期公布进展').first().waitFor();
    await dialog(page).locator('.why', { hasText: '更正由此处开始' }).waitFor();
    await dialog(page).locator('#public-reason').fill('第六章漏写一句，现补上。');
    for (const field of await dialog(page).locator('input[id^=explain-]').all()) await field.fill('已与原件核对。');
    await thorough(seated, 'desk-submit-correction');
    await dialog(page).getByRole('button', { name: '提交更正', exact: true }).click();
    await page.getByText('更正已提交审签').waitFor();
    expect(await taps()).toBeLessThanOrEqual(J9_CLICKS);
    await page.getByText('第六章漏写一句，现补上。').first().waitFor();
    // Whoever signs reads beside the change why it was made there.
    await page.locator('section[aria-labelledby=notice] .why', { hasText: '更正由此处开始' }).waitFor();
    const caseId = new URL(page.url()).pathname.split('/').at(-1)!;
    const content = (await drafter.get(`/review-cases/${caseId}`)).body.content as string;
    await signStages(world.people, { ...begunByWriting, case: caseId, content }, ALL_STAGES);
    await seated.context.close();
  }, 240_000);

  it('begins where it was found; whatever else changes is unlocked with a reason that those who sign read beside it', async () => {
    const drafter = world.people['drafter']!;
    await isPublic(begunInCell);
    const seated = await world.signedIn('drafter', `/app/reports/${begunInCell.document}`);
    const { page } = seated;
    await press(page, '发现问题');
    await dialog(page).locator('#mistake-at').selectOption('t3.1.natural-person');
    await sent(seated, '开始更正', '已开始更正');
    // One stands in the very cell, and the sums that follow are nobody's to unlock.
    const field = page.locator('[id="cell-t3.1.natural-person"] input');
    await field.fill('8');
    await page.keyboard.press('Enter');
    await eventually('the sum follows', async () => ((await shown(page, 't3.1.total')) === '8' ? true : undefined));
    await saved(page);
    const beside = await standOn(page, 't3.1.commercial');
    expect(await beside.getAttribute('aria-label')).toContain('已锁定');
    await page.keyboard.type('9');
    expect(await shown(page, 't3.1.commercial')).toBe('0');
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    await page.locator('.correction-note [role=status]', { hasText: '处锁定，没有改动' }).waitFor();
    await page.keyboard.press('Control+z');
    await thorough(seated, 'desk-locked-figures');
    await openChapter(page, '一、');
    expect(await page.locator('textarea.paragraph').first().getAttribute('readonly')).not.toBeNull();
    await thorough(seated, 'desk-locked-prose');

    await openChapter(page, '三、');
    await standOn(page, 't3.1.commercial');
    await page.locator('.place-strip').getByRole('button', { name: /^解锁/ }).click();
    await dialog(page).getByRole('button', { name: '解锁', exact: true }).click();
    await dialog(page).getByText('写明理由，至少 4 个字').waitFor();
    await thorough(seated, 'desk-unlock');
    await dialog(page).locator('textarea').fill('同一份台账里的企业申请也数错了。');
    await sent(seated, '解锁', '已解锁');
    await (await standOn(page, 't3.1.commercial')).fill('1');
    await page.keyboard.press('Enter');
    await saved(page);
    await page.locator('.correction-note', { hasText: '理由：同一份台账里的企业申请也数错了。' }).waitFor();
    const { report, revision } = (await drafter.get(`/reports/${begunInCell.document}`)).body;
    const cells = report.tables.t3;
    expect([cells['t3.1.natural-person'].value, cells['t3.1.commercial'].value, cells['t3.1.total'].value]).toEqual(['8', '1', '9']); // prettier-ignore
    const other = { ...report, title: `${report.title}（改）` };
    const past = await drafter.command(`/reports/${begunInCell.document}/revisions`, {
      baseRevision: revision,
      report: other,
    });
    expect(past).toMatchObject({ status: 409, body: { code: 'place_locked' } });
    expect(seated.complaints).toEqual([]);
    await seated.context.close();
  }, 240_000);

  it('leaves what was written elsewhere without a network to its writer: opened with a reason, or taken back', async () => {
    const drafter = world.people['drafter']!;
    await isPublic(writtenApart);
    const first = await world.signedIn('drafter', `/app/reports/${writtenApart.document}`);
    await press(first.page, '发现问题');
    await sent(first, '开始更正', '已开始更正');
    const text = (page: Page) => page.locator('textarea.paragraph').first();
    const writesApart = async (chapter: string, words: string) => {
      const seated = await world.signedIn('drafter', `/app/reports/${writtenApart.document}/edit`);
      await openChapter(seated.page, chapter);
      const before = await text(seated.page).inputValue();
      // It hears nothing of the place the correction begins with elsewhere.
      await seated.context.setOffline(true);
      await text(seated.page).fill(`${words}${before}`);
      await seated.page.locator('.save-note', { hasText: '改动暂存在本机' }).waitFor();
      return { ...seated, before, choice: seated.page.locator('.correction-note li', { hasText: chapter }) };
    };
    const opens = await writesApart('一、', '经复核，');
    const restores = await writesApart('五、', '另外，');
    await openChapter(first.page, '六、');
    await text(first.page).fill(`${await text(first.page).inputValue()}完。`);
    await saved(first.page);

    for (const { context, choice } of [opens, restores]) {
      await context.setOffline(false);
      await choice.getByRole('button', { name: /^解锁/ }).waitFor();
    }
    await thorough(opens, 'desk-locked-writing');
    await opens.choice.getByRole('button', { name: /^解锁/ }).click();
    await dialog(opens.page).locator('textarea').fill('第一章同样漏写。');
    await sent(opens, '解锁', '已解锁');
    await saved(opens.page);
    await restores.page.getByRole('button', { name: '锁定之处恢复原样' }).click();
    await saved(restores.page);
    expect(await text(restores.page).inputValue()).toBe(restores.before);
    const { chapters } = (await drafter.get(`/reports/${writtenApart.document}`)).body.report;
    expect([chapters[0].paragraphs[0], chapters[4].paragraphs[0], chapters[5].paragraphs[0].slice(-2)]).toEqual([
      `经复核，${opens.before}`,
      restores.before,
      '完。',
    ]);
    for (const { context, complaints } of [first, opens, restores]) {
      expect(complaints).toEqual([]);
      await context.close();
    }
  }, 240_000);
});
