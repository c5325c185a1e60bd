import { z } from 'zod';
import { parseFormats } from '#report/parse-formats';
import type { Environment } from './environment.js';
import { jsonIn, originOf, parsedWith, readOwn, variables } from './environment-variables.js';

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
