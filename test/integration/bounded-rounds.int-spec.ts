import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ReadingTurns, worstRounds } from '../../apps/publication/src/domain/reading-turns.js';
import { MetricsController } from '../../apps/publication/src/metrics.controller.js';
import { SiteWatch } from '../../apps/publication/src/monitor/site-watch.js';
import { afterRound, watchReportBytes } from '../../apps/publication/src/monitor/watch-report.js';
import { sweepDerivedFiles } from '../../apps/publication/src/publish/derived-sweep.js';
import type { PageTree } from '../../apps/publication/src/publish/page-tree.js';
import { sweepPublicPages } from '../../apps/publication/src/publish/proof-sweep.js';
import type { Publishing } from '../../apps/publication/src/publishing.js';
import { ProvenPages } from '../../apps/publication/src/site/proven-pages.js';
import { SiteFolder, type SiteLink } from '../../apps/publication/src/site/site-folder.js';
import type { FastifyReply } from 'fastify';
import type { ServicePorts } from '#service-runtime/ports';
import { letHappen } from '../support/editions.js';
import { type FileServer, openFileServer } from '../support/file-server.js';
import { ORGAN, PATH, PublicationWorld } from '../support/publication-world.js';

const EDITIONS = 3;
/** The report's address and those of its editions. */
const ADDRESSES = EDITIONS + 1;

/** Notes which trees are read. */
class NotedFolder extends SiteFolder {
  reads: string[] = [];

  override readTree(digest: string): Promise<PageTree | undefined> {
    this.reads.push(digest);
    return super.readTree(digest);
  }
}

let world: PublicationWorld;
let server: FileServer;
let links: SiteLink[];
/** What somebody between the site and its readers makes of a page. */
let onTheWay: (path: string, bytes: Buffer) => Buffer;
beforeAll(async () => {
  world = await PublicationWorld.open();
}, 60_000);
beforeEach(async () => {
  await letHappen(world, 'publish', 1);
  for (let edition = 2; edition <= EDITIONS; edition += 1) await letHappen(world, 'correct', edition);
  onTheWay = (_, bytes) => bytes;
  server = await openFileServer(world.folder.root, (path, bytes) => onTheWay(path, bytes));
  links = await world.folder.links();
  expect(links).toHaveLength(ADDRESSES);
});
afterEach(async () => {
  await server.close();
  await world.clear();
});
afterAll(() => world?.close());

const trees = (): string[] => [...new Set(links.map(({ tree }) => tree))];
const otherFigure = (bytes: Buffer): Buffer => Buffer.from(bytes.toString().replace('>19<', '>91<'));

async function alterPage(tree: string): Promise<void> {
  const page = join(world.folder.root, 'trees', tree, 'index.html');
  await writeFile(page, otherFigure(await readFile(page)));
}

describe('the monitor with one address a round', () => {
  let watch: SiteWatch;
  beforeEach(async () => {
    watch = new SiteWatch(world.watchGround(server.origin), new ReadingTurns(1, 1000), {
      onFault: (error) => {
        throw error;
      },
      onProblem: async () => undefined,
    });
    for (let rounds = 0; rounds < ADDRESSES; rounds += 1) await watch.round();
    expect(await watch.round()).toEqual({ addresses: ADDRESSES, looked: 1, proved: 1, silent: 0, problems: [] });
  });

  it('finds within the stated rounds what leaves no trace on the disk, wherever it is', async () => {
    for (const altered of [PATH, `${PATH}v1/`, `${PATH}v2/`, `${PATH}v3/`]) {
      onTheWay = (path, bytes) => (path === altered ? otherFigure(bytes) : bytes);
      const found: unknown[] = [];
      for (let rounds = 0; rounds < worstRounds(ADDRESSES, 1); rounds += 1)
        found.push(...(await watch.round()).problems);
      expect(found).toContainEqual(expect.objectContaining({ code: 'bytes_differ', isDown: false }));
    }
  });

  it('finds in the next round what changed on the disk', async () => {
    for (const tree of trees()) {
      await alterPage(tree);
      expect((await watch.round()).problems).toContainEqual(expect.objectContaining({ code: 'bytes_differ' }));
      for (let rounds = 0; rounds < ADDRESSES; rounds += 1) await watch.round();
    }
  });

  it('finds in the next round every link that leads elsewhere, however many', async () => {
    for (const link of links) await world.folder.link(link, 'f'.repeat(64));
    const { looked, problems } = await watch.round();
    expect([looked, problems.map(({ code }) => code)]).toEqual([ADDRESSES, links.map(() => 'tree_missing')]);
  });
});

describe('the sweep of the public pages with one edition a round', () => {
  let folder: NotedFolder;
  let sweep: () => Promise<void>;
  beforeEach(async () => {
    folder = new NotedFolder(world.folder.root);
    const ports = { ...world.ports(), folder };
    const pages = new ProvenPages(folder, ports);
    const turns = new ReadingTurns(1, 1000);
    sweep = () => sweepPublicPages(ports, pages, turns);
    for (let rounds = 0; rounds < EDITIONS; rounds += 1) await sweep();
    folder.reads = [];
  });

  it('reads one, and another each time, although nothing on the disk changed', async () => {
    for (let rounds = 1; rounds <= EDITIONS; rounds += 1) {
      await sweep();
      expect(folder.reads).toHaveLength(rounds);
    }
    expect(folder.reads.toSorted()).toEqual(trees().toSorted());
    expect(await world.alarms()).toEqual([]);
  });

  it('puts back in one round every page whose files changed, one ahead of its turn', async () => {
    const [altered = ''] = trees();
    await alterPage(altered);
    await sweep();
    expect(await world.alarms()).toContain('live_bytes_differ');
  });

  it('takes down in one round everything that nobody signed, and puts back everything that is missing', async () => {
    const planted = ['a', 'b', 'c'].map((organ) => ({ organ, year: 2020, edition: null }));
    for (const address of planted) await folder.link(address, trees()[0] ?? '');
    const [gone, wrong, lost] = links.filter(({ edition }) => edition !== null);
    await folder.unlink(gone!);
    await folder.link(
      { organ: ORGAN, year: 2020, edition: null },
      trees().find((tree) => tree !== lost!.tree)!,
    );
    for (const { tree } of [wrong!, lost!]) await rm(join(folder.root, 'trees', tree, 'report.json'));
    await rm(join(folder.root, 'receipts'), { recursive: true });
    await sweep();
    expect((await folder.links()).toSorted(byAddress)).toEqual(links.toSorted(byAddress));
    expect((await readdir(join(folder.root, 'receipts'))).length).toBeGreaterThanOrEqual(EDITIONS);
    for (const path of [PATH, `${PATH}v1/`, `${PATH}v2/`, `${PATH}v3/`])
      expect((await world.get(`${path}report.json`)).status).toBe(200);
  });
});

describe('the sweep of the files beside pages with one edition a round', () => {
  it('goes through all of them', async () => {
    const folder = new NotedFolder(world.folder.root);
    const ports = { ...world.ports(), folder };
    const turns = new ReadingTurns(1, 1000);
    for (let rounds = 0; rounds < 2 * EDITIONS; rounds += 1) await sweepDerivedFiles(ports, turns);
    folder.reads = [];
    for (let rounds = 0; rounds < EDITIONS; rounds += 1) await sweepDerivedFiles(ports, turns);
    expect(new Set(folder.reads)).toEqual(new Set(trees()));
  });
});

it('how long an alteration may stay unseen is a figure for Prometheus, also of the monitor’s rounds as it wrote them last', async () => {
  const ports = world.ports();
  const turns = { 'public-pages': new ReadingTurns(1, 30_000), 'files-beside-pages': new ReadingTurns(20, 30_000) };
  await sweepPublicPages(ports, new ProvenPages(world.folder, ports), turns['public-pages']);
  const publishing = { ports, turns, opened: { channels: [] } } as unknown as Publishing;
  let said = '';
  const reply = { type: () => reply, send: (text: string) => (said = text) } as unknown as FastifyReply;
  const metrics = new MetricsController(ports as unknown as ServicePorts, publishing);
  const worst = async (): Promise<readonly string[]> => {
    await metrics.metrics(reply);
    return said.split('\n').filter((line) => line.startsWith('sunward_proof_worst_seconds'));
  };
  const ofSweeps = [
    `sunward_proof_worst_seconds{sweep="public-pages"} ${worstRounds(EDITIONS, 1) * 30}`,
    'sunward_proof_worst_seconds{sweep="files-beside-pages"} 30',
  ];
  expect(await worst()).toEqual(ofSweeps);
  const figures = { total: 600, budget: 100, worstSeconds: 210, oldestSeconds: 170 };
  const round = { addresses: 600, looked: 100, proved: 100, silent: 0, problems: [] };
  const report = afterRound(undefined, round, new Date(), { lists: [], strays: [], turns: figures });
  await world.folder.writeWatch(watchReportBytes(report));
  expect(await worst()).toEqual([...ofSweeps, 'sunward_proof_worst_seconds{sweep="monitor"} 210']);
});

function byAddress(a: SiteLink, b: SiteLink): number {
  return (a.edition ?? 0) - (b.edition ?? 0);
}
