import type { DistrictDefinition } from '#contracts/http/district.api';
import type { ServiceName } from '#contracts/services';

/** A supervised service; `pid` changes with every life and is undefined between two. */
export interface LaunchedService {
  readonly pid: number | undefined;
  kill(signal?: NodeJS.Signals): void;
  start(): void;
  stop(): Promise<void>;
  restart(): Promise<void>;
}

export interface LaunchOptions {
  readonly varDir: string;
  readonly databaseUrl?: string | undefined;
  readonly redisUrl?: string | undefined;
  readonly ports?: { readonly gateway?: number; readonly site?: number };
  readonly env?: Readonly<Record<string, string>>;
  readonly district?: DistrictDefinition | string;
  readonly durable?: boolean;
  readonly newEpoch?: boolean;
  readonly onStep?: (text: string) => void;
  readonly onLine?: (service: ServiceName, line: string) => void;
  readonly onEnd?: (service: ServiceName, reason: string, restartMs: number) => void;
  readonly signal?: AbortSignal;
  /** Called once when the embedded PostgreSQL ends without being stopped; the error says where, why and what to do. */
  readonly onDatabaseEnd?: (problem: Error) => void;
}

export interface LaunchedSystem {
  readonly gatewayUrl: string;
  readonly siteUrl: string;
  readonly accounts: readonly { readonly login: string; readonly name: string; readonly password: string }[];
  readonly services: Readonly<Record<ServiceName, LaunchedService>>;
  /** Answers once every service says it is ready, e.g. after restarts. */
  readonly untilReady: () => Promise<void>;
  readonly databaseUrl: string;
  readonly databasePid: number | undefined;
  readonly founded: boolean;
  readonly state: { readonly keys: string; readonly trustFile: string; readonly siteDir: string };
  stop(): Promise<void>;
}

export function launchSystem(options: LaunchOptions): Promise<LaunchedSystem>;
