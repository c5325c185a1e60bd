import { readFile, writeFile } from 'node:fs/promises';
import { DistrictDefinition } from '#contracts/http/district.api';
import { refusalSentence } from '#contracts/refusals';
import { isRefusal } from '#domain/decision';
import { openPorts } from '#service-runtime/open-ports';
import type { ServicePorts } from '#service-runtime/ports';
import { migrations, tables } from '../data-source.js';
import { found } from './found.js';

const OWNER_ONLY = 0o600;

/** Opens the gateway's schema for `foundCommand` and closes it again. */
export async function runFoundCommand(rest: readonly string[]): Promise<number> {
  const ports = await openPorts({ service: 'gateway', tables, migrations });
  try {
    return await foundCommand(ports, rest);
  } finally {
    await ports.db.destroy();
  }
}

/**
 * `main.js found <definition.json> <accounts-out.json>`: founds the district before any service runs and writes the
 * first passwords to a file only its owner may read. Answers the exit code: 0 done, 1 refused, 2 wrong usage.
 */
async function foundCommand(ports: ServicePorts, [definition, accountsOut]: readonly string[]): Promise<number> {
  const { environment } = ports;
  if (definition === undefined || accountsOut === undefined) {
    console.error('usage: main.js found <definition.json> <accounts-out.json>');
    return 2;
  }
  if (environment.administratorKeys === null) {
    console.error('SUNWARD_ADMINISTRATOR_KEYS is not set: the folder with the two administrators’ keys');
    return 2;
  }
  const district = DistrictDefinition.safeParse(JSON.parse(await readFile(definition, 'utf8')));
  if (!district.success) {
    for (const issue of district.error.issues)
      console.error(`${definition}: ${issue.path.join('.')}: ${issue.message}`);
    return 2;
  }
  const { administratorKeys } = environment;
  const accounts = await found({ ...ports, administratorKeys }, district.data, async (first) =>
    writeFile(accountsOut, `${JSON.stringify(first, null, 2)}\n`, { mode: OWNER_ONLY }),
  );
  if (isRefusal(accounts)) {
    console.error(refusalSentence(accounts.refused, 'zh', accounts.data));
    console.error(refusalSentence(accounts.refused, 'en', accounts.data));
    return 1;
  }
  return 0;
}
