import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ALL_STAGES,
  liveFiles,
  type People,
  signInAll,
  signStages,
  submitReport,
  wholePage,
} from '../support/chain.js';
import { eventually } from '../support/client.js';
import { testDistrict } from '../support/district.js';
import { startSystem, type System } from '../support/system.js';

const READERS = 2;

/** The processes a process started. */
function childrenOf(pid: number): number[] {
  const listed = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return listed === '' ? [] : listed.split(' ').map(Number);
}

const environmentOf = (pid: number): string[] => readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Asks over a connection of its own, as another reader would; the status, or why there was none. */
function asked(url: string): Promise<number | string> {
  return new Promise((resolve) => {
    const asking = request(url, { agent: false }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode ?? 0));
      response.once('error', ({ message }) => resolve(message));
    });
    asking.once('error', ({ message }) => resolve(message));
    asking.end();
  });
}

describe('readers of the public site are answered by processes of their own', () => {
  let system: System;
  let people: People;
  const publisher = (): number => system.services.publication.pid ?? 0;
  const twoReaders = (but: readonly number[] = []): Promise<number[]> =>
    eventually('two readers run', async () => {
      const pids = publisher() === 0 ? [] : childrenOf(publisher()).filter((pid) => !but.includes(pid));
      const answers = (await asked(`${system.siteUrl}/xxgk/ndbg/`)) === 200;
      return pids.length === READERS && answers ? pids : undefined;
    });

  beforeAll(async () => {
    system = await startSystem({
      backend: 'postgres',
      district: testDistrict(2),
      env: { SUNWARD_SITE_READERS: String(READERS), CHANNEL_SECRET: 'kept' },
    });
    people = await signInAll(system.gatewayUrl, system.accounts);
  }, 120_000);
  afterAll(() => system?.stop(), 60_000);

  it('that hold no key to sign with, no queue and no secret of a channel, and a database role that may search', async () => {
    const pids = await twoReaders();
    const held = (pid: number): Map<string, string> =>
      new Map(environmentOf(pid).map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
    const own = held(publisher());
    expect(own.get('SUNWARD_KEY_FILE')).toMatch(/publication\.pem$/);
    expect([own.get('DATABASE_URL'), own.get('CHANNEL_SECRET')]).toEqual([
      expect.stringContaining('//sunward_publication:'),
      'kept',
    ]);
    for (const pid of pids) {
      const reader = held(pid);
      expect(reader.get('DATABASE_URL')).toContain('//sunward_site:');
      expect(reader.get('SUNWARD_SITE_DIR')).toBe(own.get('SUNWARD_SITE_DIR'));
      expect([...reader.keys()].filter((name) => /KEY_FILE|REDIS|QUEUE|SECRET|SITE_DATABASE/.test(name))).toEqual([]);
    }
  });

  it('that know at once what went live: page, files beside it and lists, whichever of them answers', async () => {
    const submitted = await submitReport(people, 'organ-0001');
    const list = `${system.siteUrl}/xxgk/ndbg/`;
    // Whoever answers later knows of an empty list by now.
    for (let n = 0; n < 20; n += 1) expect(await asked(list)).toBe(200);
    await signStages(people, submitted, ALL_STAGES);
    const { url } = await liveFiles(system.siteUrl, submitted.organ);
    await wholePage(system.siteUrl, submitted.organ);
    const texts = await Promise.all(
      Array.from({ length: 20 }, () => fetch(list, { headers: { connection: 'close' } }).then((one) => one.text())),
    );
    expect(texts.filter((text) => !text.includes('/organ-0001/2020/'))).toEqual([]);
    for (const name of ['', 'report.pdf', 'report.docx', 'evidence.zip', 'receipt.json'])
      for (let n = 0; n < 6; n += 1) expect(await asked(url + name)).toBe(200);
  }, 120_000);

  it('and one of which may die: the other answers, and a new one comes', async () => {
    const [first, second] = (await twoReaders()) as [number, number];
    process.kill(first, 'SIGKILL');
    await eventually('the killed one is gone', async () => (runs(first) ? undefined : true));
    // No connection is lost but those the dead one had.
    const url = `${system.siteUrl}/xxgk/ndbg/organ-0001/2020/`;
    for (let n = 0; n < 20; n += 1) expect(await asked(url)).toBe(200);
    const now = await twoReaders([first]);
    expect(now).toContain(second);
    expect(system.logs()).toContain('"msg":"site_reader_ended"');
  });

  it('that end with the publisher, and come back with it', async () => {
    const before = await twoReaders();
    const life = publisher();
    system.services.publication.kill('SIGKILL');
    await eventually('no reader is left over', async () => (before.some(runs) ? undefined : true));
    await eventually('the publisher is back', async () =>
      publisher() !== life && publisher() !== 0 ? true : undefined,
    );
    await twoReaders(before);
    const submitted = await submitReport(people, 'organ-0002');
    await signStages(people, submitted, ALL_STAGES);
    await liveFiles(system.siteUrl, submitted.organ);
  }, 120_000);
});
