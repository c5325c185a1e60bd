export interface StartedPostgres {
  /** Owner's address of the database `sunward`. */
  readonly url: string;
  readonly pid: number;
  readonly port: number;
  /** It already ran on this data directory. */
  readonly adopted: boolean;
  readonly stop: () => Promise<void>;
}

export function startPostgres(options: {
  readonly dir: string;
  readonly durable?: boolean;
  readonly settings?: Readonly<Record<string, string>>;
  /** Called once when the server ends without being stopped here; the error says where, why and what to do. */
  readonly onEnd?: (problem: Error) => void;
}): Promise<StartedPostgres>;
