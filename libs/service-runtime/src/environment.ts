import { availableParallelism } from 'node:os';
import type { z } from 'zod';
import type { ServiceName } from '#contracts/services';
import type { QueueSettings } from '#messaging/queue-settings';
import type { FormatDefinition } from '#report/format-definition';
import { parseFormats } from '#report/parse-formats';
import { parseRuleSettings } from '#report/rules/parse-rule-settings';
import type { RuleSettings } from '#report/rules/rule-settings';
import { type OwnCalendar, parseOwnCalendar } from '#signoff/installation-calendar';
import {
  EnvironmentUnusable,
  jsonIn,
  originOf,
  parsedWith,
  readFile,
  readOwn,
  type SiteIdentity,
  siteIdentityOf,
  variables,
} from './environment-variables.js';

/** Readers of the public site where nobody says how many: one a processor, and not more than this. */
const MOST_READERS = 4;

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
    trust: jsonIn('SUNWARD_TRUST_FILE', v.SUNWARD_TRUST_FILE),
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
