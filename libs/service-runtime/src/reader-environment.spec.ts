import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { environmentForReaders, readReaderEnvironment } from './reader-environment.js';

const folder = mkdtempSync(join(tmpdir(), 'sunward-reader-environment-'));
const trust = join(folder, 'trust.json');
writeFileSync(trust, '{"schema":"sunward.trust/1"}');
afterAll(() => rmSync(folder, { recursive: true }));

const site = 'postgres://sunward_site@localhost/sunward';

describe('the variables readers of the public site are started with', () => {
  it('is what they read and a database of their own: no key, no queue, no secret', () => {
    const given = environmentForReaders(site, {
      DATABASE_URL: 'postgres://localhost/sunward',
      SUNWARD_PORT: '3004',
      SUNWARD_KEY_FILE: 'key.pem',
      SUNWARD_TRUST_FILE: trust,
      PATH: '/bin',
      NODE_ENV: 'production',
      SUNWARD_SITE_DIR: folder,
      SUNWARD_SITE_DATABASE_URL: site,
      REDIS_URL: 'redis://:password@localhost',
      QUEUE_DATABASE_URL: 'postgres://localhost/queues',
      SUNWARD_CHANNELS_FILE: 'channels.json',
      STORE_SECRET: 'a secret of a channel',
    });
    expect(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))).toEqual({
      PATH: '/bin',
      NODE_ENV: 'production',
      SUNWARD_SITE_DIR: folder,
      SUNWARD_TRUST_FILE: trust,
      DATABASE_URL: site,
    });
    // A name without a value takes what the service that starts them has itself.
    expect(Object.keys(given)).toEqual(
      expect.arrayContaining(['SUNWARD_KEY_FILE', 'REDIS_URL', 'QUEUE_DATABASE_URL', 'STORE_SECRET']),
    );
  });
});

describe('the environment of a reader of the public site', () => {
  const reader = {
    DATABASE_URL: site,
    SUNWARD_TRUST_FILE: trust,
    SUNWARD_SITE_DIR: folder,
    SUNWARD_SITE_NAME: '向阳区人民政府网',
    SUNWARD_SITE_CONTACT: '0454-1',
  };

  it('needs no key, and knows none', () => {
    const read = readReaderEnvironment({ ...reader, SUNWARD_KEY_FILE: '' });
    expect(read).toMatchObject({
      siteDir: folder,
      siteIdentity: { name: '向阳区人民政府网', idCode: null, contact: '0454-1' },
    });
    expect(JSON.stringify(read)).not.toContain('pem');
  });

  it.each([
    ['DATABASE_URL', undefined],
    ['SUNWARD_SITE_DIR', undefined],
    ['SUNWARD_TRUST_FILE', join(folder, 'absent.json')],
    ['SUNWARD_SITE_PORT', 'http'],
  ])('names %s when it is %s', (name, value) => {
    expect(() => readReaderEnvironment({ ...reader, [name]: value })).toThrow(name);
  });
});
