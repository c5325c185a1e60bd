import type { z } from 'zod';
import type { Accounts, DistrictDefinition } from '#contracts/http/district.api';
import { isRefusal, type Refusal } from '#domain/decision';
import type { EvidenceCrypto } from '#evidence/crypto';
import type { Trust } from '#evidence/trust';
import type { ServicePorts } from '#service-runtime/ports';
import { runInTransaction } from '#persistence/transaction';
import { readAdministrators } from '../directory/administrator-keys.js';
import { foundDistrict, prepareFounding } from '../directory/found-district.use-case.js';

/** What founding needs of the process: the database, the administrators' keys and the trust file. */
export interface FoundingPorts {
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
  { db, crypto, trust, administratorKeys }: FoundingPorts,
  district: DistrictDefinition,
  keep: (accounts: FirstAccounts) => Promise<void> = async () => {},
): Promise<FirstAccounts | Refusal<'already_set_up' | 'bad_district'>> {
  const administrators = await readAdministrators(administratorKeys, trust, crypto);
  const founding = await prepareFounding(db, district, { administrators, crypto });
  if (isRefusal(founding)) return founding;
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
  const stored = await runInTransaction(db, (tx) => foundDistrict(tx, founding));
  return isRefusal(stored) ? stored : accounts;
}
