import 'reflect-metadata';
import type { DynamicModule, Provider, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { InboundHandlers } from '#contracts/routing';
import type { ServiceName } from '#contracts/services';
import { sweepChains } from '#ledger/audit/audit-sweep';
import { RedisUnfit } from '#messaging/redis-fitness';
import { handlersByType } from '#outbox/inbox';
import { OutboxRuntime } from '#outbox/outbox-runtime';
import { sweepMessages } from '#outbox/outbox-sweeps';
import type { TableClass } from '#persistence/data-source';
import { row } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import { ClockWatch } from './clock-watch.js';
import { DatabaseOutage } from './database-outage.js';
import { drainOnSignal } from './drain.js';
import { startOrEnd } from './end-for-operator.js';
import { EnvironmentUnusable } from './environment-variables.js';
import { openPorts } from './open-ports.js';
import type { ServicePorts, Sweep, Unfit } from './ports.js';
import { BODY_LIMIT_BYTES } from './problem.filter.js';
import { validation } from './validation.js';
import { Readiness } from './readiness.js';
import { ServiceModule } from './service.module.js';
import { Sweeper } from './sweeper.js';

/** Everything that makes a service this one. */
export interface ServiceDefinition<S extends ServiceName> {
  readonly service: S;
  readonly tables: readonly TableClass[];
  readonly migrations: readonly TableClass[];
  readonly controllers: readonly Type[];
  readonly providers?: readonly Provider[];
  readonly imports?: readonly (Type | DynamicModule)[];
  inbound(ports: ServicePorts): InboundHandlers<S, Tx>;
  sweeps?(ports: ServicePorts): Sweep[];
  /** Why the service does not do its work though it runs; readiness says so. */
  fitness?(ports: ServicePorts): Unfit | null;
  /** What keeps failing beside its work; readiness tells it and stays as it is. */
  warnings?(ports: ServicePorts): Promise<readonly Unfit[]>;
  /** Before listening: cookies, headers, documents. */
  configure?(app: NestFastifyApplication, ports: ServicePorts): Promise<void>;
  /** Further things to run; answers how to stop them. Called before messages are taken in. */
  onReady?(ports: ServicePorts, app: NestFastifyApplication): Promise<() => Promise<void>>;
}

/** Every entry of the service's ledger is read and hashed anew this often. */
const CHAINS_MS = 600_000;

/**
 * Runs a service until it is told to stop: waits for the database and its migrations, listens, takes messages in,
 * sweeps; on SIGTERM, SIGINT or the launcher's death it drains and exits 0. What an operator must mend first ends it with 78.
 */
export function startService<S extends ServiceName>(definition: ServiceDefinition<S>): Promise<void> {
  return startOrEnd(() => start(definition), [EnvironmentUnusable, RedisUnfit]);
}

async function start<S extends ServiceName>(definition: ServiceDefinition<S>): Promise<void> {
  const ports = await openPorts(definition);
  const { service, db, signer, trust, crypto, environment, log } = ports;
  const outage = new DatabaseOutage(() => row(db, 'select 1'), log);
  log.heed(outage);
  const onError = (error: Error): void => log.passing(error);
  const { databaseUrl, queue, redriveMs } = environment;
  const handlers = handlersByType<S>(definition.inbound(ports));
  const settings = { service, db, databaseUrl, queue, handlers, signer, trust, crypto, redriveMs, onError };
  const outbox = new OutboxRuntime(settings);
  const onVerdict = async (sound: boolean, skewMs: number): Promise<void> => {
    if (!sound) log.error('clock_wrong', { skewMs });
    await (sound ? Promise.resolve(outbox.resume()) : outbox.pause());
  };
  const clock = new ClockWatch(db, onVerdict, onError);
  const readiness = new Readiness(db, outbox, clock, {
    fitness: () => definition.fitness?.(ports) ?? null,
    warnings: () => definition.warnings?.(ports) ?? Promise.resolve([]),
  });
  // Before Nest, which tells of whatever cannot be made with a stack of its own.
  const sweep: Sweep = { name: 'messages', everyMs: environment.sweepMs, run: () => sweepMessages(db) };
  const chains: Sweep = { name: 'ledger-chains', everyMs: CHAINS_MS, run: () => sweepChains(db, service, ports) };
  const sweeper = new Sweeper([sweep, chains, ...(definition.sweeps?.(ports) ?? [])], log);
  const { controllers, providers = [], imports = [] } = definition;

  const module = ServiceModule.of({ ports, readiness, controllers, providers, imports });
  const adapter = new FastifyAdapter({ bodyLimit: BODY_LIMIT_BYTES, forceCloseConnections: true });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, { logger: log, rawBody: true });
  app.useGlobalPipes(validation);
  await definition.configure?.(app, ports);
  let stopOwn = async (): Promise<void> => {};

  drainOnSignal(log, async () => {
    readiness.draining = true;
    await app.close();
    clock.stop();
    await sweeper.stop();
    await outbox.stop();
    await stopOwn();
    outage.stop();
    await db.destroy();
  });
  await app.listen(environment.port, environment.host);
  await clock.start();
  stopOwn = (await definition.onReady?.(ports, app)) ?? stopOwn;
  await outbox.start();
  sweeper.start();
  readiness.started = true;
  log.info('ready', { url: await app.getUrl() });
}
