import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import type { ServiceName } from '#contracts/services';
import { selfTestCrypto } from '#evidence/crypto-self-test';
import { nodeCrypto, signerFromPem } from '#evidence/node-crypto';
import { trustDefect } from '#evidence/key-changes';
import { parseTrust, type Trust } from '#evidence/trust';
import { armCrashPoint } from '#outbox/crash-point';
import { readEpoch, UnknownTimeline } from '#outbox/epoch';
import { installFormats } from '#report/format';
import { installSettings } from '#report/rules/national-settings';
import { installationCalendar } from '#signoff/installation-calendar';
import { dataSourceFor, type TableClass } from '#persistence/data-source';
import { endForOperator } from './end-for-operator.js';
import { type Environment, readEnvironment } from './environment.js';
import { Log } from './log.js';
import type { Database, ServicePorts } from './ports.js';
import { waitForDatabase } from './wait-for-database.js';

/** Whose schema is opened, and what must have been migrated in it. */
export interface OpenedSchema {
  readonly service: ServiceName;
  readonly tables: readonly TableClass[];
  readonly migrations: readonly TableClass[];
}

/**
 * Opens everything a service stands on, waiting for the database. Throws EnvironmentUnusable naming every bad variable. It knows nothing of Nest, so a one-time command
 * that needs neither doors nor queue starts in a fraction of the time.
 */
export async function openPorts({ service, tables, migrations }: OpenedSchema): Promise<ServicePorts> {
  const environment = readEnvironment(service);
  installFormats(environment.formats);
  installSettings(environment.ruleSettings);
  const log = new Log(service, environment.logLevel);
  if (environment.crashPoint !== null) armCrashPoint(environment.crashPoint);
  const { databaseUrl: url, poolSize } = environment;
  const db = dataSourceFor({ service, url, tables, migrations, poolSize });
  await waitForDatabase(db, migrations, log);
  const epoch = await epochOrExit(db);
  selfTestCrypto(nodeCrypto, () => randomBytes(32));
  const signer = signerFromPem(environment.keyPem);
  const trust = trustOrExit(environment);
  const calendar = installationCalendar(environment.ownCalendar);
  return { service, db, signer, trust, crypto: nodeCrypto, calendar, epoch, environment, log };
}

/** Keys that no signed change led to are for the operator to settle too. */
function trustOrExit({ trust: given }: Environment): Trust {
  const trust = parseTrust(given);
  const wrong = trustDefect(trust, nodeCrypto);
  if (wrong === undefined) return trust;
  return endForOperator(`SUNWARD_TRUST_FILE: ${wrong.defect} in ${wrong.where}: ${wrong.detail}`);
}

/** A restored database nobody has confirmed is for the operator to settle, before anything is sent or answered. */
async function epochOrExit(db: Database): Promise<string> {
  try {
    return await readEpoch(db);
  } catch (error) {
    if (!(error instanceof UnknownTimeline)) throw error;
    return endForOperator(error.message);
  }
}
