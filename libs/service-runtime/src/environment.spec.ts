import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readEnvironment, readReaderEnvironment } from './environment.js';

const folder = mkdtempSync(join(tmpdir(), 'sunward-environment-'));
const key = join(folder, 'key.pem');
const trust = join(folder, 'trust.json');
writeFileSync(key, 'PEM');
writeFileSync(trust, '{"schema":"sunward.trust/1"}');
afterAll(() => rmSync(folder, { recursive: true }));

const good = {
  DATABASE_URL: 'postgres://localhost/sunward',
  SUNWARD_PORT: '3001',
  SUNWARD_KEY_FILE: key,
  SUNWARD_TRUST_FILE: trust,
};

describe('the environment of a service', () => {
  it.each([
    ['DATABASE_URL', undefined],
    ['SUNWARD_PORT', 'http'],
    ['SUNWARD_PORT', '70000'],
    ['SUNWARD_KEY_FILE', join(folder, 'absent.pem')],
    ['SUNWARD_TRUST_FILE', undefined],
    ['SUNWARD_SITE_ORIGIN', 'localhost'],
    ['SUNWARD_QUEUE_PREFIX', 'a:b'],
    ['SUNWARD_REDRIVE_MS', '0'],
    ['SUNWARD_LOG_LEVEL', 'loud'],
  ])('names %s when it is %s', (name, value) => {
    expect(() => readEnvironment('review', { ...good, [name]: value })).toThrow(name);
  });

  it('refuses a crash point in production, unless faults are allowed on purpose', () => {
    const production = { ...good, NODE_ENV: 'production', CRASHPOINT: 'relay.after_claim' };
    expect(() => readEnvironment('review', production)).toThrow('CRASHPOINT');
    expect(readEnvironment('review', { ...production, ALLOW_FAULTS: '1' }).crashPoint).toBe('relay.after_claim');
  });

  it('carries the queues over Redis exactly when REDIS_URL names one', () => {
    expect(readEnvironment('review', good).queue).toMatchObject({ backend: 'postgres', url: good.DATABASE_URL });
    expect(readEnvironment('review', { ...good, REDIS_URL: '' }).queue.backend).toBe('postgres');
    const redis = readEnvironment('review', { ...good, REDIS_URL: 'redis://localhost:6379' });
    expect(redis.queue).toMatchObject({ backend: 'redis', url: 'redis://localhost:6379' });
  });
});

describe('the environment of a reader of the public site', () => {
  const { SUNWARD_KEY_FILE: _, ...keyless } = good;
  const reader = {
    ...keyless,
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
