import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readEnvironment } from './environment.js';

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
    ['SUNWARD_TRUST_FILE', key],
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

describe('the database of the readers of the public site', () => {
  const site = 'postgres://sunward_site@localhost/sunward';

  it('must be named where there are readers, to nobody but publication', () => {
    const two = { ...good, SUNWARD_SITE_READERS: '2' };
    expect(() => readEnvironment('publication', two)).toThrow('SUNWARD_SITE_DATABASE_URL');
    expect(() => readEnvironment('publication', good)).toThrow('SUNWARD_SITE_DATABASE_URL');
    expect(readEnvironment('review', two).readersDatabaseUrl).toBeNull();
    expect(readEnvironment('publication', { ...good, SUNWARD_SITE_READERS: '0' }).readersDatabaseUrl).toBeNull();
    const named = { ...two, SUNWARD_SITE_DATABASE_URL: site };
    expect(readEnvironment('publication', named).readersDatabaseUrl).toBe(site);
  });
});
