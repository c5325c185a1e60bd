import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { DataSource } from 'typeorm';
import { migrations, tables } from '../../apps/publication/src/data-source.js';
import type { Channel } from '../../apps/publication/src/channels/channel.js';
import { inbound } from '../../apps/publication/src/inbound.js';
import { publicPath } from '../../apps/publication/src/domain/public-address.js';
import type { PublishPorts } from '../../apps/publication/src/publish/attempt.js';
import { Publisher } from '../../apps/publication/src/publish/publisher.js';
import { DerivedFiles } from '../../apps/publication/src/publish/derived-files.js';
import { RenderedAhead } from '../../apps/publication/src/publish/rendered-ahead.js';
import { ReportSearch } from '../../apps/publication/src/search/report-search.js';
import type { RoundsGround } from '../../apps/publication/src/monitor/watch-rounds.js';
import { ProvenPages } from '../../apps/publication/src/site/proven-pages.js';
import { SiteFolder } from '../../apps/publication/src/site/site-folder.js';
import { buildSiteServer, type SiteSettings } from '../../apps/publication/src/site/site-server.js';
import { putContent } from '#content-store/content-store';
import { CreateContent1790000000000 } from '#content-store/content.migration';
import type { CaseKind } from '#domain/case-kind';
import { FileWriter } from '#report-files/file-writer';
import { isRefusal } from '#domain/decision';
import { canonicalBytes } from '#evidence/canonical';
import type { Bundle } from '#evidence/bundle';
import { nodeCrypto } from '#evidence/node-crypto';
import { dataSourceFor, migrateSchema } from '#persistence/data-source';
import { row, rows } from '#persistence/sql';
import { runInTransaction } from '#persistence/transaction';
import { editionBytes } from '#report/edition';
import type { AnnualReport } from '#report/model';
import { readPlainText } from '#report/readers/plain-text';
import { Log } from '#service-runtime/log';
import { buildBundle, type Changes, id, signers } from './bundle-builder.js';
import { changesFor, type KindOfCase } from './kinds-of-bundle.js';
import { trustWithLog as trust } from './log-tree.js';
import { emptyDatabase } from './message-world.js';

export const ORGAN = 'xiangyang';
export const PATH = publicPath(ORGAN, 2020);
export const DOCUMENT = id(3);

/** The sample report as a frozen edition: what the bundles of these tests are about. `change`: what a correction makes of it. */
export async function sampleEdition(
  edition = 1,
  change: (report: AnnualReport) => AnnualReport = (report) => report,
): Promise<Uint8Array> {
  const reading = readPlainText(await readFile('samples/xiangyang-2020.txt', 'utf8'));
  if (isRefusal(reading)) throw new Error(reading.refused);
  const report = change(reading.report);
  return editionBytes({
    schema: 'sunward.edition/1',
    document: DOCUMENT,
    edition,
    kind: 'annual-report',
    organ: { code: ORGAN, name: '向阳区人民政府', level: 'county' },
    year: 2020,
    format: report.format,
    report,
    attachments: [],
  });
}

/** A sealed round in the content store, and the bodies of the messages about it. */
export interface Sealed {
  readonly bundle: Bundle;
  readonly evidence: Uint8Array;
  readonly content: Uint8Array;
  /** Absent: a first edition. */
  readonly kind?: CaseKind;
  readonly round: Record<string, unknown>;
  readonly released: Record<string, unknown>;
}

/** Publication on a real database with a real public site, without a queue: `hear` hands over messages as the inbox would. */
export class PublicationWorld {
  /** What the process of the publisher has made. */
  derived: DerivedFiles;
  /** Where editions go beside the own site. */
  channels: readonly Channel[] = [];

  private constructor(
    readonly db: DataSource,
    readonly folder: SiteFolder,
    private readonly drop: () => Promise<void>,
    public site: FastifyInstance,
    public origin: string,
    readonly writer: FileWriter,
    private readonly url: string,
  ) {
    this.derived = new DerivedFiles(writer, nodeCrypto);
  }

  static async open(): Promise<PublicationWorld> {
    const database = await emptyDatabase();
    const db = dataSourceFor({ service: 'publication', url: database.url, tables, migrations });
    await db.initialize();
    const runner = db.createQueryRunner();
    await runner.query('create schema content');
    await new CreateContent1790000000000().up(runner);
    // As the migration of an installation leaves it; an operator's commands read which life of the database this is.
    await runner.query('create schema system');
    await runner.query(`create function system.wal_place() returns text language sql as $$ select 'here' $$`);
    await runner.query('create table system.epoch (id uuid, place text)');
    await runner.query(`insert into system.epoch values (gen_random_uuid(), 'here')`);
    await runner.release();
    await migrateSchema(db, 'publication');
    const folder = new SiteFolder(await mkdtemp(join(tmpdir(), 'sunward-site-')));
    const writer = new FileWriter();
    const { site, origin } = await openSite(db, folder, new DerivedFiles(writer, nodeCrypto));
    return new PublicationWorld(db, folder, database.drop, site, origin, writer, database.url);
  }

  async close(): Promise<void> {
    await this.site.close();
    await this.writer.close();
    await this.db.destroy();
    await this.drop();
    await rm(this.folder.root, { recursive: true, force: true });
  }

  /** A connection of its own to the same database, which may be closed. */
  otherConnection(): Promise<DataSource> {
    return dataSourceFor({ service: 'publication', url: this.url, tables, migrations }).initialize();
  }

  /** Forgets every row and file, so that the next test may publish the same document. */
  async clear(): Promise<void> {
    // Nobody else may: the table is append-only, even for its owner.
    for (const statement of [
      'ALTER TABLE publication_step DISABLE TRIGGER USER',
      'TRUNCATE publication_step',
      'ALTER TABLE publication_step ENABLE TRIGGER USER',
    ])
      await rows(this.db, statement);
    await rows(
      this.db,
      'TRUNCATE publication_job, channel_delivery, channel_wish, live_pointer, search_entry, public_checkpoint, directory_copy, outbox, outbox_head, inbox, inbox_head, alarm',
    );
    await rm(this.folder.root, { recursive: true, force: true });
    await this.reopenSite();
  }

  /** Closes the site and opens it again without anything it kept, at another port. */
  async reopenSite(
    derived = new DerivedFiles(this.writer, nodeCrypto),
    more: Partial<SiteSettings> = {},
  ): Promise<void> {
    await this.site.close();
    Object.assign(this, await openSite(this.db, this.folder, derived, more));
  }

  ports(origin = this.origin, requireInclusion = false): PublishPorts {
    const { db, folder } = this;
    const ahead = new RenderedAhead();
    const derived = this.derived;
    const process = { service: 'publication' as const, epoch: id(70) };
    return {
      ...process,
      db,
      folder,
      ahead,
      derived,
      origin,
      identity: { name: '向阳区人民政府网', idCode: '2308030001', contact: null },
      requireInclusion,
      channels: this.channels,
      signer: signers.publication,
      trust,
      crypto: nodeCrypto,
    };
  }

  /** What a watch that begins now looks at. */
  watchGround(origin = this.origin): RoundsGround {
    const proof = { trust, crypto: nodeCrypto };
    return {
      ...proof,
      folder: this.folder,
      origin,
      pages: new ProvenPages(this.folder, proof),
      renew: async () => undefined,
    };
  }

  publisher(origin = this.origin, requireInclusion = false): Publisher {
    return new Publisher(this.ports(origin, requireInclusion), new Log('publication', 'error'));
  }

  /** Seals the sample, with whatever is to be different, and adopts the directory it names. */
  async seal(changes: Changes = {}): Promise<Sealed> {
    const content = changes.content ?? (await sampleEdition());
    const { bundle, bytes } = buildBundle({ ...changes, content });
    const directory = await this.put(canonicalBytes(bundle.directory));
    await this.put(Buffer.from(bundle.route.payload, 'base64'));
    await this.hear('gateway.directory-published', { version: 1, directory });
    const round = { case: id(2), round: 1, document: DOCUMENT, edition: 1, content: nodeCrypto.sha256(content) };
    return { bundle, evidence: bytes, content, round, released: { ...round, bundle: await this.put(bytes) } };
  }

  /** Seals a case of any kind and adopts a directory that lists its route. */
  async sealKind(of: KindOfCase, changes: Changes = {}): Promise<Sealed> {
    const { bundle, bytes } = buildBundle({ ...changesFor(of), ...changes });
    const directory = await this.put(canonicalBytes(bundle.directory));
    await this.put(Buffer.from(bundle.route.payload, 'base64'));
    await this.hear('gateway.directory-published', { version: of.version, directory });
    const content = nodeCrypto.sha256(of.content);
    const round = { case: of.case, round: 1, document: DOCUMENT, edition: of.edition, content };
    const released = { ...round, bundle: await this.put(bytes) };
    return { bundle, evidence: bytes, content: of.content, kind: of.kind, round, released };
  }

  /** Hands a message to publication in one transaction. */
  async hear(type: string, body: Record<string, unknown>): Promise<void> {
    const handlers: Record<string, unknown> = { ...inbound(this.ports()) };
    const handler = handlers[type] as (tx: unknown, message: unknown) => Promise<void>;
    const message = { id: randomUUID(), type, stream: DOCUMENT, seq: 1, correlationId: randomUUID(), body };
    await runInTransaction(this.db, (tx) => handler(tx, message));
  }

  /** Everything a released round makes publication hear. */
  async release({ round, released, kind = 'publish' }: Sealed): Promise<void> {
    await this.hear('drafting.edition-submitted', { ...round, organ: ORGAN, year: 2020, kind });
    await this.hear('approval.granted', released);
    await this.hear('approval.released', released);
  }

  /** Makes a job that waits for another attempt due now. */
  async due(): Promise<void> {
    await rows(this.db, `UPDATE publication_job SET next_at = now(), lease_until = NULL WHERE state = 'publishing'`);
  }

  job(): Promise<Record<string, unknown> | undefined> {
    return row(this.db, 'SELECT * FROM publication_job');
  }

  async announced(): Promise<Record<string, number>> {
    const found = await rows<{ type: string; n: number }>(
      this.db,
      `SELECT type, count(DISTINCT seq)::int AS n FROM outbox WHERE subscriber = 'approval' GROUP BY type`,
    );
    return Object.fromEntries(found.map(({ type, n }) => [type, n]));
  }

  async alarms(): Promise<string[]> {
    return (await rows<{ kind: string }>(this.db, 'SELECT kind FROM alarm ORDER BY at')).map(({ kind }) => kind);
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.origin}${path}`, { headers, redirect: 'manual' });
  }

  /** Stores bytes in the content store. */
  put(bytes: Uint8Array): Promise<string> {
    return runInTransaction(this.db, (tx) => putContent(tx, bytes, 'application/json'));
  }
}

async function openSite(
  db: DataSource,
  folder: SiteFolder,
  derived: DerivedFiles,
  more: Partial<SiteSettings> = {},
): Promise<{ site: FastifyInstance; origin: string }> {
  const ground = { trust, crypto: nodeCrypto, derived };
  const pages = new ProvenPages(folder, ground);
  const onFault = (error: unknown): void => console.error(error);
  const search = new ReportSearch(db, onFault);
  const site = buildSiteServer({
    ...ground,
    folder,
    pages,
    search,
    identity: { name: null, idCode: null, contact: null },
    onFault,
    ...more,
  });
  await site.listen({ host: '127.0.0.1', port: 0 });
  const { port } = site.server.address() as AddressInfo;
  return { site, origin: `http://127.0.0.1:${port}` };
}
