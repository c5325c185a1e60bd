import { randomBytes } from 'node:crypto';
import { selfTestCrypto } from '#evidence/crypto-self-test';
import { provenTrust } from '#evidence/key-changes';
import { nodeCrypto } from '#evidence/node-crypto';
import { dataSourceFor } from '#persistence/data-source';
import { installFormats } from '#report/format';
import { drainOnSignal } from '#service-runtime/drain';
import { startOrEnd } from '#service-runtime/end-for-operator';
import { EnvironmentUnusable } from '#service-runtime/environment-variables';
import { Log } from '#service-runtime/log';
import { readReaderEnvironment } from '#service-runtime/reader-environment';
import { waitForDatabase } from '#service-runtime/wait-for-database';
import { migrations } from './data-source.js';
import { PublisherLine } from './readers/publisher-line.js';
import { ReportSearch } from './search/report-search.js';
import { ProvenPages } from './site/proven-pages.js';
import { SiteFolder } from './site/site-folder.js';
import { buildSiteServer } from './site/site-server.js';

// One of the processes that answer readers of the public site. It reads what was published and proves it before it shows it; it holds no key, no queue,
// and asks the database for the search alone, so it answers while that is away.

const environment = await startOrEnd(async () => readReaderEnvironment(), [EnvironmentUnusable]);
const { databaseUrl: url, siteIdentity: identity } = environment;
const log = new Log('site', environment.logLevel);
installFormats(environment.formats);
selfTestCrypto(nodeCrypto, () => randomBytes(32));
const ground = { trust: provenTrust(environment.trust, nodeCrypto), crypto: nodeCrypto };
const folder = new SiteFolder(environment.siteDir);
const publisher = new PublisherLine(
  { send: (question) => process.send?.(question), onMessage: (heard) => void process.on('message', heard) },
  (address) => folder.tell(address),
);
const onFault = (error: unknown): void => log.fault('site_fault', error);
const db = dataSourceFor({ service: 'publication', url, tables: [], migrations: [], poolSize: environment.poolSize });
// Whoever searches before is told that there is no answer now.
waitForDatabase(db, migrations, log).catch(onFault);
const site = buildSiteServer({
  ...ground,
  folder,
  identity,
  pages: new ProvenPages(folder, ground),
  derived: publisher,
  renew: (content) => publisher.renew(content),
  search: new ReportSearch(db, onFault),
  onFault,
});
drainOnSignal(log, async () => {
  await site.close();
  if (db.isInitialized) await db.destroy();
});
await site.listen({ host: environment.host, port: environment.sitePort });
