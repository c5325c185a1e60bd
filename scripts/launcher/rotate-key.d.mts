import type { ServiceName } from '#contracts/services';
import type { LaunchedSystem } from './system.mjs';

type Running = Pick<LaunchedSystem, 'services' | 'untilReady' | 'databaseUrl'> & {
  readonly state: Pick<LaunchedSystem['state'], 'keys' | 'trustFile'>;
};

/** Gives a service a new key. Answers the keyid of the old one and the entry of the log from which the new one signs. */
export function rotateServiceKey(
  system: Running,
  service: ServiceName,
  algorithm?: 'ed25519' | 'sm2',
): Promise<{ readonly retired: string; readonly from: number }>;

/** Gives an administrator, by sign-in name, a new key. Answers as `rotateServiceKey`. */
export function rotateAdministratorKey(
  system: Running,
  login: string,
  algorithm?: 'ed25519' | 'sm2',
): Promise<{ readonly retired: string; readonly from: number }>;

/** Gives up a retired key as lost from entry `from` of the log on. */
export function revokeLostKey(system: Running, keyid: string, from: number): Promise<void>;
