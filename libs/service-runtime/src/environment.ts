import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { z } from 'zod';
import type { ServiceName } from '#contracts/services';
import { isRefusal, type Refusal } from '#domain/decision';
import type { QueueSettings } from '#messaging/queue-settings';
import type { FormatDefinition } from '#report/format-definition';
import { parseFormats } from '#report/parse-formats';
import { parseRuleSettings } from '#report/rules/parse-rule-settings';
import type { RuleSettings } from '#report/rules/rule-settings';
import { type OwnCalendar, parseOwnCalendar } from '#signoff/installation-calendar';

const port = z.coerce.number().int().min(0).max(65_535);
const milliseconds = z.coerce.number().int().positive();
const count = z.coerce.number().int().min(1).max(1_000_000);

/** Every variable a service reads. Units end the names; `.env.example` lists them with their readers. */
const variables = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  DATABASE_URL: z.string().min(1),
  REDIS_URL: z.string().optional(),
  QUEUE_DATABASE_URL: z.string().optional(),
  SUNWARD_QUEUE_PREFIX: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .default('sunward'),
  SUNWARD_HOST: z.string().default('127.0.0.1'),
  SUNWARD_PORT: port,
  SUNWARD_DRAFTING_URL: z.url().default('http://127.0.0.1:3001'),
  SUNWARD_REVIEW_URL: z.url().default('http://127.0.0.1:3002'),
  SUNWARD_APPROVAL_URL: z.url().default('http://127.0.0.1:3003'),
  SUNWARD_PUBLICATION_URL: z.url().default('http://127.0.0.1:3004'),
  SUNWARD_LEDGER_URL: z.url().default('http://127.0.0.1:3005'),
  SUNWARD_PUBLIC_ORIGIN: z.url().default('http://localhost:3000'),
  SUNWARD_PASSKEY_RP_ID: z
    .string()
    .regex(/^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)?$/)
    .optional(),
  SUNWARD_KEY_FILE: z.string().min(1),
  SUNWARD_TRUST_FILE: z.string().min(1),
  SUNWARD_ADMINISTRATOR_KEYS: z.string().optional(),
  SUNWARD_SETUP_TOKEN_FILE: z.string().optional(),
  SUNWARD_SITE_DIR: z.string().optional(),
  SUNWARD_CHECKPOINT_DIR: z.string().optional(),
  SUNWARD_CHANNELS_FILE: z.string().min(1).optional(),
  SUNWARD_REQUIRE_INCLUSION: z.enum(['on', 'off']).default('off'),
  SUNWARD_SITE_PORT: port.default(3080),
  SUNWARD_SITE_DATABASE_URL: z.string().min(1).optional(),
  SUNWARD_SITE_READERS: z.coerce.number().int().min(0).max(64).optional(),
  SUNWARD_SITE_NAME: z.string().min(1).max(100).optional(),
  SUNWARD_SITE_ID_CODE: z
    .string()
    .regex(/^\d{10}$/, 'ten digits')
    .optional(),
  SUNWARD_SITE_CONTACT: z.string().min(1).max(200).optional(),
  SUNWARD_SITE_ORIGIN: z.url().default('http://localhost:3080'),
  SUNWARD_FORMATS_FILE: z.string().optional(),
  SUNWARD_RULES_FILE: z.string().optional(),
  SUNWARD_CALENDAR_FILE: z.string().optional(),
  SUNWARD_ROUTE_TEMPLATES: z.string().default('samples/routes'),
  SUNWARD_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  SUNWARD_SWEEP_MS: milliseconds.default(30_000),
  SUNWARD_MONITOR_MS: milliseconds.default(30_000),
  SUNWARD_SWEEP_EDITIONS: count.default(200),
  SUNWARD_MONITOR_ADDRESSES: count.default(100),
  SUNWARD_REDRIVE_MS: milliseconds.default(3000),
  SUNWARD_POOL_SIZE: z.coerce.number().int().min(1).max(100).default(10),
  CRASHPOINT: z.string().optional(),
  ALLOW_FAULTS: z.string().optional(),
});

/** Readers of the public site where nobody says how many: one a processor, and not more than this. */
const MOST_READERS = 4;
/** Connections to the database of one reader, for the search. */
const READER_POOL_SIZE = 3;

/** What a service knows of the place it runs in: parsed once, frozen. */
export interface Environment {
  readonly service: ServiceName;
  readonly production: boolean;
  readonly databaseUrl: string;
  readonly queue: QueueSettings;
  readonly host: string;
  readonly port: number;
  readonly serviceUrls: Readonly<Record<Exclude<ServiceName, 'gateway'>, string>>;
  /** Origin under which people reach the gateway, without a trailing slash. */
  readonly publicOrigin: string;
  /** Whom passkeys are made for: a domain, and the one origin whose pages may ask them to sign. */
  readonly relyingParty: { readonly rpId: string; readonly origin: string };
  /** PKCS#8 PEM of this service's signing key. */
  readonly keyPem: string;
  /** JSON of the trust file, not yet checked. */
  readonly trust: unknown;
  readonly administratorKeys: string | null;
  readonly setupTokenFile: string | null;
  readonly siteDir: string | null;
  /** The file that names the channels beside the own site; publication reads it. */
  readonly channelsFile: string | null;
  /** Folder for copies of the log's signed heads, out of reach of the database. */
  readonly checkpointDir: string | null;
  /** Nothing goes live before the log proves the entry of its last signature. */
  readonly requireInclusion: boolean;
  readonly sitePort: number;
  /** How many processes of their own answer readers of the public site; 0: the publication service answers them itself. */
  readonly siteReaders: number;
  /** The database for those processes: the address of a role that may search and no more; null where none of them runs. */
  readonly readersDatabaseUrl: string | null;
  /** Origin of the public site, without a trailing slash. */
  readonly siteOrigin: string;
  readonly siteIdentity: SiteIdentity;
  /** Statutory formats besides the shipped ones. */
  readonly formats: readonly FormatDefinition[];
  /** The installation's own thresholds and word lists. */
  readonly ruleSettings: RuleSettings | null;
  /** Holiday notices besides the shipped ones, and the office's own days. */
  readonly ownCalendar: OwnCalendar | null;
  /** Folder with the templates of routes an administrator may start from. */
  readonly routeTemplates: string;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
  readonly sweepMs: number;
  /** Public editions whose files a sweep reads in turn. */
  readonly sweepEditions: number;
  readonly redriveMs: number;
  readonly poolSize: number;
  readonly crashPoint: string | null;
}

/** The surroundings are not such that a service could run. The message names the variable and what is wrong with it. */
export class EnvironmentUnusable extends Error {
  constructor(problems: readonly string[]) {
    super(`environment: ${problems.join('; ')} (see .env.example)`);
    this.name = 'EnvironmentUnusable';
  }
}

/** The variables a schema names. Throws EnvironmentUnusable naming every bad one. */
function parsedWith<T>(schema: z.ZodType<T>, source: NodeJS.ProcessEnv): T {
  const parsed = schema.safeParse(source);
  if (parsed.success) return parsed.data;
  throw new EnvironmentUnusable(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
}

function readFile(variable: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new EnvironmentUnusable([
      `${variable}: cannot read ${path} (${cause instanceof Error ? cause.message : 'unknown'})`,
    ]);
  }
}

/** What an installation adds of its own, as a JSON file; null when it adds nothing. */
function readOwn<T extends object>(
  variable: string,
  path: string | undefined,
  parse: (value: unknown) => T | Refusal,
): T | null {
  if (path === undefined) return null;
  const parsed = parse(jsonIn(variable, path));
  if (isRefusal(parsed)) throw new EnvironmentUnusable([`${variable}: ${path}: ${JSON.stringify(parsed.data)}`]);
  return parsed;
}

function jsonIn(variable: string, path: string): unknown {
  try {
    return JSON.parse(readFile(variable, path));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new EnvironmentUnusable([`${variable}: ${path} is not JSON (${error.message})`]);
  }
}

/** Browsers make passkeys for the page's own host or a domain above it. Source: Web Authentication Level 3, §5.1.3. */
function relyingPartyOf(origin: string, rpId: string | undefined): Environment['relyingParty'] {
  const { hostname } = new URL(origin);
  if (!rpId) return { rpId: hostname, origin };
  if (hostname !== rpId && !hostname.endsWith(`.${rpId}`))
    throw new EnvironmentUnusable([
      `SUNWARD_PASSKEY_RP_ID: ${rpId} is neither the host of ${origin} nor a domain above it`,
    ]);
  return { rpId, origin };
}

const originOf = (url: string): string => new URL(url).origin;

/** Reads the variables of a service. Throws EnvironmentUnusable naming every bad one. */
export function readEnvironment(service: ServiceName, source: NodeJS.ProcessEnv = process.env): Environment {
  const v = parsedWith(variables, source);
  const production = v.NODE_ENV === 'production';
  if (v.CRASHPOINT !== undefined && production && v.ALLOW_FAULTS === undefined) {
    throw new EnvironmentUnusable(['CRASHPOINT: refused in production']);
  }
  const prefix = v.SUNWARD_QUEUE_PREFIX;
  const siteReaders = v.SUNWARD_SITE_READERS ?? Math.min(availableParallelism(), MOST_READERS);
  return Object.freeze({
    service,
    production,
    databaseUrl: v.DATABASE_URL,
    queue: v.REDIS_URL
      ? { backend: 'redis' as const, url: v.REDIS_URL, prefix }
      : { backend: 'postgres' as const, url: v.QUEUE_DATABASE_URL ?? v.DATABASE_URL, prefix },
    host: v.SUNWARD_HOST,
    port: v.SUNWARD_PORT,
    serviceUrls: {
      drafting: originOf(v.SUNWARD_DRAFTING_URL),
      review: originOf(v.SUNWARD_REVIEW_URL),
      approval: originOf(v.SUNWARD_APPROVAL_URL),
      publication: originOf(v.SUNWARD_PUBLICATION_URL),
      ledger: originOf(v.SUNWARD_LEDGER_URL),
    },
    publicOrigin: originOf(v.SUNWARD_PUBLIC_ORIGIN),
    relyingParty: relyingPartyOf(originOf(v.SUNWARD_PUBLIC_ORIGIN), v.SUNWARD_PASSKEY_RP_ID),
    keyPem: readFile('SUNWARD_KEY_FILE', v.SUNWARD_KEY_FILE),
    trust: JSON.parse(readFile('SUNWARD_TRUST_FILE', v.SUNWARD_TRUST_FILE)) as unknown,
    administratorKeys: v.SUNWARD_ADMINISTRATOR_KEYS ?? null,
    setupTokenFile: v.SUNWARD_SETUP_TOKEN_FILE ?? null,
    siteDir: v.SUNWARD_SITE_DIR ?? null,
    checkpointDir: v.SUNWARD_CHECKPOINT_DIR ?? null,
    channelsFile: v.SUNWARD_CHANNELS_FILE ?? null,
    requireInclusion: v.SUNWARD_REQUIRE_INCLUSION === 'on',
    sitePort: v.SUNWARD_SITE_PORT,
    siteReaders,
    readersDatabaseUrl: service === 'publication' && siteReaders > 0 ? readersDatabaseOf(v) : null,
    siteOrigin: originOf(v.SUNWARD_SITE_ORIGIN),
    siteIdentity: siteIdentityOf(v),
    formats: readOwn('SUNWARD_FORMATS_FILE', v.SUNWARD_FORMATS_FILE, parseFormats) ?? [],
    ruleSettings: readOwn('SUNWARD_RULES_FILE', v.SUNWARD_RULES_FILE, parseRuleSettings),
    ownCalendar: readOwn('SUNWARD_CALENDAR_FILE', v.SUNWARD_CALENDAR_FILE, parseOwnCalendar),
    routeTemplates: v.SUNWARD_ROUTE_TEMPLATES,
    logLevel: v.SUNWARD_LOG_LEVEL,
    sweepMs: v.SUNWARD_SWEEP_MS,
    sweepEditions: v.SUNWARD_SWEEP_EDITIONS,
    redriveMs: v.SUNWARD_REDRIVE_MS,
    poolSize: v.SUNWARD_POOL_SIZE,
    crashPoint: v.CRASHPOINT ?? null,
  });
}

function readersDatabaseOf(v: Pick<z.infer<typeof variables>, 'SUNWARD_SITE_DATABASE_URL'>): string {
  if (v.SUNWARD_SITE_DATABASE_URL !== undefined) return v.SUNWARD_SITE_DATABASE_URL;
  throw new EnvironmentUnusable([
    'SUNWARD_SITE_DATABASE_URL: the address of the database for the role sunward_site, with which readers of the public site search, is not set; ' +
      'scripts/migrate.mjs makes that role, containers get the address from node docker/secrets.mjs',
  ]);
}

/** What the public site is registered as: its name, its 政府网站标识码 of ten digits, and whom readers ask; null for what was not configured. */
interface SiteIdentity {
  readonly name: string | null;
  readonly idCode: string | null;
  readonly contact: string | null;
}

type SiteVariables = Pick<
  z.infer<typeof variables>,
  'SUNWARD_SITE_NAME' | 'SUNWARD_SITE_ID_CODE' | 'SUNWARD_SITE_CONTACT'
>;

function siteIdentityOf(v: SiteVariables): SiteIdentity {
  const { SUNWARD_SITE_NAME: name, SUNWARD_SITE_ID_CODE: idCode, SUNWARD_SITE_CONTACT: contact } = v;
  return { name: name ?? null, idCode: idCode ?? null, contact: contact ?? null };
}

/** What the monitor knows of the place it runs in: no database, no queue, no key. */
export interface MonitorEnvironment extends Pick<Environment, 'trust' | 'siteOrigin' | 'formats' | 'logLevel'> {
  /** Where `trust` was read: keys may change while the monitor goes on. */
  readonly trustFile: string;
  readonly siteDir: string;
  readonly monitorMs: number;
  /** Public addresses a round looks at in turn. */
  readonly monitorAddresses: number;
}

const monitorVariables = variables.pick({
  SUNWARD_TRUST_FILE: true,
  SUNWARD_SITE_ORIGIN: true,
  SUNWARD_FORMATS_FILE: true,
  SUNWARD_LOG_LEVEL: true,
  SUNWARD_MONITOR_MS: true,
  SUNWARD_MONITOR_ADDRESSES: true,
});

/** Reads the variables of the monitor. Throws EnvironmentUnusable naming every bad one. */
export function readMonitorEnvironment(source: NodeJS.ProcessEnv = process.env): MonitorEnvironment {
  const v = parsedWith(monitorVariables.extend({ SUNWARD_SITE_DIR: z.string().min(1) }), source);
  return Object.freeze({
    trust: jsonIn('SUNWARD_TRUST_FILE', v.SUNWARD_TRUST_FILE),
    trustFile: v.SUNWARD_TRUST_FILE,
    siteDir: v.SUNWARD_SITE_DIR,
    siteOrigin: originOf(v.SUNWARD_SITE_ORIGIN),
    formats: readOwn('SUNWARD_FORMATS_FILE', v.SUNWARD_FORMATS_FILE, parseFormats) ?? [],
    logLevel: v.SUNWARD_LOG_LEVEL,
    monitorMs: v.SUNWARD_MONITOR_MS,
    monitorAddresses: v.SUNWARD_MONITOR_ADDRESSES,
  });
}

/** What a process that answers readers of the public site knows of the place it runs in: no key, no queue. `poolSize`: connections for the search. */
export interface ReaderEnvironment extends Pick<
  Environment,
  'trust' | 'databaseUrl' | 'host' | 'sitePort' | 'siteIdentity' | 'formats' | 'logLevel' | 'poolSize'
> {
  readonly siteDir: string;
}

const readerVariables = variables.pick({
  DATABASE_URL: true,
  SUNWARD_HOST: true,
  SUNWARD_TRUST_FILE: true,
  SUNWARD_SITE_PORT: true,
  SUNWARD_SITE_NAME: true,
  SUNWARD_SITE_ID_CODE: true,
  SUNWARD_SITE_CONTACT: true,
  SUNWARD_FORMATS_FILE: true,
  SUNWARD_LOG_LEVEL: true,
});

/** What any program is started with, and how it reaches a database and trusts certificates. */
const OF_THE_SYSTEM = /^(?:PATH|HOME|LANG|TZ|TMPDIR|LC_\w+|NODE_\w+|PGSSL\w+|SSL_CERT_\w+)$/;

/**
 * The variables a reader is started with, of those of the service that starts it: what readers read and no more, so no key, no queue, no secret of a
 * channel, and a database of their own. Names it does not get have no value.
 */
export function environmentForReaders(
  databaseUrl: string,
  source: NodeJS.ProcessEnv = process.env,
): Record<string, string | undefined> {
  const isGiven = (name: string): boolean =>
    name in readerVariables.shape || name === 'SUNWARD_SITE_DIR' || OF_THE_SYSTEM.test(name);
  return {
    ...Object.fromEntries(Object.entries(source).map(([name, value]) => [name, isGiven(name) ? value : undefined])),
    DATABASE_URL: databaseUrl,
  };
}

/** Reads the variables of a reader of the public site. Throws EnvironmentUnusable naming every bad one. */
export function readReaderEnvironment(source: NodeJS.ProcessEnv = process.env): ReaderEnvironment {
  const v = parsedWith(readerVariables.extend({ SUNWARD_SITE_DIR: z.string().min(1) }), source);
  return Object.freeze({
    databaseUrl: v.DATABASE_URL,
    host: v.SUNWARD_HOST,
    trust: jsonIn('SUNWARD_TRUST_FILE', v.SUNWARD_TRUST_FILE),
    siteDir: v.SUNWARD_SITE_DIR,
    sitePort: v.SUNWARD_SITE_PORT,
    siteIdentity: siteIdentityOf(v),
    formats: readOwn('SUNWARD_FORMATS_FILE', v.SUNWARD_FORMATS_FILE, parseFormats) ?? [],
    logLevel: v.SUNWARD_LOG_LEVEL,
    poolSize: READER_POOL_SIZE,
  });
}
