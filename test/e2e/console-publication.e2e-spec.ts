import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { liveFiles, signNext, type Submitted } from '../support/chain.js';
import { eventually } from '../support/client.js';
import { consoleDistrict } from '../support/console-district.js';
import { thorough } from '../support/console-looks.js';
import { submitted } from '../support/console-reports.js';
import { ConsoleWorld, type Seated } from '../support/console-world.js';
import { SiteProxy } from '../support/site-proxy.js';

jest.setTimeout(180_000);

let proxy: SiteProxy;
let world: ConsoleWorld;
let report: Submitted;
let drafter: Seated;

beforeAll(async () => {
  proxy = await SiteProxy.open();
  const env = {
    SUNWARD_SITE_ORIGIN: proxy.origin,
    SUNWARD_SITE_NAME: '向阳区人民政府网',
    SUNWARD_SITE_ID_CODE: '2308030001',
  };
  world = await ConsoleWorld.open(env, consoleDistrict(undefined, 5), proxy.sitePort);
  const { people } = world;
  report = await submitted(people, 'organ-0001', ['first-review', 'secrecy-review', 'countersign', 'deputy']);
  drafter = await world.signedIn('drafter', `/app/reports/${report.document}`);
  proxy.broken = true;
  await signNext(people['principal']!, 'approval', report.case, 'principal');
}, 240_000);
afterAll(async () => {
  await world?.close();
  proxy?.close();
}, 60_000);

const stepsOf = (attempt: 'first' | 'last') => drafter.page.locator('details.trail')[attempt]().locator('.steps > li');

/** Whether somebody is left alone now. */
async function leftAlone(login: string, hours: number): Promise<void> {
  await world.system.sql(
    `update gateway.notice_settings s set quiet_from = to_char(n.at - n.long, 'HH24:MI'), quiet_until = to_char(n.at + n.long, 'HH24:MI')
     from (select now() at time zone 'Asia/Shanghai' as at, make_interval(hours => $2) as long) n
     where s.person = (select person from gateway.account where login = $1)`,
    [login, hours],
  );
}

describe('the way of an edition to the public, in the console', () => {
  it('says at which step it failed, why, what readers have, when it is tried next and whom to call', async () => {
    const { page } = drafter;
    // The last signature can be recalled for some seconds first.
    await eventually(
      'two attempts have failed',
      async () => {
        const [row] = await world.system.sql(
          `select count(*)::int as n from publication.publication_step where case_id = $1 and defect is not null`,
          [report.case],
        );
        return Number(row?.['n']) >= 2 ? true : undefined;
      },
      120_000,
    );
    // What is looked at stands still meanwhile.
    await world.system.sql(
      `update publication.publication_job set next_at = now() + interval '1 hour' where state = 'publishing' and lease_until is null`,
    );
    await eventually('no attempt is at work', async () => {
      const rows = await world.system.sql(
        `update publication.publication_job set next_at = now() + interval '1 hour'
         where state = 'publishing' and lease_until is null returning 1`,
      );
      return rows.length === 1 ? true : undefined;
    });
    await page.reload();
    await page.getByRole('tab', { name: '公开' }).click();
    await stepsOf('last').filter({ hasText: '改指公开地址' }).waitFor();
    const failed = stepsOf('last').filter({ hasText: '回访核验' });
    await failed.getByText(/公开地址 http:\S+\/xxgk\/ndbg\/organ-0001\/2020\/\S* 答复状态 503/).waitFor();
    await page.locator('.rail > li > .bad').getByText('公开地址已改指这一版，但还没有核验通过').waitFor();
    await page.locator('.rail > li > .bad').getByText('下次尝试：').waitFor();
    await page
      .locator('.rail > li > .bad')
      .getByText(/请联系/)
      .waitFor();
    await page.locator('details.trail').first().locator('summary').getByText('没有成功').waitFor();
    await thorough(drafter, 'desk-report-publication-failed');
  });

  it('goes on by itself before the eyes of whoever looks, and keeps what failed', async () => {
    const { page } = drafter;
    await leftAlone('deputy-leader', 2);
    proxy.broken = false;
    await world.system.sql(`update publication.publication_job set next_at = now() where state = 'publishing'`);
    await page.getByText('已公开，回读核验一致').waitFor();
    await liveFiles(world.system.siteUrl, 'organ-0001', 120_000);
    const read = stepsOf('last').filter({ hasText: '回访核验' });
    await read.getByText(/\d+ 个文件逐字节一致 · 正文 \d+ 段一致 · \d+ 格一致 · 标签 14\/14/).waitFor();
    await stepsOf('last').filter({ hasText: '核对证据' }).getByText('5 个签批都对应这些字节').waitFor();
    await stepsOf('last').filter({ hasText: '签发回执' }).waitFor();
    const attempts = await page.locator('details.trail').count();
    expect(attempts).toBeGreaterThanOrEqual(3);
    await page.locator('details.trail').first().locator('summary').click();
    await stepsOf('first').filter({ hasText: '答复状态 503' }).waitFor();
    await page.locator('details.trail').first().locator('summary').click();
    await thorough(drafter, 'desk-report-publication-done');
    expect(drafter.complaints).toEqual([]);
  });

  it('ends with who was told, as what, when and how, or why not yet; it changes before the eyes of whoever looks', async () => {
    const { page } = drafter;
    const told = page.locator('.told-people');
    const line = (name: string) => told.locator('.steps > li').filter({ hasText: name });
    await page.getByText('订阅、站点地图和数据目录已随公开地址更新').waitFor();
    await told.getByText('“已公开”通知 6/7 人已送达').waitFor();
    await line('王敏 · 起草人').getByText('控制台通知，').waitFor();
    await line('张立 · 初审').getByText('送达').waitFor();
    await line('孙卫国 · 分管领导').getByText('本人免打扰时间内不打扰').waitFor();
    const names = (await told.locator('.steps > li').allTextContents()).map(
      (text) => /\p{Script=Han}{2,3}/u.exec(text)?.[0],
    );
    expect(names.slice(0, 5)).toEqual(['孙卫国', '王敏', '张立', '赵文', '陈静']);
    await thorough(drafter, 'desk-report-told');

    await leftAlone('deputy-leader', 0);
    await world.system.sql(
      `update gateway.notice set deliver_after = now() where kind = 'live' and delivered_at is null and document = $1`,
      [report.document],
    );
    await world.system.sql(`update gateway.notice_clock set next_at = now() where scope = 'report:organ-0001:2020'`);
    await told.getByText('“已公开”通知 7/7 人已送达').waitFor();
    await line('孙卫国').getByText('控制台通知，').waitFor();
    expect(drafter.complaints).toEqual([]);
  });

  it('is told of to nobody who may not see the report', async () => {
    const hidden = await world.people['outsider']!.get(`/publications/${report.document}`);
    expect([hidden.status, hidden.body.told]).toEqual([404, undefined]);
    const shown = await world.people['first-reviewer']!.get(`/publications/${report.document}`);
    expect(shown.body.told).toHaveLength(7);
  });
});
