import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Accounts, DistrictDefinition } from '#contracts/http/district.api';
import { isRefusal, type Refusal } from '#domain/decision';
import { canonicalBytes } from '#evidence/canonical';
import type { EvidenceCrypto } from '#evidence/crypto';
import type { Trust } from '#evidence/trust';
import { ACCEPTED, type LedgerPorts, NO_REPORT, recordEntry } from '#ledger/record-entry';
import type { ServicePorts } from '#service-runtime/ports';
import { runInTransaction, type Tx } from '#persistence/transaction';
import { readAdministrators } from '../directory/administrator-keys.js';
import type { FirstDirectory } from '../directory/first-directory.js';
import { foundDistrict, prepareFounding } from '../directory/found-district.use-case.js';

/** What founding needs of the process: the database, the administrators' keys and the trust file. */
export interface FoundingPorts extends LedgerPorts {
  readonly db: ServicePorts['db'];
  readonly crypto: EvidenceCrypto;
  readonly trust: Trust;
  readonly administratorKeys: string;
}

type FirstAccounts = z.infer<typeof Accounts>;

/**
 * Founds the district and answers every account with its first password, once; `keep` gets them before anything is
 * stored, so that a crash cannot leave a district nobody can enter. Refusals: already_set_up, bad_district.
 */
export async function found(
  ports: FoundingPorts,
  district: DistrictDefinition,
  keep: (accounts: FirstAccounts) => Promise<void> = async () => {},
): Promise<FirstAccounts | Refusal<'already_set_up' | 'bad_district'>> {
  const { db, crypto, trust, administratorKeys } = ports;
  const administrators = await readAdministrators(administratorKeys, trust, crypto);
  const founding = await prepareFounding(db, district, { administrators, crypto });
  if (isRefusal(founding)) {
    await runInTransaction(db, (tx) => recordFounding(tx, ports, founding));
    return founding;
  }
  const passwords = new Map(founding.accounts.map(({ login, password }) => [login, password]));
  const accounts = {
    accounts: district.people.map(({ login, name, grants }) => ({
      login,
      name,
      grants,
      password: passwords.get(login)!,
    })),
  };
  await keep(accounts);
  const stored = await runInTransaction(db, async (tx) => {
    const outcome = await foundDistrict(tx, founding);
    await recordFounding(tx, ports, isRefusal(outcome) ? outcome : founding.directory);
    return outcome;
  });
  return isRefusal(stored) ? stored : accounts;
}

/** The first entry of an installation: nobody can sign in yet, so the gateway itself stands there. */
async function recordFounding(tx: Tx, ports: FoundingPorts, outcome: FirstDirectory | Refusal): Promise<void> {
  const act = { report: NO_REPORT, case: null, actor: `service:${ports.service}`, action: 'gateway.found' };
  const requestId = randomUUID();
  if (isRefusal(outcome)) {
    await recordEntry(tx, ports, { ...act, outcome: outcome.refused, requestId });
    return;
  }
  const digests = { directory: ports.crypto.sha256(canonicalBytes(outcome.envelope)) };
  const body = { events: [{ type: 'directory-published', version: outcome.document.version }] };
  await recordEntry(tx, ports, { ...act, outcome: ACCEPTED, digests, body, requestId });
}
