// The servers of integration and end-to-end tests: one PostgreSQL without fsync, one Redis, one migrated template.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { build } from '../../scripts/build.mjs';
import { installState } from '../../scripts/install-state.mjs';
import { startPostgres } from '../../scripts/pg.mjs';
import { startRedis } from '../../scripts/redis.mjs';
import globalTeardown from './global-teardown.mjs';

const TEMPLATE = 'sunward_template';
const migrate = path.resolve('scripts/migrate.mjs');

async function makeTemplate(serverUrl, varDir) {
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  try {
    await admin.query(`drop database if exists ${TEMPLATE} with (force)`);
    await admin.query(`create database ${TEMPLATE}`);
  } finally {
    await admin.end();
  }
  const url = new URL(serverUrl);
  url.pathname = `/${TEMPLATE}`;
  const env = { ...process.env, NODE_OPTIONS: '', DATABASE_URL: url.href, SUNWARD_VAR: varDir };
  execFileSync(process.execPath, [migrate], { env, stdio: ['ignore', 'ignore', 'inherit'] });
}

async function startServers(stops) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'sunward-test-'));
  stops.push(() => fs.rmSync(dir, { recursive: true, force: true }));
  await build();
  const { passwords } = installState(dir);
  if (!process.env.TEST_DATABASE_URL) {
    const server = await startPostgres({ dir: path.join(dir, 'pg'), durable: false });
    stops.unshift(server.stop);
    process.env.TEST_DATABASE_URL = server.url;
  }
  if (!process.env.TEST_REDIS_URL) {
    const redis = await startRedis();
    stops.unshift(redis.stop);
    process.env.TEST_REDIS_URL = redis.url;
  }
  await makeTemplate(process.env.TEST_DATABASE_URL, dir);
  process.env.TEST_TEMPLATE = TEMPLATE;
  process.env.TEST_ROLES = JSON.stringify(passwords);
}

/**
 * Sets TEST_DATABASE_URL (owner), TEST_TEMPLATE (database to clone), TEST_ROLES (passwords by service, JSON) and
 * TEST_REDIS_URL. A TEST_DATABASE_URL or TEST_REDIS_URL that is already set is used as it is. Runs once per jest run.
 */
export default async function globalSetup() {
  if (globalThis.sunwardTestServers) return;
  const stops = [];
  globalThis.sunwardTestServers = stops;
  try {
    await startServers(stops);
  } catch (error) {
    await globalTeardown(); // jest tears nothing down that was never set up
    throw error;
  }
}
