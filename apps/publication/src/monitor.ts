import { nodeCrypto } from '#evidence/node-crypto';
import { provenTrust } from '#evidence/key-changes';
import { installFormats } from '#report/format';
import { giveWay } from '#report-files/give-way';
import { drainOnSignal } from '#service-runtime/drain';
import { startOrEnd } from '#service-runtime/end-for-operator';
import { EnvironmentUnusable, readMonitorEnvironment } from '#service-runtime/environment';
import { Log } from '#service-runtime/log';
import { Sweeper } from '#service-runtime/sweeper';
import { ReadingTurns } from './domain/reading-turns.js';
import { ListWatch } from './monitor/list-watch.js';
import { SiteWatch } from './monitor/site-watch.js';
import { putAsideStrays } from './monitor/stray-files.js';
import { afterRound, readWatchReport, watchReportBytes } from './monitor/watch-report.js';
import { ProvenPages } from './site/proven-pages.js';
import { SiteFolder } from './site/site-folder.js';

// The monitor: a process of its own, without a database, a queue or a key. It reads the public addresses as readers do and may
// do two things about what it finds: remove a link whose files prove nothing, and put aside a file that no link and no tree names.

// What it looks at has been shown: signing and publishing go first.
giveWay();
const environment = await startOrEnd(async () => readMonitorEnvironment(), [EnvironmentUnusable]);
const log = new Log('monitor', environment.logLevel);
installFormats(environment.formats);
const folder = new SiteFolder(environment.siteDir);
const trust = provenTrust(environment.trust, nodeCrypto);
const proof = { trust, crypto: nodeCrypto };
const ground = { ...proof, folder, origin: environment.siteOrigin, pages: new ProvenPages(folder, proof) };
const { monitorMs, monitorAddresses } = environment;
const turns = new ReadingTurns(monitorAddresses, monitorMs);
const watch = new SiteWatch(ground, turns, (error, { organ, year, edition }) =>
  log.fault('address_not_looked_at', error, { organ, year, edition }),
);
const lists = new ListWatch(ground, monitorAddresses);

async function round(): Promise<void> {
  const strays = await putAsideStrays(folder, (error) => log.fault('stray_not_put_aside', error));
  const found = await watch.round();
  const listed = await lists.round();
  for (const problem of found.problems) log.error('public_copy_unproved', { ...problem });
  for (const problem of [...strays, ...listed.problems]) log.error('public_page_unproved', { ...problem });
  const { addresses, looked, proved, silent } = found;
  const { worstSeconds } = turns.figures();
  log.info('watched', {
    addresses,
    looked,
    proved,
    silent,
    worstSeconds,
    lists: listed.lists,
    listsProved: listed.proved,
  });
  const before = await folder.readWatch();
  const elsewhere = { lists: listed.problems, strays, turns: turns.figures() };
  const report = afterRound(before && readWatchReport(before), found, new Date(), elsewhere);
  await folder.writeWatch(watchReportBytes(report));
}

const sweeper = new Sweeper([{ name: 'watch', everyMs: monitorMs, run: round }], log);
drainOnSignal(log, () => sweeper.stop());
sweeper.start();
