import { z } from 'zod';
import { parseFormats } from '#report/parse-formats';
import type { Environment } from './environment.js';
import { jsonIn, parsedWith, readOwn, siteIdentityOf, variables } from './environment-variables.js';

/** Connections to the database of one reader, for the search. */
const READER_POOL_SIZE = 3;

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
