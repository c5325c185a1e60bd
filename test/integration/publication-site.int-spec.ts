import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { unzipSync } from 'fflate';
import { ReadingTurns } from '../../apps/publication/src/domain/reading-turns.js';
import { sweepOverdue, sweepPublicPages } from '../../apps/publication/src/publish/proof-sweep.js';
import { ProvenPages } from '../../apps/publication/src/site/proven-pages.js';
import { canonicalBytes } from '#evidence/canonical';
import { nodeCrypto } from '#evidence/node-crypto';
import { rows } from '#persistence/sql';
import { signers } from '../support/bundle-builder.js';
import { trustWithLog } from '../support/log-tree.js';
import { receiptOf } from '../support/publication-files.js';
import { ORGAN, PATH, PublicationWorld, type Sealed } from '../support/publication-world.js';

describe('the public site', () => {
  let world: PublicationWorld;
  let sealed: Sealed;
  let tree: string;
  let pages: ProvenPages;
  beforeAll(async () => {
    world = await PublicationWorld.open();
  }, 60_000);
  beforeEach(async () => {
    sealed = await world.seal();
    await world.release(sealed);
    await world.publisher().drain();
    tree = world.folder.linkOf({ organ: ORGAN, year: 2020, edition: null }) ?? '';
    expect(tree).toMatch(/^[0-9a-f]{64}$/);
    pages = new ProvenPages(world.folder, world.ports());
  });
  afterEach(() => world.clear());
  afterAll(() => world?.close());

  const inTree = (name: string): string => join(world.folder.root, 'trees', tree, name);
  const sweep = (): Promise<void> => sweepPublicPages(world.ports(), pages, new ReadingTurns(100, 1000));
  const status = async (path: string): Promise<number> => (await world.get(path)).status;

  /** A whole tree of its own making: every digest fits, nobody signed it. */
  async function plant(change: (files: Record<string, Buffer>) => void): Promise<string> {
    const names = ['evidence.json', 'index.html', 'report.json'];
    const files: Record<string, Buffer> = {};
    for (const name of names) files[name] = await readFile(inTree(name));
    change(files);
    const entries = names.map((name) => ({
      name,
      digest: nodeCrypto.sha256(files[name]!),
      sizeBytes: files[name]!.byteLength,
    }));
    const manifest = canonicalBytes({ schema: 'sunward.tree/1', files: entries });
    const digest = nodeCrypto.sha256(manifest);
    const folder = join(world.folder.root, 'trees', digest);
    await mkdir(folder, { recursive: true });
    for (const name of names) await writeFile(join(folder, name), files[name]!);
    await writeFile(join(folder, 'manifest.json'), manifest);
    return digest;
  }

  it('answers with headers that let nothing run, and a tag that spares the second transfer', async () => {
    const page = await world.get(PATH);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]{44}' 'sha256-[A-Za-z0-9+/=]{44}'; base-uri 'none'/,
    );
    expect(Object.fromEntries(page.headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-cache',
      'content-type': 'text/html; charset=utf-8',
    });
    const tag = page.headers.get('etag') ?? '';
    const again = await world.get(PATH, { 'if-none-match': tag });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it('lets pages of other origins read its data, and frames and pages nobody', async () => {
    const allowed = async (path: string) => (await world.get(path)).headers.get('access-control-allow-origin');
    expect(await allowed(`${PATH}report.json`)).toBe('*');
    expect(await allowed('/.well-known/sunward/trust.json')).toBe('*');
    expect(await allowed(PATH)).toBeNull();
  });

  it('lists what is public, shows its trust anchors and leads back from nowhere', async () => {
    expect(await (await world.get('/xxgk/ndbg/')).text()).toContain(`href="${PATH}"`);
    expect((await world.get('/')).headers.get('location')).toBe('/xxgk/ndbg/');
    expect((await world.get(PATH.slice(0, -1))).headers.get('location')).toBe(PATH);
    expect(await (await world.get('/.well-known/sunward/trust.json')).json()).toMatchObject({
      schema: 'sunward.trust/1',
    });
    const nowhere = await world.get('/xxgk/ndbg/xiangyang/2021/');
    expect(nowhere.status).toBe(404);
    expect(await nowhere.text()).toContain('href="/xxgk/ndbg/"');
  });

  it('leads from a report to its check and its data, and every link on its page leads somewhere', async () => {
    const text = await (await world.get(PATH)).text();
    const own = `${trustWithLog.site}/`;
    const links = [...text.matchAll(/href="([^"#]+)(?:#[^"]*)?"/g)].map(([, href]) => href ?? '');
    expect(links).toEqual(expect.arrayContaining(['/check/', '/data/']));
    for (const link of new Set(links)) {
      const path = link.startsWith(own) ? link.slice(own.length - 1) : new URL(link, `http://site${PATH}`).pathname;
      expect([link, await status(path)]).toEqual([link, 200]);
    }
  });

  it('offers the whole evidence as one folder, which its own program proves', async () => {
    const answer = await world.get(`${PATH}evidence.zip`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/zip']);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect(new Uint8Array(await (await world.get(`${PATH}evidence.zip`)).arrayBuffer())).toEqual(bytes);
    const files = unzipSync(bytes);
    for (const name of ['evidence.json', 'report.json', 'receipt.json'])
      expect(nodeCrypto.sha256(files[name]!)).toBe(
        nodeCrypto.sha256(new Uint8Array(await (await world.get(`${PATH}${name}`)).arrayBuffer())),
      );
    const folder = await mkdtemp(join(tmpdir(), 'sunward-evidence-'));
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
    const { status: exit, stdout } = spawnSync(process.execPath, ['verify.mjs'], { cwd: folder, encoding: 'utf8' });
    await rm(folder, { recursive: true });
    expect([exit, stdout]).toEqual([0, expect.stringContaining('年度报告')]);
  });

  it.each([
    '/xxgk/ndbg/xiangyang/2020/manifest.json',
    '/trees/',
    '/xxgk/ndbg/%2e%2e/2020/',
    `/xxgk/ndbg/xiangyang/2020/..%2f..%2fx`,
  ])('does not give out %s', async (path) => expect(await status(path)).toBe(404));

  it('takes no other method', async () => {
    expect((await fetch(`${world.origin}${PATH}`, { method: 'POST', body: 'x' })).status).toBe(404);
    expect((await fetch(`${world.origin}${PATH}`, { method: 'HEAD' })).status).toBe(200);
  });

  describe('bytes exchanged on the disk', () => {
    it.each(
      ['index.html', 'report.json', 'evidence.json', 'manifest.json'].flatMap((name) => [
        [name, 'proved before'],
        [name, 'not yet proved'],
      ]),
    )('%s, %s: are never shown, and the signed ones are put back', async (name, when) => {
      if (when === 'proved before') await sweep();

      const bytes = await readFile(inTree(name));
      const at = bytes.indexOf('1');
      bytes[at] = 0x37;
      await writeFile(inTree(name), bytes);
      await world.reopenSite();
      expect(await status(PATH)).toBe(503);
      await sweep();
      expect(await world.alarms()).toContain('live_bytes_differ');
      expect(await status(PATH)).toBe(200);
      const report = await (await world.get(`${PATH}report.json`)).arrayBuffer();
      expect(Buffer.from(report).equals(sealed.content)).toBe(true);
    });

    it('a whole tree that nobody signed: is never shown, taken down, and the signed one put back', async () => {
      const forged = await plant((files) => {
        files['index.html'] = Buffer.from(files['index.html']!.toString().replace('>19<', '>91<'));
      });
      await world.folder.link({ organ: ORGAN, year: 2020, edition: null }, forged);
      expect(await status(PATH)).toBe(503);
      await sweep();
      expect(await world.alarms()).toEqual(expect.arrayContaining(['live_without_proof', 'live_page_missing']));
      expect(world.folder.linkOf({ organ: ORGAN, year: 2020, edition: null })).toBe(tree);
      expect(await status(PATH)).toBe(200);
    });

    it('a signed page at an address it was not signed for', async () => {
      // Also once the page is held, for it is shown where it belongs.
      expect(await status(PATH)).toBe(200);
      await world.folder.link({ organ: 'chaoyang', year: 2020, edition: null }, tree);
      expect(await status('/xxgk/ndbg/chaoyang/2020/')).toBe(503);
      await sweep();
      expect(await world.alarms()).toEqual(['live_without_proof']);
      expect(await status('/xxgk/ndbg/chaoyang/2020/')).toBe(404);
      expect(await status(PATH)).toBe(200);
    });

    it('a receipt publication did not sign about this edition: is as if there were none, and the signed one put back', async () => {
      const place = join(world.folder.root, 'receipts', `${tree}.json`);
      const signed = await readFile(place);
      const other = receiptOf(sealed.evidence, sealed.content, { edition: 2 });
      const forged = receiptOf(sealed.evidence, sealed.content, {}, signers.approval);
      for (const bytes of [other, forged, Buffer.from('{}'), signed.subarray(0, -1)]) {
        await writeFile(place, bytes);
        expect(await status(`${PATH}receipt.json`)).toBe(404);
        expect([await status(PATH), await status(`${PATH}evidence.zip`)]).toEqual([200, 200]);
      }
      await sweep();
      const back = Buffer.from(await (await world.get(`${PATH}receipt.json`)).arrayBuffer());
      expect(back.equals(signed)).toBe(true);
    });

    it('a link that leads out of the site', async () => {
      const place = join(world.folder.root, 'public/xxgk/ndbg/other/2020');
      await mkdir(join(place, '..'), { recursive: true });
      await symlink('/etc', place);
      expect(await status('/xxgk/ndbg/other/2020/')).toBe(503);
      await sweep();
      expect(await status('/xxgk/ndbg/other/2020/')).toBe(404);
    });
  });

  it('a page whose publication was taken out of the rows is taken down', async () => {
    await rows(world.db, 'DELETE FROM live_pointer');
    await rows(world.db, 'DELETE FROM publication_job');
    await sweep();
    expect(await world.alarms()).toContain('live_without_proof');
    expect(await status(PATH)).toBe(404);
  });

  it('an address that lost its files comes back, receipt and all', async () => {
    await rm(world.folder.root, { recursive: true });
    await world.reopenSite();
    expect(await status(PATH)).toBe(404);
    await sweep();
    expect(await world.alarms()).toContain('live_page_missing');
    for (const path of [PATH, `${PATH}v1/`, `${PATH}receipt.json`, `${PATH}evidence.json`])
      expect(await status(path)).toBe(200);
  });

  it('stops within seconds although somebody holds a connection that never asked anything', async () => {
    const silent = connect(Number(new URL(world.origin).port), '127.0.0.1');
    await once(silent, 'connect');
    const hungUp = once(silent, 'close');
    await world.reopenSite();
    await hungUp;
    expect(await status(PATH)).toBe(200);
  }, 10_000);

  it('raises nothing when all is well', async () => {
    await sweep();
    await sweepOverdue(world.ports());
    expect(await world.alarms()).toEqual([]);
  });

  it('tells when a released round is not public after a minute', async () => {
    await rows(world.db, `UPDATE publication_job SET state = 'publishing', released_at = now() - interval '2 minutes'`);
    await sweepOverdue(world.ports());
    expect(await world.alarms()).toEqual(['publication_overdue']);
  });
});
