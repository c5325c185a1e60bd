import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Covers } from './draft-channel.js';
import { openChannels } from './open-channels.js';

const SECRET = `whsec_${Buffer.alloc(24, 9).toString('base64')}`;
const title = { zh: '渠道', en: 'Channel' };
const webhook = {
  name: 'platform',
  kind: 'webhook',
  title,
  url: 'https://cms.example.gov.cn/reports',
  secretFile: 'platform.secret',
};
const s3 = {
  name: 'store',
  kind: 's3',
  title,
  endpoint: 'https://oss.example.gov.cn',
  bucket: 'reports',
  accessKeyId: 'sunward',
  secretFile: 'store.secret',
};
const folder = { name: 'export', kind: 'folder', title, folder: 'export' };
const hosts = ['cms.example.gov.cn', 'oss.example.gov.cn'];

let base: string;
beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'sunward-channels-'));
  writeFileSync(join(base, 'platform.secret'), `${SECRET}\n`);
  writeFileSync(join(base, 'store.secret'), 'store-secret-key');
  writeFileSync(join(base, 'weak.secret'), 'whsec_c2hvcnQ=');
  writeFileSync(join(base, 'empty.secret'), '\n');
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

function written(file: unknown): string {
  const path = join(base, 'channels.json');
  writeFileSync(path, typeof file === 'string' ? file : JSON.stringify(file));
  return path;
}

const covers: Covers = { cover: () => Promise.reject(new Error('nothing is drawn when channels are opened')) };

describe('the channels file', () => {
  it('is none, and then there are no channels', () => {
    expect(openChannels(null, covers)).toEqual({ channels: [], contact: null });
  });

  it('opens each channel under its name, with the contact of its own or of all', async () => {
    const contact = { zh: '办公室', en: 'Office' };
    const own = { zh: '信息中心', en: 'IT' };
    const wechat = { name: 'wechat', kind: 'wechat-draft', title, contact: own, organs: ['xiangyang'] };
    const opened = openChannels(written({ contact, hosts, channels: [folder, s3, webhook, wechat] }), covers);
    expect(opened.contact).toEqual(contact);
    expect(opened.channels.map(({ name, kind, contact: whom, organs }) => [name, kind, whom, organs])).toEqual([
      ['export', 'folder', contact, null],
      ['store', 's3', contact, null],
      ['platform', 'webhook', contact, null],
      ['wechat', 'wechat-draft', own, ['xiangyang']],
    ]);
    const said = inspect(opened, { depth: 10, showHidden: true });
    expect(said).not.toContain(SECRET.slice(6));
    expect(said).not.toContain('store-secret-key');
    await Promise.all(opened.channels.map((channel) => channel.close()));
  });

  it.each<[string, unknown, string]>([
    ['that is no JSON', '{', 'cannot read'],
    ['with a field nobody knows', { channels: [], chanels: [] }, 'chanels'],
    ['with a kind nobody knows', { channels: [{ ...folder, kind: 'ftp' }] }, 'channels.0.kind'],
    ['with a name twice', { channels: [folder, folder] }, 'each name once'],
    ['with a name that could lead elsewhere', { channels: [{ ...folder, name: '../x' }] }, 'channels.0.name'],
    ['with a secret in it', { hosts, channels: [{ ...webhook, secret: SECRET }] }, 'secret'],
    ['with a host that is not listed', { hosts: [], channels: [webhook] }, 'cms.example.gov.cn is not among hosts'],
    [
      'with a bucket whose own host is not listed',
      { hosts, channels: [{ ...s3, style: 'host' }] },
      'reports.oss.example.gov.cn is not among hosts',
    ],
    [
      'with a secret file that is not there',
      { hosts, channels: [{ ...s3, secretFile: 'none' }] },
      'cannot read secretFile',
    ],
    ['with an empty secret', { hosts, channels: [{ ...s3, secretFile: 'empty.secret' }] }, 'secretFile is empty'],
    [
      'with a secret that is too short',
      { hosts, channels: [{ ...webhook, secretFile: 'weak.secret' }] },
      '24 to 64 bytes',
    ],
    ['with something that is no network', { networks: ['10.0.0.0'], channels: [] }, 'networks.0'],
    [
      'with a password in an address',
      { hosts, channels: [{ ...webhook, url: 'https://sunward:secret@cms.example.gov.cn/' }] },
      'without a name or password',
    ],
    ['with an address of another kind', { hosts, channels: [{ ...webhook, url: 'ftp://x/' }] }, 'channels.0.url'],
  ])('%s keeps the service from starting and says why, without a secret', (_, file, reason) => {
    let said = '';
    try {
      openChannels(written(file), covers);
    } catch (error) {
      said = String(error);
    }
    expect(said).toContain('SUNWARD_CHANNELS_FILE');
    expect(said).toContain(reason);
    expect(said).not.toContain(SECRET.slice(6));
  });
});
