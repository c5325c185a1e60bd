import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { isRefusal, type Refusal } from '#domain/decision';

const port = z.coerce.number().int().min(0).max(65_535);
const milliseconds = z.coerce.number().int().positive();
const count = z.coerce.number().int().min(1).max(1_000_000);

/** Every variable a service, the monitor or a reader of the public site reads. Units end the names; `.env.example` lists them with their readers. */
export const variables = z.object({
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

/** The surroundings are not such that a service could run. The message names the variable and what is wrong with it. */
export class EnvironmentUnusable extends Error {
  constructor(problems: readonly string[]) {
    super(`environment: ${problems.join('; ')} (see .env.example)`);
    this.name = 'EnvironmentUnusable';
  }
}

/** The variables a schema names. Throws EnvironmentUnusable naming every bad one. */
export function parsedWith<T>(schema: z.ZodType<T>, source: NodeJS.ProcessEnv): T {
  const parsed = schema.safeParse(source);
  if (parsed.success) return parsed.data;
  throw new EnvironmentUnusable(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
}

/** The text of the file a variable names. Throws EnvironmentUnusable naming both. */
export function readFile(variable: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new EnvironmentUnusable([
      `${variable}: cannot read ${path} (${cause instanceof Error ? cause.message : 'unknown'})`,
    ]);
  }
}

/** What an installation adds of its own, as a JSON file; null when it adds nothing. Throws EnvironmentUnusable with what is wrong in it. */
export function readOwn<T extends object>(
  variable: string,
  path: string | undefined,
  parse: (value: unknown) => T | Refusal,
): T | null {
  if (path === undefined) return null;
  const parsed = parse(jsonIn(variable, path));
  if (isRefusal(parsed)) throw new EnvironmentUnusable([`${variable}: ${path}: ${JSON.stringify(parsed.data)}`]);
  return parsed;
}

/** The JSON of the file a variable names, not yet checked. Throws EnvironmentUnusable naming both. */
export function jsonIn(variable: string, path: string): unknown {
  try {
    return JSON.parse(readFile(variable, path));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new EnvironmentUnusable([`${variable}: ${path} is not JSON (${error.message})`]);
  }
}

/** The origin of an address: without path and trailing slash. */
export const originOf = (url: string): string => new URL(url).origin;

/** What the public site is registered as: its name, its 政府网站标识码 of ten digits, and whom readers ask; null for what was not configured. */
export interface SiteIdentity {
  readonly name: string | null;
  readonly idCode: string | null;
  readonly contact: string | null;
}

type SiteVariables = Pick<
  z.infer<typeof variables>,
  'SUNWARD_SITE_NAME' | 'SUNWARD_SITE_ID_CODE' | 'SUNWARD_SITE_CONTACT'
>;

export function siteIdentityOf(v: SiteVariables): SiteIdentity {
  const { SUNWARD_SITE_NAME: name, SUNWARD_SITE_ID_CODE: idCode, SUNWARD_SITE_CONTACT: contact } = v;
  return { name: name ?? null, idCode: idCode ?? null, contact: contact ?? null };
}
