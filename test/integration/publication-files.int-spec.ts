import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ReadingTurns } from '../../apps/publication/src/domain/reading-turns.js';
import { DerivedFiles } from '../../apps/publication/src/publish/derived-files.js';
import { renewFiles, sweepDerivedFiles } from '../../apps/publication/src/publish/derived-sweep.js';
import { RenderedAhead } from '../../apps/publication/src/publish/rendered-ahead.js';
import { fromBase64 } from '#evidence/base64';
import { canonicalBytes } from '#evidence/canonical';
import { nodeCrypto } from '#evidence/node-crypto';
import type { ReceiptStatement } from '#evidence/statements';
import { rows } from '#persistence/sql';
import { DERIVED_NAMES, type MadeFile } from '#report-files/writers/derived-names';
import { id } from '../support/bundle-builder.js';
import { DOCUMENT, ORGAN, PATH, PublicationWorld, sampleEdition } from '../support/publication-world.js';

/** A writer that makes nothing, as one whose thread always gives up. */
const broken = {
  write: (): Promise<readonly MadeFile[]> =>
    Promise.resolve(DERIVED_NAMES.map((name) => ({ name, code: 'writer_gave_up', detail: 'planted' }))),
};
const brokenFiles = (): DerivedFiles => new DerivedFiles(broken, nodeCrypto);

describe('the files beside the page', () => {
  let world: PublicationWorld;
  beforeAll(async () => {
    world = await PublicationWorld.open();
  }, 60_000);
  afterEach(async () => {
    world.derived = new DerivedFiles(world.writer, nodeCrypto);
    await world.clear();
  });
  afterAll(() => world?.close());

  const address = { organ: ORGAN, year: 2020, edition: null };
  const status = async (name: string): Promise<number> => (await world.get(`${PATH}${name}`)).status;
  const statuses = (): Promise<number[]> => Promise.all(DERIVED_NAMES.map(status));
  const page = async (): Promise<string> => (await world.get(PATH)).text();
  const digests = async (): Promise<Record<string, string>> =>
    Object.fromEntries(
      await Promise.all(
        DERIVED_NAMES.map(async (name) => {
          const bytes = await (await world.get(`${PATH}${name}`)).arrayBuffer();
          return [name, nodeCrypto.sha256(new Uint8Array(bytes))] as const;
        }),
      ),
    );
  /** A release of this program that lays every file out otherwise. */
  const laterRelease = (): DerivedFiles =>
    new DerivedFiles(
      {
        write: async (signed) =>
          (await world.writer.write(signed)).map((file) =>
            'bytes' in file ? { ...file, bytes: new Uint8Array([...file.bytes, 0x0a]) } : file,
          ),
      },
      nodeCrypto,
    );
  const missing = async (): Promise<number> => (await page()).match(/data-missing=/g)?.length ?? 0;

  async function publish(content?: Uint8Array): Promise<void> {
    const sealed = await world.seal(content === undefined ? {} : { content });
    await world.release(sealed);
    await world.publisher().drain();
    expect((await world.job())?.['state']).toBe('live');
  }

  async function actions(): Promise<string[]> {
    const entries = await rows<{ bytes: Buffer }>(world.db, 'SELECT bytes FROM ledger_entry ORDER BY at DESC LIMIT 3');
    return entries.map(({ bytes }) => /"action":"([^"]+)"/.exec(bytes.toString())?.[1] ?? '');
  }

  async function receiptFiles(): Promise<string[]> {
    const { payload } = (await (await world.get(`${PATH}receipt.json`)).json()) as { payload: string };
    const said = JSON.parse(new TextDecoder().decode(fromBase64(payload))) as ReceiptStatement;
    return said.files.map(({ name }) => name);
  }

  it('follow a page that went live before they were made, with a record of it', async () => {
    await publish();
    expect(await statuses()).toEqual([200, 200, 200, 200, 200]);
    const html = await page();
    for (const name of DERIVED_NAMES) {
      const answer = await world.get(`${PATH}${name}`);
      const digest = nodeCrypto.sha256(new Uint8Array(await answer.arrayBuffer()));
      expect(html).toContain(`data-file="${name}">${digest}<`);
      expect(answer.headers.get('content-disposition')).toMatch(
        /^attachment; filename="xiangyang-2020-v1[a-z-]*\.\w+"$/,
      );
    }
    expect(await actions()).toContain('publication.add-files');
  });

  it('stand in the receipt when they were made while people signed', async () => {
    const content = await sampleEdition();
    await world.derived.of(nodeCrypto.sha256(content), content);
    await publish(content);
    expect((await receiptFiles()).toSorted()).toEqual(
      [...DERIVED_NAMES, 'evidence.json', 'index.html', 'report.json'].toSorted(),
    );
  });

  it('never keep a page from going live: it says that they follow, people are told, and a sweep adds them', async () => {
    world.derived = brokenFiles();
    await publish();
    expect([await missing(), await statuses()]).toEqual([5, [404, 404, 404, 404, 404]]);
    expect(await world.alarms()).toEqual(Array(5).fill('file_not_made'));
    world.derived = new DerivedFiles(world.writer, nodeCrypto);
    await sweepDerivedFiles(world.ports(), new ReadingTurns(20, 1000));
    expect([await missing(), await statuses()]).toEqual([0, [200, 200, 200, 200, 200]]);
    expect((await receiptFiles()).toSorted()).toEqual(['evidence.json', 'index.html', 'report.json']);
  });

  it('are an alarm while people still sign when a character has no glyph, and only the PDF stays away', async () => {
    const content = await sampleEdition(1, (report) => ({ ...report, preface: `${report.preface}\n龘` }));
    await world.put(content);
    await new RenderedAhead().prepare(world.ports(), nodeCrypto.sha256(content));
    const [alarm] = await rows<{ detail: unknown }>(world.db, 'SELECT detail FROM alarm');
    expect(alarm?.detail).toMatchObject({ name: 'report.pdf', code: 'glyph_missing', edition: 1 });
    await publish(content);
    expect([await missing(), await statuses()]).toEqual([1, [200, 200, 200, 404, 200]]);
  });

  it('are refused one by one when they are not what the signed bytes give, and replaced by the sweep', async () => {
    await publish();
    const folder = join(world.folder.root, 'trees', world.folder.linkOf(address) ?? '');
    const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as {
      files: { name: string; digest: string; sizeBytes: number }[];
    };
    const forged = new TextEncoder().encode('%PDF-1.7 another report');
    const was = manifest.files.find(({ name }) => name === 'report.pdf')?.digest ?? '';
    const files = new Map<string, Uint8Array>();
    for (const { name } of manifest.files) files.set(name, await readFile(join(folder, name)));
    files.set('report.pdf', forged);
    files.set(
      'index.html',
      new TextEncoder().encode(
        new TextDecoder().decode(files.get('index.html')).replaceAll(was, nodeCrypto.sha256(forged)),
      ),
    );
    const entries = manifest.files.map(({ name }) => {
      const bytes = files.get(name) ?? new Uint8Array();
      return { name, digest: nodeCrypto.sha256(bytes), sizeBytes: bytes.byteLength };
    });
    const planted = canonicalBytes({ schema: 'sunward.tree/1', files: entries });
    const tree = nodeCrypto.sha256(planted);
    await mkdir(join(world.folder.root, 'trees', tree));
    for (const [name, bytes] of files) await writeFile(join(world.folder.root, 'trees', tree, name), bytes);
    await writeFile(join(world.folder.root, 'trees', tree, 'manifest.json'), planted);
    await rows(world.db, 'UPDATE publication_job SET page_tree = $1', [tree]);
    await rows(world.db, 'UPDATE live_pointer SET tree = $1', [tree]);
    for (const edition of [1, null]) await world.folder.link({ ...address, edition }, tree);

    expect([(await world.get(PATH)).status, await statuses()]).toEqual([200, [200, 200, 200, 503, 200]]);
    await sweepDerivedFiles(world.ports(), new ReadingTurns(20, 1000));
    expect(await world.alarms()).toEqual(['derived_file_differs']);
    expect(await statuses()).toEqual([200, 200, 200, 200, 200]);
    expect(await page()).toContain(was);
  });

  it('go on being given out after a release that makes others, as the receipt lists them, until the sweep replaces them without an alarm', async () => {
    const content = await sampleEdition();
    await world.derived.of(nodeCrypto.sha256(content), content);
    await publish(content);
    const before = await digests();
    world.derived = laterRelease();
    await world.reopenSite(world.derived);
    expect([await statuses(), await digests()]).toEqual([[200, 200, 200, 200, 200], before]);
    await rm(join(world.folder.root, 'receipts'), { recursive: true });
    await world.reopenSite(world.derived);
    expect(await statuses()).toEqual([503, 503, 503, 503, 503]);
    await sweepDerivedFiles(world.ports(), new ReadingTurns(20, 1000));
    expect(await statuses()).toEqual([200, 200, 200, 200, 200]);
    const after = await digests();
    for (const name of DERIVED_NAMES) {
      expect(after[name]).not.toBe(before[name]);
      expect(await page()).toContain(`data-file="${name}">${after[name]}<`);
    }
    expect(await world.alarms()).toEqual([]);
  });

  it('are made anew when somebody asks, where they were added after the receipt, and that is an alarm', async () => {
    world.derived = brokenFiles();
    await publish();
    world.derived = new DerivedFiles(world.writer, nodeCrypto);
    await sweepDerivedFiles(world.ports(), new ReadingTurns(20, 1000));
    const before = await digests();
    world.derived = laterRelease();
    await world.reopenSite(world.derived);
    expect(await statuses()).toEqual([503, 503, 503, 503, 503]);
    await world.reopenSite(world.derived, { renew: (content) => renewFiles(world.ports(), content) });
    const asked = await Promise.all(DERIVED_NAMES.map(async (name) => (await world.get(`${PATH}${name}`)).status));
    expect(asked).toEqual([200, 200, 200, 200, 200]);
    const after = await digests();
    for (const name of DERIVED_NAMES)
      expect([after[name] === before[name], await page()]).toEqual([false, expect.stringContaining(after[name] ?? '')]);
    expect(await world.alarms()).toContain('derived_file_differs');
  });

  it('are not in the way when the site cannot prove them: the page is live, the receipt lists what was read', async () => {
    const content = await sampleEdition();
    await world.derived.of(nodeCrypto.sha256(content), content);
    await world.reopenSite(brokenFiles());
    await publish(content);
    expect((await receiptFiles()).toSorted()).toEqual(['evidence.json', 'index.html', 'report.json']);
    expect([(await world.get(PATH)).status, await statuses()]).toEqual([200, [503, 503, 503, 503, 503]]);
  });

  it('stand beside the report in an English frame and the comparison too, which are laid out of what is proved', async () => {
    await publish();
    const english = await world.get(`/en${PATH}`);
    expect([english.status, await english.text()]).toEqual([200, expect.stringContaining('<html lang="en">')]);
    expect(english.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    const comparison = await world.get(`${PATH}comparison.html`);
    expect([comparison.status, await comparison.text()]).toEqual([
      200,
      expect.stringContaining('往年的报告没有在本站公开'),
    ]);
    const other = await Promise.all(['/en/', `/en${PATH}v2/`, `/en${PATH}report.pdf`].map((path) => world.get(path)));
    expect(other.map(({ status: code }) => code)).toEqual([302, 404, 308]);
    const compared = await world.get(`/en${PATH}comparison.html`);
    expect([compared.status, await compared.text()]).toEqual([
      200,
      expect.stringContaining('there is nothing to compare'),
    ]);
  });

  it('are gone with the edition that is withdrawn', async () => {
    await publish();
    const notice = {
      schema: 'sunward.notice/1',
      kind: 'withdraw',
      document: DOCUMENT,
      edition: 1,
      replaces: 1,
      reason: '误发。',
      changes: null,
    } as const;
    const about = {
      kind: 'withdraw',
      edition: 1,
      case: id(2001),
      version: 2,
      content: await sampleEdition(),
      notice,
    } as const;
    await world.release(await world.sealKind(about));
    await world.publisher().drain();
    expect(await statuses()).toEqual([410, 410, 410, 410, 410]);
    expect(await status('v1/report.pdf')).toBe(410);
    const english = await world.get(`/en${PATH}`);
    expect([english.status, await english.text()]).toEqual([
      410,
      expect.stringContaining('Edition 1 was withdrawn on'),
    ]);
  });
});
