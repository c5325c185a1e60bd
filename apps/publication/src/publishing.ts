import { FileWriter } from '#report-files/file-writer';
import { EnvironmentUnusable } from '#service-runtime/environment-variables';
import type { ServicePorts, Sweep } from '#service-runtime/ports';
import { sweepMissed } from './channels/channel-backfill.js';
import { ChannelWorker, sweepChannels } from './channels/channel-worker.js';
import { ReadingTurns } from './domain/reading-turns.js';
import { openChannels, type OpenChannels } from './channels/open-channels.js';
import { sweepWatch } from './monitor/watch-sweep.js';
import { onCheckpoint, onDelivery, onDue, onInclusion, onSubmitted } from './publish/due-signal.js';
import { DerivedFiles } from './publish/derived-files.js';
import { FILES_PER_SWEEP, renewFiles, sweepDerivedFiles } from './publish/derived-sweep.js';
import { inTurn, writeCheckpoint } from './publish/log-files.js';
import { RenderedAhead } from './publish/rendered-ahead.js';
import type { PublishPorts } from './publish/attempt.js';
import { onceForAll } from './publish/once-for-all.js';
import { sweepSearch } from './publish/search-sweep.js';
import { sweepOverdue, sweepPublicPages } from './publish/proof-sweep.js';
import { Publisher } from './publish/publisher.js';
import { QuietTime } from './publish/quiet-time.js';
import { ReportSearch } from './search/report-search.js';
import { SiteReaders } from './readers/site-readers.js';
import { ProvenPages } from './site/proven-pages.js';
import { SiteFolder } from './site/site-folder.js';
import { buildSiteServer } from './site/site-server.js';

/** Injection token of `Publishing`. */
export const PUBLISHING = Symbol('PUBLISHING');

/** What the site, the publisher and the sweeps of one process share. */
export interface Publishing {
  readonly ports: PublishPorts;
  readonly pages: ProvenPages;
  readonly writer: FileWriter;
  readonly opened: OpenChannels;
  readonly turns: SweepTurns;
  readonly quiet: QuietTime;
}

/** Which editions a sweep reads, by the sweep's name. */
export type SweepTurns = Readonly<Record<'public-pages' | 'files-beside-pages', ReadingTurns>>;

/** Made once per process from what the runtime gives a service. Throws EnvironmentUnusable without a folder for the site, and for a bad channels file. */
export function publishingOf({ service, epoch, db, signer, trust, crypto, environment }: ServicePorts): Publishing {
  if (environment.siteDir === null) throw new EnvironmentUnusable(['SUNWARD_SITE_DIR: needed by publication']);
  const folder = new SiteFolder(environment.siteDir);
  const quiet = new QuietTime();
  const writer = new FileWriter({}, (closing) => quiet.come(closing));
  const opened = openChannels(environment.channelsFile, writer);
  const ahead = new RenderedAhead();
  const derived = new DerivedFiles(writer, crypto, quiet);
  const { siteOrigin: origin, siteIdentity: identity, requireInclusion } = environment;
  const ports = {
    service,
    epoch,
    db,
    signer,
    trust,
    crypto,
    folder,
    ahead,
    derived,
    origin,
    identity,
    requireInclusion,
    channels: opened.channels,
  };
  const { sweepEditions, sweepMs } = environment;
  const turns = {
    'public-pages': new ReadingTurns(sweepEditions, sweepMs),
    'files-beside-pages': new ReadingTurns(FILES_PER_SWEEP, sweepMs),
  };
  return { ports, pages: new ProvenPages(folder, ports), writer, opened, turns, quiet };
}

/** The sweeps that find what is released and not public, and what is public and not proved, and what the monitor saw. */
export function publishingSweeps(
  { ports, pages, opened, turns }: Publishing,
  { log, environment }: Pick<ServicePorts, 'log' | 'environment'>,
): Sweep[] {
  const everyMs = environment.sweepMs;
  return [
    { name: 'released-not-live', everyMs, run: () => sweepOverdue(ports) },
    { name: 'public-pages', everyMs, run: () => sweepPublicPages(ports, pages, turns['public-pages']) },
    { name: 'monitor', everyMs, run: () => sweepWatch(ports) },
    { name: 'files-beside-pages', everyMs, run: () => sweepDerivedFiles(ports, turns['files-beside-pages']) },
    { name: 'channels', everyMs, run: () => sweepChannels(ports, opened.channels, log) },
    { name: 'channels-missed', everyMs, run: () => sweepMissed(ports, opened.channels) },
    { name: 'search-entries', everyMs, run: () => sweepSearch(ports) },
  ];
}

/** Answers readers of the public site, in processes of their own unless the office wants none; answers how to stop. */
async function answerReaders(
  { ports, pages, quiet }: Pick<Publishing, 'ports' | 'pages' | 'quiet'>,
  {
    log,
    environment: { host, sitePort: port, siteReaders: count, readersDatabaseUrl },
  }: Pick<ServicePorts, 'log' | 'environment'>,
): Promise<() => Promise<void>> {
  // Two readers may ask at the same time.
  const renew = onceForAll((content: string) => quiet.hurry(() => renewFiles(ports, content)));
  if (readersDatabaseUrl !== null) {
    const { folder, derived } = ports;
    const readers = await SiteReaders.start({ count, databaseUrl: readersDatabaseUrl, folder, derived, renew, log });
    return () => readers.stop();
  }
  const onFault = (error: unknown): void => log.fault('site_fault', error);
  const site = buildSiteServer({ ...ports, pages, search: new ReportSearch(ports.db, onFault), onFault, renew });
  await site.listen({ host, port });
  return () => site.close();
}

/**
 * Opens the public site and begins to publish. The site answers first: what is published is read back from it.
 * Answers how to stop: publisher and channels, then the site.
 */
export async function openSite(
  { ports, pages, writer, opened, quiet }: Publishing,
  { log, environment }: ServicePorts,
): Promise<() => Promise<void>> {
  await ports.folder
    .removeLeftovers()
    .catch((error: unknown) => log.fault('leftovers_not_removed', error, { folder: ports.folder.root }));
  const closeSite = await answerReaders({ ports, pages, quiet }, { log, environment });
  const publisher = new Publisher(ports, log, quiet);
  const notDue = onDue(() => publisher.wake());
  const notSubmitted = onSubmitted((content) => {
    ports.ahead.prepare(ports, content).catch((error: unknown) => log.fault('not_rendered_ahead', error, { content }));
  });
  const notIncluded = onInclusion(({ bundle, bytes }) => {
    ports.folder.writeInclusion(bundle, bytes).catch((error: unknown) => log.fault('inclusion_not_written', error));
  });
  const showHead = inTurn(
    () => writeCheckpoint(ports),
    (error) => log.fault('checkpoint_not_written', error),
  );
  const notSigned = onCheckpoint(() => void showHead());
  publisher.start();
  const workers = opened.channels.map((channel) => new ChannelWorker(ports, channel, log));
  const notDelivered = onDelivery(() => workers.forEach((worker) => worker.wake()));
  workers.forEach((worker) => worker.start());
  return async () => {
    notDue();
    notSubmitted();
    notIncluded();
    notSigned();
    notDelivered();
    // First, so that nothing waits for files that are still being made.
    await writer.close();
    await publisher.stop();
    await Promise.all(workers.map((worker) => worker.stop()));
    await closeSite();
  };
}
