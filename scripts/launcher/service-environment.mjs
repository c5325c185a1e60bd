// The variables each service is started with; libs/service-runtime/src/environment-variables.ts names them.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { SITE } from './services.mjs';

const cache = fileURLToPath(new URL('../../node_modules/.cache/sunward', import.meta.url));
const majorVersion = Number(process.versions.node.split('.')[0]);

/**
 * Environment of one service. Of `base` it takes what is not the launcher's own; only the gateway learns where the
 * administrators' keys and the set-up token are, only publication where the public site is and how its readers search, and only ledger where copies of the log's heads go.
 */
export function environmentOf(service, { base, ports, state, databaseUrls, redisUrl, gatewayUrl, siteUrl }) {
  const {
    DATABASE_URL: _owner,
    REDIS_URL: _redis,
    PORT: _port,
    SITE_PORT: _sitePort,
    SUNWARD_HOST: host,
    ...rest
  } = base;
  const privateUrl = (name) => `http://127.0.0.1:${ports[name]}`;
  return {
    ...rest,
    DATABASE_URL: databaseUrls[service],
    ...(redisUrl ? { REDIS_URL: redisUrl } : {}),
    SUNWARD_HOST: service === 'gateway' ? (host ?? '127.0.0.1') : '127.0.0.1',
    SUNWARD_PORT: String(ports[service]),
    SUNWARD_PUBLIC_ORIGIN: gatewayUrl,
    SUNWARD_SITE_ORIGIN: siteUrl,
    SUNWARD_KEY_FILE: path.join(state.keys, `${service}.pem`),
    SUNWARD_TRUST_FILE: state.trustFile,
    ...(majorVersion >= 22 ? { NODE_COMPILE_CACHE: cache } : {}),
    ...(service === 'gateway'
      ? {
          SUNWARD_DRAFTING_URL: privateUrl('drafting'),
          SUNWARD_REVIEW_URL: privateUrl('review'),
          SUNWARD_APPROVAL_URL: privateUrl('approval'),
          SUNWARD_PUBLICATION_URL: privateUrl('publication'),
          SUNWARD_LEDGER_URL: privateUrl('ledger'),
          SUNWARD_ADMINISTRATOR_KEYS: state.administratorKeys,
          SUNWARD_SETUP_TOKEN_FILE: state.setupTokenFile,
        }
      : {}),
    ...(service === 'ledger' ? { SUNWARD_CHECKPOINT_DIR: state.checkpointDir } : {}),
    ...(service === 'publication'
      ? {
          SUNWARD_SITE_DIR: state.siteDir,
          SUNWARD_SITE_PORT: String(ports.site),
          SUNWARD_SITE_DATABASE_URL: databaseUrls[SITE],
        }
      : {}),
  };
}

/** Environment of the monitor: where the public site is and whom to trust; no database, no queue, no key. */
export function monitorEnvironment({ base, state, siteUrl }) {
  const { DATABASE_URL: _owner, REDIS_URL: _redis, QUEUE_DATABASE_URL: _queue, ...rest } = base;
  return {
    ...rest,
    SUNWARD_SITE_ORIGIN: siteUrl,
    SUNWARD_SITE_DIR: state.siteDir,
    SUNWARD_TRUST_FILE: state.trustFile,
    ...(majorVersion >= 22 ? { NODE_COMPILE_CACHE: cache } : {}),
  };
}
