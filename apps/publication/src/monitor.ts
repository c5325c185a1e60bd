import { nodeCrypto } from '#evidence/node-crypto';
import { provenTrust } from '#evidence/key-changes';
import { installFormats } from '#report/format';
import { giveWay } from '#report-files/give-way';
import { drainOnSignal } from '#service-runtime/drain';
import { startOrEnd } from '#service-runtime/end-for-operator';
import { EnvironmentUnusable } from '#service-runtime/environment-variables';
import { Log } from '#service-runtime/log';
import { readMonitorEnvironment } from '#service-runtime/monitor-environment';
import { Sweeper } from '#service-runtime/sweeper';
import { ReadingTurns } from './domain/reading-turns.js';
import { RenewedGround } from './monitor/renewed-ground.js';
import { TrustFile } from './monitor/trust-file.js';
import { WatchRounds } from './monitor/watch-rounds.js';
import { SiteFolder } from './site/site-folder.js';

// The monitor: a process of its own, without a database, a queue or a key. It reads the public addresses as readers do and may
// do two things about what it finds: remove a link whose files prove nothing, and put aside a file that no link and no tree names.

// What it looks at has been shown: signing and publishing go first.
giveWay();
const environment = await startOrEnd(async () => readMonitorEnvironment(), [EnvironmentUnusable]);
const log = new Log('monitor', environment.logLevel);
installFormats(environment.formats);
const { siteDir, siteOrigin, trustFile, monitorMs, monitorAddresses } = environment;
const trust = new TrustFile(trustFile, provenTrust(environment.trust, nodeCrypto), nodeCrypto);
const ground = new RenewedGround(new SiteFolder(siteDir), siteOrigin, nodeCrypto, trust);
const rounds = new WatchRounds(ground, new ReadingTurns(monitorAddresses, monitorMs), monitorAddresses, log);
const sweeper = new Sweeper([{ name: 'watch', everyMs: monitorMs, run: () => rounds.round() }], log);
drainOnSignal(log, () => sweeper.stop());
sweeper.start();
