import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { unzipSync } from 'fflate';
import { ReadingTurns } from '../../apps/publication/src/domain/reading-turns.js';
import { sweepPublicPages } from '../../apps/publication/src/publish/proof-sweep.js';
import { sweepSearch } from '../../apps/publication/src/publish/search-sweep.js';
import { readPage, stylesOf } from '../../apps/publication/src/publish/page-reading.js';
import { ProvenPages, styleHash } from '../../apps/publication/src/site/proven-pages.js';
import { SiteFolder } from '../../apps/publication/src/site/site-folder.js';
import type { CaseKind } from '#domain/case-kind';
import type { Envelope } from '#evidence/dsse';
import { instant } from '#domain/instant';
import { nodeCrypto } from '#evidence/node-crypto';
import { openStatement } from '#evidence/open-statement';
import { isDefect } from '#evidence/defect';
import type { ReceiptStatement } from '#evidence/statements';
import { serviceKeys } from '#evidence/trust';
import { readWithheld, restoreContent, verifyWithheld } from '#evidence/withheld-bundle';
import { verifyBundle } from '#evidence/verify-bundle';
import { row, rows } from '#persistence/sql';
import { trust } from '../support/bundle-builder.js';
import { contentOf, letHappen, REASON, sealAct, type WantedAct } from '../support/editions.js';
import { openFileServer } from '../support/file-server.js';
import { barrier } from '../support/gate.js';
import { PATH, PublicationWorld, type Sealed } from '../support/publication-world.js';

let world: PublicationWorld;
beforeAll(async () => {
  world = await PublicationWorld.open();
}, 60_000);
afterEach(() => world.clear());
afterAll(() => world?.close());

const sealed = (kind: CaseKind, edition: number, wanted: WantedAct = {}): Promise<Sealed> =>
  sealAct(world, kind, edition, wanted);
const done = (kind: CaseKind, edition: number, wanted: WantedAct = {}): Promise<Sealed> =>
  letHappen(world, kind, edition, wanted);

const jobOf = async ({ round }: Sealed): Promise<Record<string, unknown>> =>
  (await row<Record<string, unknown>>(world.db, 'SELECT * FROM publication_job WHERE case_id = $1', [round['case']])) ??
  {};
const pointer = (): Promise<unknown> => row(world.db, 'SELECT state, edition FROM live_pointer');
const page = async (path: string): Promise<string> => (await world.get(path)).text();
const status = async (path: string): Promise<number> => (await world.get(path)).status;
const bytes = async (path: string): Promise<Uint8Array> => new Uint8Array(await (await world.get(path)).arrayBuffer());

async function receiptOf(act: Sealed): Promise<ReceiptStatement> {
  const stored = String((await jobOf(act))['receipt']);
  const [found] = await rows<{ bytes: Buffer }>(world.db, 'SELECT bytes FROM content.blob WHERE digest = $1', [stored]);
  const envelope = JSON.parse(found!.bytes.toString()) as Envelope;
  const receipt = openStatement('receipt', envelope, serviceKeys(trust, 'publication', nodeCrypto), nodeCrypto);
  if (isDefect(receipt)) throw new Error(receipt.detail);
  return receipt.statement;
}

/** The days a report's page says: in its block, in its tags, and in its JSON-LD. */
async function datesOf(path: string): Promise<{ block: string[]; meta: string[]; data: (string | undefined)[] }> {
  const text = await page(path);
  const [, linked = ''] = /<script type="application\/ld\+json">([^<]*)/.exec(text) ?? [];
  const data = JSON.parse(linked) as { datePublished: string; dateModified?: string };
  return {
    block: [...text.matchAll(/<dd>(\d{4}-\d\d-\d\d[^<]*)/g)].map(([, day = '']) => day),
    meta: ['PubDate', 'DC.date', 'DCTERMS.modified'].flatMap((name) => {
      const [, day] = new RegExp(`<meta name="${name}" content="(\\d{4}-\\d\\d-\\d\\d)`).exec(text) ?? [];
      return day ?? [];
    }),
    data: [data.datePublished, data.dateModified],
  };
}

/** Exit code and words of the program in a folder of evidence. */
async function verifiedOffline(zip: Uint8Array): Promise<[number | null, string]> {
  const folder = await mkdtemp(join(tmpdir(), 'sunward-acts-'));
  for (const [name, content] of Object.entries(unzipSync(zip))) await writeFile(join(folder, name), content);
  const { status: exit, stdout } = spawnSync(process.execPath, ['verify.mjs'], { cwd: folder, encoding: 'utf8' });
  await rm(folder, { recursive: true });
  return [exit, stdout];
}

describe('a correction', () => {
  it('is the next edition at the same address, says what changed, and labels the one before, which stays', async () => {
    const first = await done('publish', 1);
    const second = await done('correct', 2);
    expect(await jobOf(second)).toMatchObject({ state: 'live', kind: 'correct' });
    expect(await jobOf(first)).toMatchObject({ state: 'superseded' });
    expect(Buffer.from(await bytes(`${PATH}report.json`)).equals(second.content)).toBe(true);
    expect(Buffer.from(await bytes(`${PATH}v1/report.json`)).equals(first.content)).toBe(true);
    const now = await page(PATH);
    expect(now).toBe(await page(`${PATH}v2/`));
    for (const told of ['更正说明', REASON, '<del>', '822', '第2版补充说明。', 'v1/']) expect(now).toContain(told);
    const before = await page(`${PATH}v1/`);
    expect(before).toContain('data-mark="superseded"');
    expect(before).toContain('已由第2版');
    expect(await status(`${PATH}v1/receipt.json`)).toBe(200);
    expect(await receiptOf(second)).toMatchObject({ act: 'correct', superseded: false, edition: 2 });
    expect(await receiptOf(first)).not.toHaveProperty('act');
    const third = await done('correct', 3);
    expect(await page(`${PATH}v1/`)).toContain('已由第3版');
    expect(await jobOf(third)).toMatchObject({ state: 'live' });
    const list = await page('/corrections/');
    expect(list.indexOf('第3版')).toBeLessThan(list.indexOf('第2版'));
    expect(list).toContain(REASON);
    expect(await status('/corrections')).toBe(308);
    expect(now).toContain('href="/corrections/?year=2020&amp;organ=xiangyang"');
    expect(await page('/corrections/?year=2020&organ=xiangyang')).toContain(REASON);
    expect(await page(`/corrections/?organ=${encodeURIComponent('向区府')}`)).toContain(REASON);
    const changes = (await page('/data/changes.csv')).trimEnd().split('\r\n');
    expect(changes).toHaveLength(1 + 2 + 2);
    expect(changes[3]).toMatch(/^xiangyang,向阳区人民政府,2020,2,correct,[^,]+,1,t2\.[^,]+,表二 [^,]+,[^,]*,822$/);
    expect(await page('/data/corrections.csv')).toMatch(/correct,[^\r\n]+,1,1,1,\/xxgk\/ndbg\/xiangyang\/2020\/\r\n/);
    for (const other of ['year=2019', 'organ=nobody']) {
      const none = await page(`/corrections/?${other}`);
      expect(none).toContain('没有符合条件的更正或撤回');
      expect(none).not.toContain(REASON);
    }
  });

  it('says since when the report is public beside its own day, to people and to machines, in both frames', async () => {
    const on = (day: string): WantedAct => ({ changes: { notBefore: instant(`${day}T01:00:00.000Z`) } });
    const [FIRST, SECOND, THIRD] = ['2026-02-02', '2026-03-03', '2026-04-04'] as const;
    await done('publish', 1, on(FIRST));
    expect(await datesOf(PATH)).toEqual({
      block: ['2026-01-20', FIRST],
      meta: [FIRST, FIRST],
      data: [FIRST, undefined],
    });
    await done('correct', 2, on(SECOND));
    await done('correct', 3, on(THIRD));
    for (const [path, day] of [
      [PATH, THIRD],
      [`${PATH}v2/`, SECOND],
    ] as const) {
      const dates = { meta: [FIRST, FIRST, day], data: [FIRST, day] };
      expect(await datesOf(path)).toEqual({ block: [`${FIRST}（首次）`, '2026-01-20（本版）', day], ...dates });
      const block = [`${FIRST} (first edition)`, '2026-01-20 (this edition)', day];
      expect(await datesOf(`/en${path}`)).toEqual({ block, ...dates });
    }
    expect((await datesOf(`${PATH}v1/`)).block).toEqual(['2026-01-20', FIRST]);
  });

  it('is laid out by styles its policy lets in, in both frames', async () => {
    await done('publish', 1);
    await done('correct', 2);
    for (const frame of ['', '/en']) {
      const answer = await world.get(`${frame}${PATH}`);
      const policy = answer.headers.get('content-security-policy') ?? '';
      const styles = stylesOf(readPage(new Uint8Array(await answer.arrayBuffer())));
      expect(styles).toHaveLength(3);
      for (const style of styles) expect(policy).toContain(styleHash(style, nodeCrypto));
    }
  });

  it('does not call an edition the first when one before it was taken back', async () => {
    await done('publish', 1);
    await done('withdraw', 1);
    await done('publish', 2);
    await done('correct', 3);
    for (const frame of ['', '/en'])
      expect(await datesOf(`${frame}${PATH}`)).toMatchObject({
        block: ['2026-01-20', '2026-01-20'],
        data: ['2026-01-20', undefined],
      });
  });

  it('that a cache still hides behind the edition before is tried again, and live once it shows', async () => {
    await done('publish', 1);
    const kept = new Map<string, Uint8Array>();
    for (const name of ['', 'evidence.json', 'report.json']) kept.set(`${PATH}${name}`, await bytes(`${PATH}${name}`));
    const better = await sealed('correct', 2);
    await world.release(better);
    const cache = await openFileServer(world.folder.root, (path, now) => Buffer.from(kept.get(path) ?? now));
    await world.publisher(cache.origin).drain();
    expect(await jobOf(better)).toMatchObject({ state: 'publishing', defect: 'address_stale' });
    expect(await pointer()).toEqual({ state: 'live', edition: 2 });
    await world.due();
    kept.clear();
    await world.publisher(cache.origin).drain();
    await cache.close();
    expect(await jobOf(better)).toMatchObject({ state: 'live' });
    // Once for each edition.
    expect(await world.announced()).toMatchObject({ 'publication.live': 2 });
    expect(await world.alarms()).toEqual([]);
  });

  it.each<[string, () => Promise<Sealed>, string]>([
    [
      'a figure was changed in silence',
      () => sealed('correct', 2, { notice: (n) => ({ ...n, changes: { ...n.changes!, cells: [] } }) }),
      'notice_untrue',
    ],
    [
      'a paragraph was changed in silence',
      () => sealed('correct', 2, { notice: (n) => ({ ...n, changes: { ...n.changes!, texts: [] } }) }),
      'notice_untrue',
    ],
    ['its notice says it replaces nothing', () => sealed('emergency', 2), 'notice_outdated'],
    ['it comes as a first publication', () => sealed('publish', 2), 'correction_expected'],
    [
      'its notice is not the one that was signed',
      () =>
        sealed('correct', 2, {
          changes: {
            bundle: (b) => ({ ...b, schema: 'sunward.bundle/2', notice: Buffer.from('{}').toString('base64') }),
          },
        }),
      'notice',
    ],
    [
      'its notice was left out',
      () => sealed('correct', 2, { changes: { bundle: (b) => ({ ...b, schema: 'sunward.bundle/2', notice: null }) } }),
      'notice',
    ],
    [
      'the seal asks for another act than was submitted',
      () => sealed('correct', 2, { changes: { seal: (s) => ({ ...s, kind: 'withdraw' }) } }),
      '',
    ],
  ])('is held when %s, and the edition before stays', async (_what, make, code) => {
    const first = await done('publish', 1);
    const act = await make();
    await world.release(act);
    await world.publisher().drain();
    expect(await jobOf(act)).toMatchObject({ state: 'held', defect: expect.stringContaining(code) });
    expect(await pointer()).toEqual({ state: 'live', edition: 1 });
    expect(Buffer.from(await bytes(`${PATH}report.json`)).equals(first.content)).toBe(true);
    expect(await page(`${PATH}v1/`)).not.toContain('data-mark');
  });

  it('of an act other than the one drafting announced is held', async () => {
    await done('publish', 1);
    const act = await sealed('withdraw', 1);
    await world.release({ ...act, kind: 'ratify' });
    await world.publisher().drain();
    expect(await jobOf(act)).toMatchObject({ state: 'held', defect: 'round_mismatch' });
    expect(await pointer()).toEqual({ state: 'live', edition: 1 });
  });
});

describe('the search', () => {
  const found = async (q: string): Promise<unknown> => {
    const answer = await (await world.get(`/xxgk/ndbg/search/results.json?q=${encodeURIComponent(q)}`)).json();
    return (answer as { reports: { edition: number }[] }).reports.map(({ edition }) => edition);
  };
  const entries = (): Promise<unknown> => rows(world.db, 'SELECT edition FROM search_entry');

  it('knows the live edition, never one that was replaced or taken back', async () => {
    await done('publish', 1);
    expect(await found('营商环境')).toEqual([1]);
    expect(await found('第2版补充')).toEqual([]);
    await done('correct', 2);
    expect(await found('营商环境')).toEqual([2]);
    expect(await found('第2版补充')).toEqual([2]);
    await done('correct', 3);
    expect(await found('第2版补充')).toEqual([]);
    expect(await entries()).toEqual([{ edition: 3 }]);
    await done('withdraw', 3);
    expect(await found('营商环境')).toEqual([]);
    expect(await entries()).toEqual([]);
    await sweepSearch(world.ports());
    expect(await entries()).toEqual([]);
  });

  it('goes back with the address when what was to replace an edition is held', async () => {
    await done('publish', 1);
    const broken = await sealed('correct', 2);
    await world.release(broken);
    const other = await openFileServer(world.folder.root, () => Buffer.from('another page'));
    await world.publisher(other.origin).drain();
    await other.close();
    expect(await jobOf(broken)).toMatchObject({ state: 'held' });
    expect(await pointer()).toEqual({ state: 'live', edition: 1 });
    expect(await found('第2版补充')).toEqual([]);
    expect(await found('营商环境')).toEqual([1]);
    await sweepSearch(world.ports());
    expect(await found('营商环境')).toEqual([1]);
  });

  it('holds up neither going live nor taking back when it cannot be written, and is put right by the sweep', async () => {
    const { db } = world;
    const alarms = async (): Promise<string[]> => (await world.alarms()).filter((kind) => kind === 'search_behind');
    const oneMinuteOn = (): Promise<unknown> => rows(db, `UPDATE live_pointer SET at = at - interval '61 seconds'`);
    await rows(db, 'ALTER TABLE search_entry ADD CONSTRAINT broken CHECK (edition < 0) NOT VALID');
    const first = await done('publish', 1);
    expect(await jobOf(first)).toMatchObject({ state: 'live', attempts: 1 });
    expect(await found('营商环境')).toEqual([]);
    await expect(sweepSearch(world.ports())).rejects.toThrow('1 entries of the search were not written');
    expect(await alarms()).toEqual([]);
    await oneMinuteOn();
    await expect(sweepSearch(world.ports())).rejects.toThrow('not written');
    expect(await alarms()).toEqual(['search_behind']);
    await rows(db, 'ALTER TABLE search_entry DROP CONSTRAINT broken');
    await sweepSearch(world.ports());
    expect(await found('营商环境')).toEqual([1]);

    await rows(
      db,
      `CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'broken'; END $$;
       CREATE TRIGGER broken BEFORE DELETE ON search_entry FOR EACH ROW EXECUTE FUNCTION broken()`,
    );
    const act = await done('withdraw', 1);
    expect(await jobOf(act)).toMatchObject({ state: 'done', attempts: 1 });
    expect(await found('营商环境')).toEqual([]);
    await rows(db, 'DROP TRIGGER broken ON search_entry; DROP FUNCTION broken()');
    await sweepSearch(world.ports());
    expect(await entries()).toEqual([]);
  });
});

describe('a withdrawal', () => {
  it('answers 410 everywhere with the reason and none of the text, and proves itself without it', async () => {
    await done('publish', 1);
    const second = await done('correct', 2);
    const act = await done('withdraw', 2);
    expect(await jobOf(act)).toMatchObject({ state: 'done', kind: 'withdraw' });
    expect(await jobOf(second)).toMatchObject({ state: 'withdrawn' });
    for (const at of [PATH, `${PATH}v1/`, `${PATH}v2/`]) {
      for (const file of ['', 'report.json', 'evidence.json', 'report.pdf', 'index.html'])
        expect(await status(at + file)).toBe(410);
      const said = await page(at);
      expect(said).toContain(REASON);
      expect(said).not.toContain('第2版补充说明');
      expect(await status(`${at}withdrawal.json`)).toBe(200);
      expect(await status(`${at}receipt.json`)).toBe(200);
      expect(said).toContain('evidence.zip');
      expect(await verifiedOffline(await bytes(`${at}evidence.zip`))).toEqual([
        0,
        expect.stringMatching(new RegExp(`✓ 撤回：[\\s\\S]*✓ 撤回回执[\\s\\S]*${REASON}`)),
      ]);
    }
    const evidence = await bytes(`${PATH}withdrawal.json`);
    expect(Buffer.from(evidence).includes(Buffer.from(act.content).toString('base64').slice(0, 400))).toBe(false);
    expect(verifyWithheld(evidence, trust, nodeCrypto)).toMatchObject({ ok: true, summary: { edition: 2 } });
    const withheld = readWithheld(evidence);
    if (isDefect(withheld)) throw new Error(withheld.detail);
    expect(verifyBundle(restoreContent(withheld, act.content), trust, nodeCrypto).ok).toBe(true);
    expect(verifyBundle(restoreContent(withheld, await contentOf(1)), trust, nodeCrypto).ok).toBe(false);
    expect(await receiptOf(act)).toMatchObject({
      act: 'withdraw',
      files: [{ name: 'index.html' }, { name: 'withdrawal.json' }],
    });
    expect((await world.announced())['publication.withdrawn']).toBe(1);
    expect(await page('/corrections/')).toContain('撤回');
    expect(await page('/feeds/reports.atom')).toContain('〔撤回〕向阳区人民政府2020年度报告');
    expect(await page('/xxgk/ndbg/')).not.toContain('2020年');
    const ofOrgan = await page('/xxgk/ndbg/xiangyang/');
    for (const told of [
      '目前没有公开的年度报告',
      `href="${PATH}"`,
      '2020年度报告（第2版）',
      '/corrections/?organ=xiangyang',
    ])
      expect(ofOrgan).toContain(told);
  });

  it('is never undone: late and doubled messages, another publication of that edition, sweeps; a higher edition goes out', async () => {
    const first = await done('publish', 1);
    const act = await done('withdraw', 1);
    await world.release(first);
    await world.release(act);
    await rows(world.db, `UPDATE publication_job SET state = 'publishing' WHERE case_id = $1`, [first.round['case']]);
    await world.due();
    await world.publisher().drain();
    expect(await pointer()).toEqual({ state: 'withdrawn', edition: 1 });
    expect(await status(PATH)).toBe(410);
    expect(await jobOf(first)).toMatchObject({ state: 'passed' });
    expect(await jobOf(await done('publish', 1))).toMatchObject({ state: 'passed' });
    await sweepPublicPages(world.ports(), new ProvenPages(world.folder, world.ports()), new ReadingTurns(100, 1000));
    expect(await status(`${PATH}v1/`)).toBe(410);
    const anew = await done('publish', 2);
    expect(await jobOf(anew)).toMatchObject({ state: 'live' });
    expect(await status(PATH)).toBe(200);
    expect(await status(`${PATH}v1/`)).toBe(410);
  });

  it('and the next edition approved at the same time: whichever is released first, the public never goes back', async () => {
    await done('publish', 1);
    const [withdrawal, correction] = [await sealed('withdraw', 1), await sealed('correct', 2)];
    await world.release(correction);
    await world.publisher().drain();
    await world.release(withdrawal);
    await world.publisher().drain();
    expect(await jobOf(withdrawal)).toMatchObject({ state: 'passed' });
    expect(await receiptOf(withdrawal)).toMatchObject({ act: 'withdraw', superseded: true, files: [] });
    expect((await world.announced())['publication.superseded']).toBe(1);
    expect(await pointer()).toEqual({ state: 'live', edition: 2 });
    await world.clear();

    await done('publish', 1);
    const [taken, better2] = [await sealed('withdraw', 1), await sealed('correct', 2)];
    await world.release(taken);
    await world.publisher().drain();
    expect(await status(PATH)).toBe(410);
    await world.release(better2);
    await world.publisher().drain();
    expect(await pointer()).toEqual({ state: 'live', edition: 2 });
    expect(await status(`${PATH}v1/`)).toBe(410);
  });

  it('of both at one instant, by two publishers, leaves the higher edition public', async () => {
    await done('publish', 1);
    const [withdrawal, correction] = [await sealed('withdraw', 1), await sealed('correct', 2)];
    await world.release(withdrawal);
    await world.release(correction);
    await Promise.all([world.publisher().drain(), world.publisher().drain()]);
    await world.due();
    await world.publisher().drain();
    expect(await pointer()).toEqual({ state: 'live', edition: 2 });
    expect(await jobOf(correction)).toMatchObject({ state: 'live' });
    expect(['done', 'passed']).toContain((await jobOf(withdrawal))['state']);
  });

  it('is not undone by a sweep that looked before it and writes after it', async () => {
    await done('publish', 1);
    for (const link of await world.folder.links()) await world.folder.unlink(link);
    const ports = world.ports();
    const [looked, goOn] = [barrier(2), barrier(2)];
    const folder = new SiteFolder(world.folder.root);
    const writeTree = folder.writeTree.bind(folder);
    folder.writeTree = async (tree) => {
      await writeTree(tree);
      await looked();
      await goOn();
    };
    const sweeping = sweepPublicPages(
      { ...ports, folder },
      new ProvenPages(folder, ports),
      new ReadingTurns(100, 1000),
    );
    await looked();
    await done('withdraw', 1);
    await goOn();
    await sweeping;
    expect(await status(PATH)).toBe(410);
    expect(await status(`${PATH}v1/`)).toBe(410);
  });

  it('is shown only while it proves itself; what was altered on the disk is made again', async () => {
    await done('publish', 1);
    await done('withdraw', 1);
    const link = (await world.folder.links()).find(({ edition }) => edition === null)!;
    const tree = (await world.folder.readTree(link.tree))!;
    await world.folder.unlink({ ...link, edition: 1 });
    const forged = { ...tree, digest: 'f'.repeat(64) };
    await world.folder.writeTree(forged);
    await world.folder.link({ ...link, edition: null }, forged.digest);
    await world.reopenSite();
    expect(await status(PATH)).toBe(503);
    await sweepPublicPages(world.ports(), new ProvenPages(world.folder, world.ports()), new ReadingTurns(100, 1000));
    await sweepPublicPages(world.ports(), new ProvenPages(world.folder, world.ports()), new ReadingTurns(100, 1000));
    expect(await status(PATH)).toBe(410);
    expect(await status(`${PATH}v1/`)).toBe(410);
  });
});

describe('an emergency', () => {
  it('carries its mark until it is ratified, and the day of that afterwards; no byte of the report changes', async () => {
    const first = await done('emergency', 1);
    expect(await jobOf(first)).toMatchObject({ state: 'live', kind: 'emergency' });
    const marked = await page(PATH);
    expect(marked).toContain('data-mark="emergency"');
    expect(marked).toContain(REASON);
    const ratification = await done('ratify', 1);
    expect(await jobOf(ratification)).toMatchObject({ state: 'done' });
    const ratified = await page(PATH);
    expect(ratified).toContain('已追认');
    expect(ratified).not.toContain('data-mark="emergency"');
    expect(Buffer.from(await bytes(`${PATH}report.json`)).equals(first.content)).toBe(true);
    expect(Buffer.from(await bytes(`${PATH}evidence.json`)).equals(first.evidence)).toBe(true);
    expect(Buffer.from(await bytes(`${PATH}ratification.json`)).equals(ratification.evidence)).toBe(true);
    expect(await page(`${PATH}v1/`)).toBe(ratified);
    expect(await verifiedOffline(await bytes(`${PATH}evidence.zip`))).toEqual([
      0,
      expect.stringMatching(/应急公开[\s\S]*✓ 已追认/),
    ]);
    expect(await receiptOf(ratification)).toMatchObject({ act: 'ratify' });
    await sweepPublicPages(world.ports(), new ProvenPages(world.folder, world.ports()), new ReadingTurns(100, 1000));
    expect(await page(PATH)).toBe(ratified);
    expect(await world.alarms()).toEqual([]);
  });

  it.each([
    ['lost its links', (): Promise<unknown> => Promise.resolve()],
    // As after a release that lays pages out otherwise: what the sweep makes is not what the rows name.
    [
      'is laid out anew',
      (): Promise<unknown> => rows(world.db, `UPDATE publication_job SET page_tree = $1`, ['e'.repeat(64)]),
    ],
  ])('that %s stays ratified under a sweep that looked before it and writes after it', async (_, alter) => {
    await done('emergency', 1);
    for (const link of await world.folder.links()) await world.folder.unlink(link);
    await alter();
    const ports = world.ports();
    const [looked, goOn] = [barrier(2), barrier(2)];
    const folder = new SiteFolder(world.folder.root);
    const writeTree = folder.writeTree.bind(folder);
    folder.writeTree = async (tree) => {
      await writeTree(tree);
      await looked();
      await goOn();
    };
    const sweep = (by = folder): Promise<void> =>
      sweepPublicPages({ ...ports, folder: by }, new ProvenPages(by, ports), new ReadingTurns(100, 1000));
    const sweeping = sweep();
    await looked();
    await done('ratify', 1);
    await goOn();
    await sweeping;
    const marks = async (): Promise<(string | undefined)[]> =>
      Promise.all([PATH, `${PATH}v1/`].map(async (path) => /data-mark="(\w+)"/.exec(await page(path))?.[1]));
    expect(await marks()).toEqual(['ratified', 'ratified']);
    await sweep(world.folder);
    expect(await marks()).toEqual(['ratified', 'ratified']);
    expect(await world.alarms()).not.toContain('live_without_proof');
  });

  it('replaced before its ratification is ratified under its own number', async () => {
    await done('publish', 1);
    await done('emergency', 2, { replaces: 1 });
    expect(await page(PATH)).toContain('data-mark="emergency"');
    await done('correct', 3);
    expect(await jobOf(await done('ratify', 2))).toMatchObject({ state: 'done' });
    const page2 = await page(`${PATH}v2/`);
    for (const told of ['已追认', '已由第3版']) expect(page2).toContain(told);
    expect(await page(PATH)).not.toContain('data-mark="ratified"');
  });

  it('withdrawn meanwhile has nothing to ratify, nor has what was no emergency', async () => {
    await done('emergency', 1);
    await done('withdraw', 1);
    expect(await jobOf(await done('ratify', 1))).toMatchObject({ state: 'passed' });
    expect(await status(PATH)).toBe(410);
    await world.clear();
    await done('publish', 1);
    expect(await jobOf(await done('ratify', 1))).toMatchObject({ state: 'held', defect: 'nothing_to_ratify' });
    expect(await page(PATH)).not.toContain('追认');
  });

  it('whose mark was taken off the page is not shown', async () => {
    await done('emergency', 1);
    const link = (await world.folder.links()).find(({ edition }) => edition === null)!;
    const tree = (await world.folder.readTree(link.tree))!;
    const files = tree.files.map((file) => {
      if (file.name !== 'index.html') return file;
      const bare = new TextEncoder().encode(new TextDecoder().decode(file.bytes).replace(' data-mark="emergency"', ''));
      return { ...file, bytes: bare, digest: nodeCrypto.sha256(bare) };
    });
    const manifest = new TextEncoder().encode(
      JSON.stringify({
        files: files.map(({ name, digest, bytes: of }) => ({ digest, name, sizeBytes: of.byteLength })),
        schema: 'sunward.tree/1',
      }),
    );
    const digest = nodeCrypto.sha256(manifest);
    await world.folder.writeTree({ digest, manifest, files });
    await world.folder.link(link, digest);
    expect(await status(PATH)).toBe(503);
  });
});
