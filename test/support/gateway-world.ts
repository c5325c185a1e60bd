import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Body, Controller, Get, Param, Post, type RawBodyRequest, Req } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DataSource } from 'typeorm';
import { tables, migrations } from '../../apps/gateway/src/data-source.js';
import { gateway } from '../../apps/gateway/src/service-definition.js';
import { CreateContent1790000000000 } from '#content-store/content.migration';
import { SERVICES, type ServiceName } from '#contracts/services';
import { generateKeyPem, nodeCrypto, publicKeyOf, signerFromPem } from '#evidence/node-crypto';
import type { FirstTrust, Trust } from '#evidence/trust';
import { dataSourceFor, migrateSchema } from '#persistence/data-source';
import type { CalledRequest } from '#service-runtime/caller.guard';
import { readEnvironment } from '#service-runtime/environment';
import { Log } from '#service-runtime/log';
import { installationCalendar } from '#signoff/installation-calendar';
import type { ServicePorts } from '#service-runtime/ports';
import { validation } from '#service-runtime/validation';
import type { Readiness } from '#service-runtime/readiness';
import { ServiceModule } from '#service-runtime/service.module';
import { emptyDatabase } from './message-world.js';

export const SETUP_TOKEN = 'one-time-token';

/** Stands behind the gateway with the real caller guard, and answers what it was told and by whom. */
@Controller()
class EchoController {
  @Post('reports')
  start(@Req() request: RawBodyRequest<CalledRequest>, @Body() body: unknown): object {
    const { envelope: _proof, rawBody: _bytes, ...caller } = request.caller!;
    return { caller, body, raw: request.rawBody?.toString('utf8') };
  }

  @Get('reports/:document')
  read(@Req() { caller }: CalledRequest, @Param('document') document: string): object {
    return { person: caller?.person, document };
  }
}

/** A gateway on a database of its own, with a drafting service behind it that echoes; the other services are away. */
export class GatewayWorld {
  private constructor(
    readonly url: string,
    readonly ports: ServicePorts,
    readonly trust: Trust,
    private readonly stops: readonly (() => Promise<unknown>)[],
  ) {}

  get db(): DataSource {
    return this.ports.db;
  }

  static async open(): Promise<GatewayWorld> {
    const database = await emptyDatabase();
    const folder = await mkdtemp(join(tmpdir(), 'gateway-'));
    const { keys, trust, environment } = await installation(folder, database.url);
    const db = await migrated(database.url);
    const ports = (service: ServiceName, overrides: object = {}): ServicePorts => ({
      service,
      db,
      signer: signerFromPem(keys[service]),
      trust,
      crypto: nodeCrypto,
      calendar: installationCalendar(null),
      epoch: randomUUID(),
      environment: { ...environment, ...overrides },
      log: new Log(service, 'error'),
    });
    const echo = await listen(ports('drafting'), { controllers: [EchoController] });
    const serviceUrls = { ...environment.serviceUrls, drafting: await echo.getUrl() };
    const own = ports('gateway', { serviceUrls });
    const app = await listen(own, gateway);
    const stops = [
      () => app.close(),
      () => echo.close(),
      () => db.destroy(),
      database.drop,
      () => rm(folder, { recursive: true }),
    ];
    return new GatewayWorld(await app.getUrl(), own, trust, stops);
  }

  async close(): Promise<void> {
    for (const stop of this.stops) await stop();
  }
}

async function installation(
  folder: string,
  databaseUrl: string,
): Promise<{ keys: Record<ServiceName, string>; trust: Trust; environment: ServicePorts['environment'] }> {
  const raw = (pem: string): string => Buffer.from(publicKeyOf(pem)).toString('base64');
  const keys = Object.fromEntries(SERVICES.map((name) => [name, generateKeyPem()])) as Record<ServiceName, string>;
  const administrators = await Promise.all(
    [randomUUID(), randomUUID()].map(async (person) => {
      const pem = generateKeyPem();
      await writeFile(join(folder, `${person}.pem`), pem);
      return { person, publicKey: raw(pem) };
    }),
  );
  const services = Object.fromEntries(SERVICES.map((name) => [name, raw(keys[name])])) as FirstTrust['services'];
  const trust: Trust = { schema: 'sunward.trust/1', services, administrators, site: 'http://localhost:3080' };
  await writeFile(join(folder, 'trust.json'), JSON.stringify(trust));
  await writeFile(join(folder, 'gateway.key'), keys.gateway);
  await writeFile(join(folder, 'setup-token'), `${SETUP_TOKEN}\n`);
  const environment = readEnvironment('gateway', {
    DATABASE_URL: databaseUrl,
    SUNWARD_PORT: '0',
    SUNWARD_KEY_FILE: join(folder, 'gateway.key'),
    SUNWARD_TRUST_FILE: join(folder, 'trust.json'),
    SUNWARD_ADMINISTRATOR_KEYS: folder,
    SUNWARD_SETUP_TOKEN_FILE: join(folder, 'setup-token'),
    SUNWARD_PUBLIC_ORIGIN: 'https://sunward.example',
    SUNWARD_REVIEW_URL: 'http://127.0.0.1:9',
  });
  return { keys, trust, environment };
}

async function migrated(url: string): Promise<DataSource> {
  const db = dataSourceFor({ service: 'gateway', url, tables, migrations });
  await db.initialize();
  await migrateSchema(db, 'gateway');
  await db.query('CREATE SCHEMA content');
  const runner = db.createQueryRunner();
  await new CreateContent1790000000000().up(runner);
  await runner.release();
  return db;
}

async function listen(
  ports: ServicePorts,
  parts: Pick<typeof gateway, 'controllers'> & Partial<typeof gateway>,
): Promise<NestFastifyApplication> {
  const { controllers, providers = [], imports = [] } = parts;
  const module = ServiceModule.of({ ports, readiness: {} as Readiness, controllers, providers, imports });
  const adapter = new FastifyAdapter({ forceCloseConnections: true });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, { logger: ports.log, rawBody: true });
  app.useGlobalPipes(validation);
  await parts.configure?.(app, ports);
  await app.listen(0, '127.0.0.1');
  return app;
}
