import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { SiteReaders } from '../../apps/publication/src/readers/site-readers.js';
import { SiteFolder } from '../../apps/publication/src/site/site-folder.js';
import { Log } from '#service-runtime/log';
import { eventually } from '../support/client.js';

const root = mkdtempSync(join(tmpdir(), 'sunward-readers-'));
const program = join(root, 'reader.mjs');
writeFileSync(
  program,
  `import { createServer } from 'node:http';
   createServer().listen(0, '127.0.0.1');
   process.on('SIGTERM', () => process.exit(0));`,
);
const ADDRESS = { organ: 'scjg', year: 2026, edition: null };

let readers: SiteReaders | undefined;
afterEach(async () => {
  await readers?.stop();
  readers = undefined;
});
afterAll(() => rmSync(root, { recursive: true }));

const settings = (path: string) => ({
  count: 1,
  databaseUrl: 'postgres://127.0.0.1:1/none',
  folder: new SiteFolder(root),
  derived: { digestsFor: async () => undefined },
  renew: async () => undefined,
  log: new Log('publication', 'error'),
  program: path,
});

describe('the readers of the public site', () => {
  it('cost the publisher nothing when one is dead and it does not know yet: what it tells is lost, and another comes', async () => {
    const chosen = settings(program);
    readers = await SiteReaders.start(chosen);
    const [dead = 0] = readers.pids;
    process.kill(dead, 'SIGKILL');
    // The publisher is busy meanwhile: it hears of nothing before it speaks.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
    for (let n = 0; n < 3; n += 1) chosen.folder.tell(ADDRESS);
    const [fresh] = await eventually('another reader runs', async () => {
      const pids = readers?.pids.filter((pid) => pid !== dead) ?? [];
      return pids.length === 1 ? pids : undefined;
    });
    expect(fresh).not.toBe(dead);
  });

  it('are missed at the start when one cannot begin, with how it ended', async () => {
    await expect(SiteReaders.start(settings(join(root, 'absent.mjs')))).rejects.toThrow(
      'a reader of the public site ended before it listened: exit code 1',
    );
  });
});
