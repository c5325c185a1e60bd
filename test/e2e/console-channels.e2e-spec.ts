import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { liveFiles, signNext, type Submitted } from '../support/chain.js';
import { eventually } from '../support/client.js';
import { thorough } from '../support/console-looks.js';
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
  platform.answer = (_, response) => void response.writeHead(500).end();
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
  // The first delivery that the platform takes: publication is killed before it can be recorded.
  world = await ConsoleWorld.open({
    SUNWARD_CHANNELS_FILE: join(folder, 'channels.json'),
    CRASHPOINT: 'channel.webhook.sent',
    ALLOW_FAULTS: '1',
  });
  const { people } = world;
  live = await submitted(people, 'organ-0004', ['first-review', 'secrecy-review', 'countersign', 'deputy']);
  await signNext(people['principal']!, 'approval', live.case, 'principal');
  await liveFiles(world.system.siteUrl, 'organ-0004', 120_000);
  drafter = await world.signedIn('drafter', `/app/reports/${live.document}`);
}, 240_000);
afterAll(async () => {
  await world?.close();
  platform?.close();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

const states = async (): Promise<Record<string, unknown>> => {
  const rows = await world.system.sql('select channel, state from publication.channel_delivery');
  return Object.fromEntries(rows.map(({ channel, state }) => [String(channel), state]));
};
const until = (channel: string, state: string): Promise<true> =>
  eventually(`${channel} is ${state}`, async () => ((await states())[channel] === state ? true : undefined), 60_000);

const line = (title: string) => drafter.page.locator('.deliveries > li').filter({ hasText: title });

describe('the channels of a live edition, in the console', () => {
  it('stand beside it with state, receipt, cause, the way to mend it and whom to call', async () => {
    const { page } = drafter;
    await until('export', 'delivered');
    await until('wechat', 'prepared');
    await eventually('the platform failed', async () => {
      const [row] = await world.system.sql(
        `select defect from publication.channel_delivery where channel = 'platform'`,
      );
      return row?.['defect'] === 'target_failed' ? true : undefined;
    });
    await page.reload();
    await page.getByRole('tab', { name: '公开' }).click();
    await line('区政府网站').getByText('对方服务出错（状态 500）').waitFor();
    await line('区政府网站').getByText('请联系：政务公开办 0454-0000000').waitFor();
    await line('导出文件夹').getByText('已送达，回读一致').waitFor();
    await line('公众号').getByText('稿件已备好，待人工发布').waitFor();
    await thorough(drafter, 'desk-report-channels');
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
    expect((await states())['platform']).toBe('waiting');
    // The lease of the killed worker runs out.
    await world.system.sql('update publication.channel_delivery set lease_until = null, next_at = now()');
    await until('platform', 'delivered');
    expect(platform.shown.size).toBe(1);
    const bodies = platform.calls.map(({ id, body }) => `${id} ${body.toString('base64')}`);
    expect(new Set(bodies).size).toBe(1);
    await page.reload();
    await page.getByRole('tab', { name: '公开' }).click();
    await line('区政府网站').getByText('已送达，回读一致').waitFor();
    expect(await line('区政府网站').getByRole('button').count()).toBe(0);
  });

  it('an article is taken, posted by hand and confirmed with its address', async () => {
    const { page } = drafter;
    await line('公众号').getByRole('button', { name: '取稿件' }).click();
    const downloading = page.waitForEvent('download');
    await line('公众号').getByRole('button', { name: '下载 正文.txt' }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('正文.txt');
    expect(readFileSync(await download.path(), 'utf8')).toContain('原文：');
    await line('公众号').getByRole('button', { name: '确认已发布' }).click();
    const dialog = page.getByRole('dialog').first();
    await dialog.waitFor();
    await dialog.getByRole('button', { name: '确认已发布' }).click();
    await dialog.getByText('请填写以 https:// 开头的文章地址').waitFor();
    await thorough(drafter, 'desk-confirm-posting');
    await dialog.getByLabel('文章地址').fill(ARTICLE);
    await dialog.getByRole('button', { name: '确认已发布' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await line('公众号').getByRole('link', { name: ARTICLE }).waitFor();
    await thorough(drafter, 'desk-report-channels-done');
    const entries = await world.system.sql(
      `select count(*)::int as n from publication.ledger_entry
       where convert_from(bytes, 'UTF8') like '%"publication.confirm-posting"%'`,
    );
    expect(entries).toEqual([{ n: 1 }]);
  });
});
