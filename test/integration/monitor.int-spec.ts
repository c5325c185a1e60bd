import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import readline from 'node:readline';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ListWatch } from '../../apps/publication/src/monitor/list-watch.js';
import { ReadingTurns } from '../../apps/publication/src/domain/reading-turns.js';
import { fetchCopy, fetchDigest, TOO_LONG } from '../../apps/publication/src/monitor/public-copy.js';
import { putAsideStrays } from '../../apps/publication/src/monitor/stray-files.js';
import { afterRound, type WatchReport, watchReportBytes } from '../../apps/publication/src/monitor/watch-report.js';
import { sweepWatch } from '../../apps/publication/src/monitor/watch-sweep.js';
import { SiteWatch, type WatchRound } from '../../apps/publication/src/monitor/site-watch.js';
import { sweepPublicPages } from '../../apps/publication/src/publish/proof-sweep.js';
import { ProvenPages } from '../../apps/publication/src/site/proven-pages.js';
import { canonicalBytes } from '#evidence/canonical';
import { nodeCrypto } from '#evidence/node-crypto';
import { letHappen } from '../support/editions.js';
import { type FileServer, openFileServer } from '../support/file-server.js';
import { trustWithLog as trust } from '../support/log-tree.js';
import { ORGAN, PATH, PublicationWorld } from '../support/publication-world.js';

const CURRENT = { organ: ORGAN, year: 2020, edition: null };
const NAMES = ['evidence.json', 'index.html', 'report.json'];

let world: PublicationWorld;
let servers: FileServer[];
let tree: string;
beforeAll(async () => {
  world = await PublicationWorld.open();
}, 60_000);
beforeEach(async () => {
  servers = [];
  await world.release(await world.seal());
  await world.publisher().drain();
  tree = world.folder.linkOf(CURRENT) ?? '';
});
afterEach(async () => {
  for (const server of servers) await server.close();
  await world.clear();
});
afterAll(() => world?.close());

async function served(onRequest?: Parameters<typeof openFileServer>[1]): Promise<string> {
  const server = await openFileServer(world.folder.root, onRequest);
  servers.push(server);
  return server.origin;
}
const watchOf = (origin: string, budget = 100): SiteWatch =>
  new SiteWatch(world.watchGround(origin), new ReadingTurns(budget, 1000), { onFault: fail, onProblem });
const fail = (error: unknown): never => {
  throw error;
};
const onProblem = async (): Promise<void> => undefined;
const inTree = (name: string): string => join(world.folder.root, 'trees', tree, name);
const withOtherFigure = (bytes: Buffer): Buffer => Buffer.from(bytes.toString().replace('>19<', '>91<'));
const problemCodes = ({ problems }: WatchRound): unknown => problems.map(({ code, isDown }) => [code, isDown]);

/** A whole tree of its own making: every digest fits, nobody signed its page. */
async function plantForgery(): Promise<string> {
  const files = new Map<string, Buffer>();
  for (const name of NAMES) files.set(name, await readFile(inTree(name)));
  files.set('index.html', withOtherFigure(files.get('index.html')!));
  const entries = NAMES.map((name) => {
    const bytes = files.get(name)!;
    return { name, digest: nodeCrypto.sha256(bytes), sizeBytes: bytes.byteLength };
  });
  const manifest = canonicalBytes({ schema: 'sunward.tree/1', files: entries });
  const digest = nodeCrypto.sha256(manifest);
  await mkdir(join(world.folder.root, 'trees', digest), { recursive: true });
  for (const [name, bytes] of files) await writeFile(join(world.folder.root, 'trees', digest, name), bytes);
  await writeFile(join(world.folder.root, 'trees', digest, 'manifest.json'), manifest);
  return digest;
}

describe('the monitor', () => {
  it('proves every public address from what readers get, by this site and by a server of files alike', async () => {
    for (const origin of [world.origin, await served()])
      expect(await watchOf(origin).round()).toEqual({ addresses: 2, looked: 2, proved: 2, silent: 0, problems: [] });
  });

  it('takes down what the disk no longer proves, and publication puts the signed bytes back', async () => {
    const origin = await served();
    const watch = watchOf(origin);
    await watch.round();
    await writeFile(inTree('index.html'), withOtherFigure(await readFile(inTree('index.html'))));
    expect((await fetch(`${origin}${PATH}`)).status).toBe(200);
    expect(problemCodes(await watch.round())).toEqual([
      ['bytes_differ', true],
      ['bytes_differ', true],
    ]);
    expect((await fetch(`${origin}${PATH}`)).status).toBe(404);
    await sweepPublicPages(world.ports(), new ProvenPages(world.folder, world.ports()), new ReadingTurns(100, 1000));
    expect(await (await fetch(`${origin}${PATH}`)).text()).toContain('>19<');
    expect(await watch.round()).toMatchObject({ proved: 2, problems: [] });
  });

  it('takes down a whole page that nobody signed', async () => {
    await world.folder.link(CURRENT, await plantForgery());
    expect(problemCodes(await watchOf(await served()).round())).toEqual([['figure_differs', true]]);
    expect(world.folder.linkOf(CURRENT)).toBeUndefined();
  });

  it('takes down a signed page at an address it was not signed for', async () => {
    const elsewhere = { ...CURRENT, organ: 'chaoyang' };
    await world.folder.link(elsewhere, tree);
    expect(problemCodes(await watchOf(await served()).round())).toEqual([['address_mismatch', true]]);
    expect(world.folder.linkOf(elsewhere)).toBeUndefined();
    expect(world.folder.linkOf(CURRENT)).toBe(tree);
  });

  it('takes down a folder that stands in the place of a link', async () => {
    const place = join(world.folder.root, 'public/xxgk/ndbg/other/2020');
    await mkdir(place, { recursive: true });
    await writeFile(join(place, 'index.html'), '<h1>nobody signed this</h1>');
    const origin = await served();
    expect((await fetch(`${origin}/xxgk/ndbg/other/2020/`)).status).toBe(200);
    expect(problemCodes(await watchOf(origin).round())).toEqual([['tree_missing', true]]);
    expect((await fetch(`${origin}/xxgk/ndbg/other/2020/`)).status).toBe(404);
  });

  it('says so, and leaves the link, when somebody between the site and its readers alters the page', async () => {
    const origin = await served((path, bytes) => (path === PATH ? withOtherFigure(bytes) : bytes));
    expect(problemCodes(await watchOf(origin).round())).toEqual([['bytes_differ', false]]);
    expect(world.folder.linkOf(CURRENT)).toBe(tree);
  });

  it('holds nothing against an address whose link moved during the look', async () => {
    let moves = 0;
    const other = await plantForgery();
    const origin = await served(async (path, bytes) => {
      if (path !== PATH || moves > 0) return bytes;
      moves += 1;
      await world.folder.link(CURRENT, other);
      await world.folder.link(CURRENT, tree);
      return withOtherFigure(bytes);
    });
    expect(await watchOf(origin).round()).toMatchObject({ proved: 2, problems: [] });
    expect(moves).toBe(1);
  });

  it('says so when readers are sent to another address, and is patient with one that sends them to https', async () => {
    let locationOf = (_path: string): string => '/elsewhere/';
    const redirecting = createServer(({ url = '' }, response) => {
      response.writeHead(302, { location: locationOf(url) }).end();
    });
    await new Promise<void>((resolve) => redirecting.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(redirecting.address() as AddressInfo).port}`;
    const watch = watchOf(origin);
    expect(problemCodes(await watch.round())).toEqual([
      ['redirected', false],
      ['redirected', false],
    ]);
    expect(world.folder.linkOf(CURRENT)).toBe(tree);
    const one = (await world.folder.readTree(tree))!;
    locationOf = (path) => `https://127.0.0.1${path}`;
    expect(await fetchCopy(`${origin}${PATH}`, one, nodeCrypto)).toMatchObject({ kind: 'silent' });
    redirecting.close().closeAllConnections();
  });

  it('says so when readers get more than was signed, however much', async () => {
    const origin = await served((path, bytes) =>
      path === PATH ? Buffer.concat([bytes, Buffer.alloc(48 * 1024 * 1024, ' ')]) : bytes,
    );
    expect(problemCodes(await watchOf(origin).round())).toEqual([['bytes_differ', false]]);
  });

  it('waits for one address no longer than it may, and leaves what remains of a long round to the next', async () => {
    const one = (await world.folder.readTree(tree))!;
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const began = performance.now();
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}${PATH}`;
    expect(await fetchCopy(url, one, nodeCrypto, 100)).toMatchObject({ kind: 'silent' });
    expect(performance.now() - began).toBeLessThan(8000);
    silent.close().closeAllConnections();

    const turns = new ReadingTurns(100, 1000);
    const watch = new SiteWatch(world.watchGround(await served()), turns, { onFault: fail, onProblem }, 0);
    for (let round = 0; round < 2; round += 1)
      expect(await watch.round()).toMatchObject({ addresses: 2, looked: 1, proved: 1 });
    expect(turns.figures()).toMatchObject({ total: 2, budget: 1 });
    expect(['', '1'].map((edition) => turns.hasProved(`${ORGAN} 2020 ${edition}`))).toEqual([true, true]);
  });

  it('is patient with a site that gives no answer or shows nothing', async () => {
    expect(await watchOf('http://127.0.0.1:9').round()).toMatchObject({ silent: 2, problems: [] });
    await writeFile(inTree('index.html'), 'x');
    await world.reopenSite();
    expect(await watchOf(world.origin).round()).toMatchObject({ silent: 2, problems: [] });
    expect(world.folder.linkOf(CURRENT)).toBe(tree);
  });
});

/** The sample published anew with acts that may follow it. */
async function publishAnew(): Promise<void> {
  await world.clear();
  await letHappen(world, 'publish', 1);
}

describe('the monitor of what says something of all reports', () => {
  const listsOf = (origin: string): ListWatch => new ListWatch(world.watchGround(origin), 100, fail, 0);
  /** The public site behind something that may change its answers. */
  async function behind(alter: (path: string, body: string) => string | undefined): Promise<string> {
    const answer = async (path: string, response: ServerResponse): Promise<void> => {
      const given = await fetch(`${world.origin}${path}`);
      const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await given.arrayBuffer());
      const altered = alter(path, text);
      response.writeHead(altered === undefined ? 503 : given.status);
      response.end(altered);
    };
    const server = createServer((request, response) => void answer(request.url ?? '', response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const close = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()).closeAllConnections());
    servers.push({ origin: `http://127.0.0.1:${port}`, close });
    return `http://127.0.0.1:${port}`;
  }

  it('proves lists, feeds and downloads from the proven files, and reads the downloads again when a link changed', async () => {
    await publishAnew();
    const watch = listsOf(world.origin);
    expect(await watch.round()).toEqual({ lists: 9, proved: 9, silent: 0, problems: [] });
    expect(await watch.round()).toEqual({ lists: 7, proved: 7, silent: 0, problems: [] });
    await letHappen(world, 'correct', 2);
    expect(await watch.round()).toMatchObject({ lists: 9, proved: 9 });
  });

  it('reads the downloads no sooner than a watch that reads its budget a round', async () => {
    await publishAnew();
    const watch = new ListWatch(world.watchGround(world.origin), 1, fail, 0);
    const listsOfRounds = async (rounds: number): Promise<number[]> => {
      const found: number[] = [];
      for (let round = 0; round < rounds; round += 1) found.push((await watch.round()).lists);
      return found;
    };
    expect(await listsOfRounds(1)).toEqual([9]);
    await letHappen(world, 'correct', 2);
    expect(await listsOfRounds(4)).toEqual([7, 7, 9, 7]);
  });

  it.each([
    ['/xxgk/ndbg/', (text: string) => text.replaceAll('>向阳区2020年', '>向阳区2021年')],
    ['/en/xxgk/ndbg/', (text: string) => text.replaceAll(`href="/en${PATH}"`, 'href="https://elsewhere.example/"')],
    ['/feeds/reports.atom', (text: string) => text.replace('<entry>', '<entry><!-- -->')],
    ['/data/changes.csv', (text: string) => `${text}${ORGAN},,2020,1\r\n`],
    ['/data/reports.csv', (text: string) => text.replace(',19,', ',91,')],
    ['/data/reports.jsonl', (text: string) => `${text}{}\n`],
  ])('says that %s is not what the reports give, when it goes on differing', async (altered, change) => {
    const origin = await behind((path, body) => (path === altered ? change(body) : body));
    const watch = listsOf(origin);
    expect(await watch.round()).toMatchObject({ proved: 8, silent: 1, problems: [] });
    expect(await watch.round()).toMatchObject({ problems: [{ path: altered, code: 'list_differs' }] });
  });

  it('holds nothing against a list that lags behind a link that moved, or a site that does not answer', async () => {
    await publishAnew();
    const origin = await behind((path, body) => (path === '/feeds/reports.json' ? `${body} ` : body));
    const watch = listsOf(origin);
    await watch.round();
    await letHappen(world, 'correct', 2);
    expect(await watch.round()).toMatchObject({ problems: [], silent: 1 });
    expect(await listsOf('http://127.0.0.1:9').round()).toMatchObject({ silent: 9, problems: [] });
  });

  it('says that a list gives no answer, when it goes on giving none while others do', async () => {
    let isUp = false;
    const origin = await behind((path, body) => (isUp || path === '/feeds/reports.atom' ? body : undefined));
    const watch = listsOf(origin);
    const silent = (await watch.round()).silent;
    expect(await watch.round()).toMatchObject({ silent, problems: [] });
    const codes = (await watch.round()).problems.map(({ path, code }) => `${path} ${code}`);
    expect(codes).toHaveLength(silent);
    expect(codes).toContain('/data/reports.csv list_silent');
    isUp = true;
    expect(await watch.round()).toMatchObject({ silent: 0, problems: [] });
  });

  it('reads no page without an end to its end', async () => {
    let sent = 0;
    const server = createServer((_, response: ServerResponse) => {
      const more = (): void => {
        do sent += 1;
        while (!response.destroyed && response.write(Buffer.alloc(1024 * 1024, ' ')));
      };
      response.on('drain', more);
      more();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    expect(await fetchDigest(url, { partOf: () => 'whole' })).toBe(TOO_LONG);
    // What a page may have, and what the two ends of a connection hold.
    expect(sent).toBeLessThan(64);
    server.close().closeAllConnections();
  });
});

describe('files nobody signed', () => {
  it.each([
    'public/notice.html',
    'public/xxgk/index.html',
    'public/xxgk/ndbg/index.html',
    `public/xxgk/ndbg/${ORGAN}/figures.csv`,
    'public/elsewhere/page.html',
    `versions/${ORGAN}/2020/latest`,
  ])('are put aside, out of readers’ reach, and told: %s', async (path) => {
    await mkdir(dirname(join(world.folder.root, path)), { recursive: true });
    await writeFile(join(world.folder.root, path), 'nobody signed this');
    const [stray, ...more] = await putAsideStrays(world.folder, fail);
    expect([path.startsWith(stray?.path ?? 'nothing'), stray, more]).toEqual([
      true,
      { path: stray?.path, code: 'file_unknown', isDown: true },
      [],
    ]);
    await expect(readFile(join(world.folder.root, path))).rejects.toThrow('ENOENT');
    expect(await putAsideStrays(world.folder, fail)).toEqual([]);
    expect((await world.get(PATH)).status).toBe(200);
  });

  it('are found beside the files of a tree too, which a server of files would show', async () => {
    await writeFile(inTree('more.html'), 'nobody signed this');
    expect(await putAsideStrays(world.folder, fail)).toEqual([
      { path: `trees/${tree}/more.html`, code: 'file_unknown', isDown: true },
    ]);
    expect(await watchOf(world.origin).round()).toMatchObject({ proved: 2, problems: [] });
  });

  it('are none where everything is as it was published, also after a correction and a withdrawal', async () => {
    await publishAnew();
    await letHappen(world, 'correct', 2);
    expect(await putAsideStrays(world.folder, fail)).toEqual([]);
    await letHappen(world, 'withdraw', 2);
    expect(await putAsideStrays(world.folder, fail)).toEqual([]);
  });
});

describe('what the monitor wrote', () => {
  const problem = { organ: ORGAN, year: 2020, edition: null, code: 'bytes_differ', where: 'index.html', isDown: true };
  const round: WatchRound = { addresses: 2, looked: 2, proved: 1, silent: 0, problems: [problem] };
  const write = (now: Date, found: WatchRound = round): Promise<void> =>
    world.folder.writeWatch(watchReportBytes(afterRound(undefined, found, now)));

  it('becomes an alarm once, however often it is read', async () => {
    await write(new Date());
    await sweepWatch(world.ports());
    await sweepWatch(world.ports());
    expect(await world.alarms()).toEqual(['public_copy_unproved']);
  });

  it('becomes an alarm too when it is no report’s address, once while it lasts', async () => {
    const elsewhere = {
      lists: [{ path: '/xxgk/ndbg/', code: 'list_differs' as const }],
      strays: [{ path: 'public/x.html', code: 'file_unknown' as const, isDown: true }],
    };
    const quiet = { ...round, problems: [] };
    let report: WatchReport | undefined;
    for (const ms of [0, 60_000]) {
      report = afterRound(report, quiet, new Date(Date.now() + ms), elsewhere);
      await world.folder.writeWatch(watchReportBytes(report));
      await sweepWatch(world.ports());
    }
    expect(report?.elsewhere).toHaveLength(4);
    expect(await world.alarms()).toEqual(['public_page_unproved', 'public_page_unproved']);
  });

  it('keeps a problem for publication to read after it is over, and not for ever', () => {
    const [first, soon, late] = [0, 60_000, 700_000].map((ms) => new Date(1_800_000_000_000 + ms));
    const found = afterRound(undefined, round, first!);
    expect(afterRound(found, { ...round, problems: [] }, soon!).problems).toHaveLength(1);
    expect(afterRound(found, { ...round, problems: [] }, late!).problems).toHaveLength(0);
  });

  it('tells of a silent address only when it stays silent', async () => {
    const silent = { ...round, silent: 1, problems: [] };
    let report: WatchReport | undefined;
    for (const alarms of [[], [], ['public_site_silent']]) {
      report = afterRound(report, silent, new Date());
      await world.folder.writeWatch(watchReportBytes(report));
      await sweepWatch(world.ports());
      expect(await world.alarms()).toEqual(alarms);
    }
    expect(afterRound(report, { ...silent, silent: 0 }, new Date()).silentRounds).toBe(0);
  });

  it('misses a monitor only after having waited for it itself', async () => {
    await write(new Date(Date.now() - 400_000), { ...round, problems: [] });
    await sweepWatch(world.ports(), 10_000);
    expect(await world.alarms()).toEqual([]);
  });

  it('keeps nothing for as long as a clock was wrong', () => {
    const [then, now] = [new Date(Date.now() + 86_400_000), new Date()];
    const before = afterRound(undefined, { ...round, problems: [problem] }, then);
    expect(before.problems).toHaveLength(1);
    expect(afterRound(before, { ...round, problems: [] }, now).problems).toEqual([]);
  });

  it.each<[string, () => Promise<void>]>([
    ['monitor_silent', () => write(new Date(Date.now() - 400_000), { ...round, problems: [] })],
    ['monitor_silent', () => write(new Date(Date.now() + 400_000), { ...round, problems: [] })],
    ['monitor_unreadable', () => world.folder.writeWatch(Buffer.from('{'))],
  ])('raises %s', async (kind, prepare) => {
    await prepare();
    await sweepWatch(world.ports(), 600_000);
    expect(await world.alarms()).toEqual([kind]);
  });

  it('raises nothing when there is no monitor, or nothing to tell', async () => {
    await sweepWatch(world.ports());
    await write(new Date(), { ...round, problems: [] });
    await sweepWatch(world.ports());
    expect(await world.alarms()).toEqual([]);
  });
});

describe('the monitor as a process', () => {
  let monitor: ChildProcess | undefined;
  let folder: string;
  afterEach(async () => {
    if (monitor !== undefined) {
      const ended = once(monitor, 'exit');
      monitor.kill();
      await ended;
    }
    await rm(folder, { recursive: true, force: true });
  });

  it('needs no database and no key, and finds an altered page within its interval', async () => {
    folder = await mkdtemp(join(tmpdir(), 'sunward-monitor-'));
    await writeFile(join(folder, 'trust.json'), JSON.stringify(trust));
    const everyMs = 200;
    monitor = spawn(process.execPath, ['dist/run/monitor.js'], {
      env: {
        PATH: process.env['PATH'],
        SUNWARD_SITE_DIR: world.folder.root,
        SUNWARD_SITE_ORIGIN: await served(),
        SUNWARD_TRUST_FILE: join(folder, 'trust.json'),
        SUNWARD_MONITOR_MS: String(everyMs),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = readline.createInterface({ input: monitor.stdout! })[Symbol.asyncIterator]();
    const until = async (msg: string): Promise<Record<string, unknown>> => {
      for (;;) {
        const { value, done } = await lines.next();
        if (done === true) throw new Error(`the monitor ended before it said ${msg}`);
        const line = JSON.parse(value) as Record<string, unknown>;
        if (line['msg'] === msg) return line;
      }
    };
    expect(await until('watched')).toMatchObject({ proved: 2 });
    const bytes = await readFile(inTree('report.json'));
    const started = performance.now();
    await writeFile(inTree('report.json'), bytes.toString().replace('"19"', '"91"'));
    expect(await until('public_copy_unproved')).toMatchObject({
      code: 'bytes_differ',
      where: 'report.json',
      isDown: true,
    });
    const ms = Math.round(performance.now() - started);
    console.log(`an altered public page was found and taken down after ${ms} ms (a round each ${everyMs} ms)`);
    expect(world.folder.linkOf(CURRENT)).toBeUndefined();
    expect(ms).toBeLessThan(10_000);
    const planted = performance.now();
    await writeFile(join(world.folder.root, 'public/planted.html'), 'nobody signed this');
    expect(await until('public_page_unproved')).toMatchObject({ path: 'public/planted.html', isDown: true });
    console.log(`a file nobody signed was found and put aside after ${Math.round(performance.now() - planted)} ms`);
  }, 60_000);
});
