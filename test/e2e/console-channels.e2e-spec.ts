import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { liveFiles, signNext, type Submitted } from '../support/chain.js';
import { eventually } from '../support/client.js';
import { shoot, thorough } from '../support/console-looks.js';
import { submitted } from '../support/console-reports.js';
import { ConsoleWorld, type Seated } from '../support/console-world.js';
import { PlatformServer } from '../support/platform-server.js';

jest.setTimeout(180_000);

const SECRET = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;
const ARTICLE = 'https://mp.weixin.qq.com/s/one';

let folder: string;
let platform: PlatformServer;
let world: ConsoleWorld;
let live: Submitted;
let drafter: Seated;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sunward-channels-'));
  mkdirSync(join(folder, 'export'));
  platform = await PlatformServer.open(SECRET);
  writeFileSync(join(folder, 'platform.secret'), SECRET);
  const channels = {
    contact: { zh: '政务公开办 0454-0000000', en: 'Disclosure office 0454-0000000' },
    hosts: ['127.0.0.1'],
    networks: ['127.0.0.1/32'],
    channels: [
      { name: 'export', kind: 'folder', title: { zh: '导出文件夹', en: 'Export' }, folder: 'export' },
      {
        name: 'platform',
        kind: 'webhook',
        title: { zh: '区政府网站', en: 'District website' },
        url: platform.url,
        secretFile: 'platform.secret',
      },
      { name: 'wechat', kind: 'wechat-draft', title: { zh: '公众号', en: 'WeChat account' } },
    ],
  };
  writeFileSync(join(folder, 'channels.json'), JSON.stringify(channels));
  // The second delivery that the platform takes: publication is killed before it can be recorded. Its next life sends but one.
  world = await ConsoleWorld.open({
    SUNWARD_CHANNELS_FILE: join(folder, 'channels.json'),
    CRASHPOINT: 'channel.webhook.sent#2',
    ALLOW_FAULTS: '1',
  });
  const first = await published('organ-0001');
  await until(first, 'platform', 'delivered');
  platform.answer = (_, response) => void response.writeHead(500).end();
  live = await published('organ-0004');
  drafter = await world.signedIn('drafter', `/app/reports/${live.document}`);
}, 240_000);
afterAll(async () => {
  await world?.close();
  platform?.close();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

async function published(organ: string): Promise<Submitted> {
  const { people } = world;
  const report = await submitted(people, organ, ['first-review', 'secrecy-review', 'countersign', 'deputy']);
  await signNext(people['principal']!, 'approval', report.case, 'principal');
  await liveFiles(world.system.siteUrl, organ, 120_000);
  return report;
}

async function deliveryOf({ document }: Submitted, channel: string): Promise<Record<string, unknown> | undefined> {
  const [row] = await world.system.sql(
    'select state, defect from publication.channel_delivery where document = $1 and channel = $2',
    [document, channel],
  );
  return row;
}
const until = (report: Submitted, channel: string, wanted: string): Promise<true> =>
  eventually(
    `${channel} is ${wanted}`,
    async () => {
      const found = await deliveryOf(report, channel);
      return found?.['state'] === wanted || found?.['defect'] === wanted ? true : undefined;
    },
    60_000,
  );
const line = (title: string) => drafter.page.locator('.deliveries > li').filter({ hasText: title });

describe('the channels of a live edition, in the console', () => {
  it('stand beside it with state, receipt, cause, the way to mend it and whom to call', async () => {
    const { page } = drafter;
    await until(live, 'export', 'delivered');
    await until(live, 'wechat', 'prepared');
    await until(live, 'platform', 'target_failed');
    await page.reload();
    await page.getByRole('tab', { name: '公开' }).click();
    await line('区政府网站').getByText('对方服务出错（状态 500）').waitFor();
    await line('区政府网站').getByText('请联系：政务公开办 0454-0000000').waitFor();
    await line('导出文件夹').getByText('已送达，回执一致').waitFor();
    await line('公众号').getByText('稿件已备好，待人工发布').waitFor();
    await page.getByText('订阅、站点地图和数据目录已随公开地址更新，接口与渠道 1/2 已送达').waitFor();
    await thorough(drafter, 'desk-report-channels');
  });

  it('that keep failing are a warning of publication, which stays ready, and an alarm', async () => {
    await world.system.sql(
      `update publication.channel_delivery set attempts = 7 where channel = 'platform' and document = $1`,
      [live.document],
    );
    const ready = world.system
      .logs()
      .split('\n')
      .findLast((text) => text.startsWith('publication') && text.includes('"msg":"ready"'));
    const { url } = JSON.parse(ready!.slice(ready!.indexOf('{'))) as { url: string };
    const answer = await fetch(new URL('/readyz', url));
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ ready: true, warnings: [{ code: 'channel_failing' }] });
    await eventually('administrators are alarmed', async () => {
      const [alarm] = await world.system.sql(`select detail from publication.alarm where kind = 'channel_failing'`);
      return alarm === undefined ? undefined : true;
    });
    expect(world.system.logs()).toContain('"msg":"channel_failing"');
  });

  it('a failing one is retried from here, and has one effect though publication is killed after sending', async () => {
    const { page } = drafter;
    const life = world.system.services.publication.pid;
    platform.answer = undefined;
    await line('区政府网站').getByRole('button', { name: '立即重试' }).click();
    await eventually(
      'publication lives again',
      async () => {
        const { pid } = world.system.services.publication;
        return pid !== undefined && pid !== life ? true : undefined;
      },
      60_000,
    );
    await world.system.untilReady();
    expect(await deliveryOf(live, 'platform')).toMatchObject({ state: 'waiting' });
    // The lease of the killed worker runs out.
    await world.system.sql('update publication.channel_delivery set lease_until = null, next_at = now()');
    await until(live, 'platform', 'delivered');
    // Sent twice as the same message, so shown once.
    const about = platform.calls.filter(({ id }) => id.includes(live.case));
    expect(new Set(about.map(({ id, body }) => `${id} ${body.toString('base64')}`)).size).toBe(1);
    expect(platform.shown.size).toBe(2);
    await page.reload();
    await page.getByRole('tab', { name: '公开' }).click();
    await line('区政府网站').getByText('已送达，回执一致').waitFor();
    expect(await line('区政府网站').getByRole('button').count()).toBe(0);
  });

  it('an article is taken, posted by hand and confirmed with its address', async () => {
    const { page } = drafter;
    await line('公众号').getByRole('button', { name: '取稿件' }).click();
    const cover = line('公众号').getByRole('img', { name: '封面图片' });
    await cover.waitFor();
    // A picture the page's policy or a bad byte keeps from being drawn has no width.
    await expect(cover.evaluate((img: HTMLImageElement) => img.decode().then(() => img.naturalWidth))).resolves.toBe(
      900,
    );
    await shoot(page, 'desk-draft-cover');
    const saving = page.waitForEvent('download');
    await line('公众号').getByRole('button', { name: '下载 封面.png' }).click();
    expect(
      readFileSync(await (await saving).path())
        .subarray(1, 4)
        .toString('latin1'),
    ).toBe('PNG');
    const downloading = page.waitForEvent('download');
    await line('公众号').getByRole('button', { name: '下载 正文.txt' }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('正文.txt');
    expect(readFileSync(await download.path(), 'utf8')).toContain('原文：');
    await line('公众号').getByRole('button', { name: '确认已发布' }).click();
    const dialog = page.getByRole('dialog').first();
    await dialog.waitFor();
    await thorough(drafter, 'desk-confirm-posting');
    await dialog.getByRole('button', { name: '确认已发布' }).click();
    await dialog.getByText('请填写以 https:// 开头的文章地址').waitFor();
    await dialog.getByLabel('文章地址').fill(ARTICLE);
    await dialog.getByRole('button', { name: '确认已发布' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await line('公众号').getByRole('link', { name: ARTICLE }).waitFor();
    await line('公众号').getByText('已由人工发布').waitFor();
    await line('公众号')
      .getByText(/王敏 确认：/)
      .waitFor();
    await thorough(drafter, 'desk-report-channels-done');
    const entries = await world.system.sql(
      `select count(*)::int as n from publication.ledger_entry
       where convert_from(bytes, 'UTF8') like '%"publication.confirm-posting"%'`,
    );
    expect(entries).toEqual([{ n: 1 }]);
  });
});
