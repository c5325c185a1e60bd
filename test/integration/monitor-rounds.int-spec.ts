import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ReadingTurns } from '../../apps/publication/src/domain/reading-turns.js';
import { RenewedGround } from '../../apps/publication/src/monitor/renewed-ground.js';
import { SiteWatch } from '../../apps/publication/src/monitor/site-watch.js';
import { TrustFile } from '../../apps/publication/src/monitor/trust-file.js';
import { readWatchReport, type WatchReport } from '../../apps/publication/src/monitor/watch-report.js';
import { WatchRounds } from '../../apps/publication/src/monitor/watch-rounds.js';
import { sweepWatch } from '../../apps/publication/src/monitor/watch-sweep.js';
import { SiteFolder } from '../../apps/publication/src/site/site-folder.js';
import { instant } from '#domain/instant';
import { revokeKey, rotateKey } from '#evidence/key-changes';
import { generateKeyPem, nodeCrypto, signerFromPem } from '#evidence/node-crypto';
import type { Trust } from '#evidence/trust';
import { Log } from '#service-runtime/log';
import { administrators, signers } from '../support/bundle-builder.js';
import { type FileServer, openFileServer } from '../support/file-server.js';
import { inclusionFile } from '../support/log-builder.js';
import { trustWithLog } from '../support/log-tree.js';
import { laterTrust } from '../support/trust-builder.js';
import { releaseYear, sealYear } from '../support/many-reports.js';
import { ORGAN, PublicationWorld, type Sealed } from '../support/publication-world.js';

const CURRENT = { organ: ORGAN, year: 2020, edition: null };
const FIRST = { ...CURRENT, edition: 1 };
/** Where in the log the entry of the page's last signature stands. */
const INDEX = 10;

let world: PublicationWorld;
let server: FileServer;
let sealed: Sealed;
let tree: string;
let trustFile: string;
/** What happens when readers ask for a page or a file. */
let onRequest: (path: string, bytes: Buffer) => Buffer | Promise<Buffer>;
/** What the server of files waits for before it answers. */
let gate: () => Promise<void>;
beforeAll(async () => {
  world = await PublicationWorld.open();
}, 60_000);
beforeEach(async () => {
  sealed = await world.seal();
  await world.release(sealed);
  await world.publisher().drain();
  tree = world.folder.linkOf(CURRENT) ?? '';
  trustFile = join(await mkdtemp(join(tmpdir(), 'sunward-trust-')), 'trust.json');
  await give(trustWithLog);
  onRequest = (_, bytes) => bytes;
  gate = async () => undefined;
  const answer: typeof onRequest = (path, bytes) => onRequest(path, bytes);
  server = await openFileServer(world.folder.root, answer, () => gate());
});
afterEach(async () => {
  await server.close();
  await rm(join(trustFile, '..'), { recursive: true, force: true });
  await world.clear();
});
afterAll(() => world?.close());

/** Puts a trust file in place, whole, as the launcher does. */
async function give(trust: Trust | string): Promise<void> {
  await writeFile(`${trustFile}.new`, typeof trust === 'string' ? trust : JSON.stringify(trust));
  await rename(`${trustFile}.new`, trustFile);
}

/** A monitor that starts now, with the keys it is given. */
function monitorWith(held: Trust, { folder = world.folder, origin = server.origin } = {}): WatchRounds {
  const file = new TrustFile(trustFile, held, nodeCrypto);
  const ground = new RenewedGround(folder, origin, nodeCrypto, file);
  return new WatchRounds(ground, new ReadingTurns(100, 1000), 100, silent);
}
/** The log of these monitors: what they find is in their report. */
const silent = Object.assign(new Log('monitor', 'error'), { error: () => undefined, fault: () => undefined });

async function report(): Promise<WatchReport> {
  const read = readWatchReport((await world.folder.readWatch()) ?? new Uint8Array());
  if (read === undefined) throw new Error('no report that could be read');
  return read;
}

async function alterPage(): Promise<void> {
  const page = join(world.folder.root, 'trees', tree, 'index.html');
  await writeFile(page, (await readFile(page, 'utf8')).replace('>19<', '>91<'));
}

const atInstant = instant('2026-03-01T00:00:00.000Z');
const holder = 'service:approval' as const;
const former = signerFromPem(generateKeyPem());
const later = signerFromPem(generateKeyPem());

describe('a monitor that goes on while keys are changed', () => {
  /** The anchors before the key that signed the page came, and after. */
  const before = laterTrust({ approval: former });
  const after = rotateKey(
    before,
    { holder, old: former, next: signers.approval, from: INDEX, at: atInstant },
    nodeCrypto,
  );

  beforeEach(() =>
    world.folder.writeInclusion(nodeCrypto.sha256(sealed.evidence), inclusionFile(sealed.evidence, { index: INDEX })),
  );

  it('proves what a newer key signed as soon as the file tells of it, and takes nothing down', async () => {
    await give(before);
    const monitor = monitorWith(before);
    await give(after);
    await monitor.round();
    expect(await report()).toMatchObject({ looked: 2, proved: 2, problems: [], failing: [] });
    expect(world.folder.linkOf(CURRENT)).toBe(tree);
  });

  it('looks at the file once more before it says anything against a page', async () => {
    await give(before);
    onRequest = async (path, bytes) => {
      if (path.endsWith('/')) await give(after);
      return bytes;
    };
    await monitorWith(before).round();
    expect(await report()).toMatchObject({ looked: 2, problems: [], failing: [] });
    expect([CURRENT, FIRST].map((address) => world.folder.linkOf(address))).toEqual([tree, tree]);
  });

  it('proves anew what a key proved that is given up as lost', async () => {
    const rotated = rotateKey(
      laterTrust(),
      { holder, old: signers.approval, next: later, from: 2 * INDEX, at: atInstant },
      nodeCrypto,
    );
    await give(rotated);
    const monitor = monitorWith(rotated);
    await monitor.round();
    expect(await report()).toMatchObject({ proved: 2, problems: [] });
    const lost = { keyid: signers.approval.keyid, from: 4, at: atInstant, administrators };
    await give(revokeKey(rotated, lost, nodeCrypto));
    await monitor.round();
    expect((await report()).problems.map(({ code, isDown }) => [code, isDown])).toEqual([
      ['seal_signature', true],
      ['seal_signature', true],
    ]);
  });

  const stranger = rotateKey(
    laterTrust({ review: later }),
    { holder, old: signers.approval, next: former, from: INDEX, at: atInstant },
    nodeCrypto,
  );
  it.each<[string, string, () => Promise<unknown>]>([
    ['is gone', 'trust_unreadable', () => rm(trustFile)],
    ['is half written', 'trust_unreadable', () => give(JSON.stringify(after).slice(0, -9))],
    ['is no trust file', 'trust_unproved', () => give('{"schema":"sunward.trust/2"}')],
    ['has a key without a signed change', 'trust_unproved', () => give({ ...after, changes: [] })],
    ['is another installation’s', 'trust_unrelated', () => give(stranger)],
    ['is a former one', 'trust_shortened', () => give(before)],
  ])(
    'goes on with the keys it had when the file %s, says so and what to do, until it is mended',
    async (_, code, spoil) => {
      await give(after);
      const monitor = monitorWith(after);
      await monitor.round();
      await spoil();
      await monitor.round();
      const first = await report();
      expect(first).toMatchObject({
        proved: 2,
        problems: [],
        failing: [{ look: 'trust', where: trustFile, code, isOver: false, mend: { en: expect.stringContaining(' ') } }],
      });
      expect(first.failing[0]?.cause).not.toBe('');
      await alterPage();
      await monitor.round();
      const second = await report();
      expect(second.problems).toMatchObject([{ isDown: true }, { isDown: true }]);
      expect(second.failing[0]).toMatchObject({ since: first.failing[0]?.since, isOver: false });
      await sweepWatch(world.ports());
      await sweepWatch(world.ports());
      const kinds = await world.alarms();
      expect(kinds.filter((kind) => kind === 'monitor_look_failed')).toHaveLength(1);
      await give(after);
      await monitor.round();
      expect((await report()).failing).toMatchObject([{ code, isOver: true }]);
    },
  );
});

/** A disk that fails where reports are read for the downloads, or where the lists of trees are. */
class FailingDisk extends SiteFolder {
  fails: 'reports' | 'trees' | 'links' | '' = '';

  override readReport(digest: string): Promise<Uint8Array | undefined> {
    return this.fails === 'reports' ? broken() : super.readReport(digest);
  }

  override namesIn(digest: string): Promise<readonly string[] | undefined> {
    return this.fails === 'trees' ? broken() : super.namesIn(digest);
  }

  override links(...given: Parameters<SiteFolder['links']>): ReturnType<SiteFolder['links']> {
    return this.fails === 'links' ? broken() : super.links(...given);
  }
}

function broken(): Promise<never> {
  return Promise.reject(Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' }));
}

describe('a look that fails', () => {
  const planted = { path: 'public/planted.html', isDown: true };
  const forged = { organ: 'chaoyang', code: 'tree_missing', isDown: true };
  it.each<[FailingDisk['fails'], readonly string[], object]>([
    ['reports', ['lists /data/reports.csv', 'lists /data/reports.jsonl'], { problems: [forged], elsewhere: [planted] }],
    ['trees', ['strays '], { looked: 3, proved: 2, problems: [forged], elsewhere: [] }],
    ['links', ['strays ', 'addresses ', 'lists '], { looked: 2, proved: 2, problems: [] }],
  ])('is told with its cause and since when, and costs nothing else of the round: %s', async (fails, failed, found) => {
    const folder = new FailingDisk(world.folder.root);
    const monitor = (): WatchRounds => monitorWith(trustWithLog, { folder, origin: world.origin });
    await monitor().round();
    folder.fails = fails;
    await writeFile(join(world.folder.root, 'public/planted.html'), 'nobody signed this');
    await world.folder.link({ ...CURRENT, organ: 'chaoyang' }, 'f'.repeat(64));
    await monitor().round();
    const told = await report();
    expect(told).toMatchObject(found);
    expect(told.failing.map(({ look, where }) => `${look} ${where}`)).toEqual(failed);
    for (const one of told.failing)
      expect(one).toMatchObject({ code: 'look_failed', cause: 'Error: EIO: i/o error, read', isOver: false });
    await sweepWatch(world.ports());
    expect(await world.alarms()).toContain('monitor_look_failed');
    await monitor().round();
    expect((await report()).failing.map(({ since }) => since)).toEqual(told.failing.map(({ since }) => since));
    folder.fails = '';
    await monitor().round();
    expect((await report()).failing.map(({ isOver }) => isOver)).toEqual(failed.map(() => true));
  });
});

describe('a problem', () => {
  it('is said before its link is removed, and again when it is', async () => {
    await alterPage();
    const heard: unknown[] = [];
    const watch = new SiteWatch(world.watchGround(server.origin), new ReadingTurns(100, 1000), {
      onFault: (error) => {
        throw error;
      },
      onProblem: async (problem) => void heard.push([problem.isDown, world.folder.linkOf(problem)]),
    });
    await watch.round();
    expect(heard).toEqual([
      [false, tree],
      [true, undefined],
      [false, tree],
      [true, undefined],
    ]);
  });

  it('is taken down also when the disk does not take what is said of it', async () => {
    class FullDisk extends SiteFolder {
      override writeWatch(): Promise<void> {
        return Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }));
      }
    }
    await alterPage();
    const monitor = monitorWith(trustWithLog, { folder: new FullDisk(world.folder.root) });
    await expect(monitor.round()).rejects.toThrow('no space left');
    expect([CURRENT, FIRST].map((address) => world.folder.linkOf(address))).toEqual([undefined, undefined]);
  });
});

describe('a monitor that is killed in the middle of a round', () => {
  let monitor: ChildProcess | undefined;
  afterEach(() => void monitor?.kill('SIGKILL'));

  /** Answers the whole rounds it says it has watched. */
  function start(): AsyncIterator<number> {
    monitor = spawn(process.execPath, ['dist/run/monitor.js'], {
      env: {
        PATH: process.env['PATH'],
        SUNWARD_SITE_DIR: world.folder.root,
        SUNWARD_SITE_ORIGIN: server.origin,
        SUNWARD_TRUST_FILE: trustFile,
        SUNWARD_MONITOR_MS: '200',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return watchedBy(monitor);
  }

  async function* watchedBy({ stdout }: ChildProcess): AsyncGenerator<number> {
    let text = '';
    let rounds = 0;
    for await (const part of stdout!) {
      text += String(part);
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      for (const line of lines) if ((JSON.parse(line) as { msg: string }).msg === 'watched') yield (rounds += 1);
    }
  }

  it('has told what it took down, loses no alarm, and takes down nothing else when it starts again', async () => {
    await releaseYear(world, await sealYear(world, 2021));
    await world.publisher().drain();
    const other = (await world.folder.links()).filter(({ year }) => year === 2021);
    expect(other).toHaveLength(2);
    await alterPage();
    await writeFile(join(world.folder.root, 'public/planted.html'), 'nobody signed this');
    let reached = (): void => undefined;
    const held = new Promise<void>((resolve) => (reached = resolve));
    const isDown = (): boolean => [CURRENT, FIRST].every((address) => world.folder.linkOf(address) === undefined);
    let isHolding = true;
    gate = async () => {
      if (!isHolding || !isDown()) return;
      reached();
      await new Promise(() => undefined);
    };
    start();
    await held;
    const ended = once(monitor!, 'exit');
    monitor!.kill('SIGKILL');
    await ended;
    const left = await report();
    expect(left.problems.map(({ code, isDown: isGone }) => [code, isGone])).toEqual([
      ['bytes_differ', true],
      ['bytes_differ', true],
    ]);
    expect(left.elsewhere).toMatchObject([{ path: 'public/planted.html', isDown: true }]);

    isHolding = false;
    const rounds = start();
    await rounds.next();
    await rounds.next();
    const told = await report();
    expect(told.problems).toEqual(left.problems);
    expect(told.elsewhere).toEqual(left.elsewhere);
    expect(told).toMatchObject({ addresses: other.length, silent: 0, failing: [] });
    expect(await world.folder.links()).toEqual(other);
    await sweepWatch(world.ports());
    expect(await world.alarms()).toEqual(['public_copy_unproved', 'public_copy_unproved', 'public_page_unproved']);
  }, 60_000);
});
