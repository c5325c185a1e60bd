import { nodeCrypto } from '#evidence/node-crypto';
import { provenTrust } from '#evidence/key-changes';
import { installFormats } from '#report/format';
import { drainOnSignal } from '#service-runtime/drain';
import { readMonitorEnvironment } from '#service-runtime/environment';
import { Log } from '#service-runtime/log';
import { Sweeper } from '#service-runtime/sweeper';
import { SiteWatch } from './monitor/site-watch.js';
import { afterRound, readWatchReport, watchReportBytes } from './monitor/watch-report.js';
import { SiteFolder } from './site/site-folder.js';

// The monitor: a process of its own, without a database, a queue or a key. It reads the public addresses as readers do and may
// do one thing about what it finds: remove a link whose files prove nothing.

const environment = readMonitorEnvironment();
const log = new Log('monitor', environment.logLevel);
installFormats(environment.formats);
const folder = new SiteFolder(environment.siteDir);
const trust = provenTrust(environment.trust, nodeCrypto);
const watch = new SiteWatch({ folder, origin: environment.siteOrigin, trust, crypto: nodeCrypto });

async function round(): Promise<void> {
  const found = await watch.round();
  for (const problem of found.problems) log.error('public_copy_unproved', { ...problem });
  log.info('watched', { addresses: found.addresses, proved: found.proved, silent: found.silent });
  const before = await folder.readWatch();
  const report = afterRound(before && readWatchReport(before), found, new Date());
  await folder.writeWatch(watchReportBytes(report));
}

const sweeper = new Sweeper([{ name: 'watch', everyMs: environment.monitorMs, run: round }], log);
drainOnSignal(log, () => sweeper.stop());
sweeper.start();
