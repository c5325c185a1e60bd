import type { FastifyRequest } from 'fastify';
import { uuid } from '#evidence/shape';
import { NO_REPORT, recordEntry } from '#ledger/record-entry';
import { runInTransaction } from '#persistence/transaction';
import type { ServicePorts } from './ports.js';

/** Who sent a request, as soon as a guard knows it. */
export interface Sender {
  readonly person: string;
  readonly requestId: string;
  /** It came under an Idempotency-Key: whatever changes something must, and nothing else has a use for one. */
  readonly isCommand: boolean;
}

/** A request whose sender may be known. */
export interface SentRequest extends FastifyRequest {
  sender?: Sender;
}

/** As an entry of a report's chain names its case; people type addresses, and nothing they type may stand in the ledger. */
const SAFE_PARAMETER = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[1-9][0-9]{0,8})$/;

/**
 * The ledger's entry of a command that was refused before any use case saw it: its form does not fit, its key was used for
 * another one, its sender may not come here at all. It names the person, the code and the path with nothing but ids in it, and
 * stands under no report, since nothing of what it said about one was looked at. Throws when it cannot be written.
 */
export async function recordRefusedAtDoor(
  ports: Pick<ServicePorts, 'db' | 'service' | 'crypto' | 'epoch'>,
  request: SentRequest,
  { person, requestId }: Sender,
  outcome: string,
): Promise<void> {
  const parameters = (request.params ?? {}) as Readonly<Record<string, string>>;
  const caseId = parameters['case']?.toLowerCase();
  await runInTransaction(ports.db, (tx) =>
    recordEntry(tx, ports, {
      report: NO_REPORT,
      case: caseId !== undefined && uuid(caseId, 'case') === undefined ? caseId : null,
      actor: person,
      action: `${ports.service}.command`,
      outcome,
      body: { request: { method: request.method, path: pathOf(request.routeOptions.url ?? '', parameters) } },
      requestId,
    }),
  );
}

function pathOf(route: string, parameters: Readonly<Record<string, string>>): string {
  const filled = (name: string): string | undefined => {
    const value = parameters[name]?.toLowerCase();
    return value !== undefined && SAFE_PARAMETER.test(value) ? value : undefined;
  };
  return route.replaceAll(/:([A-Za-z]+)/g, (written, name: string) => filled(name) ?? written);
}

/** So many commands of one person are refused at the door in a minute, each with its entry; more are not looked at. */
const MOST_A_MINUTE = 60;
const MINUTE_MS = 60_000;

/** Keeps one person from filling the ledger with what cannot be read. Counts in this process; people are few. */
export class DoorBudget {
  readonly #counts = new Map<string, { since: number; count: number }>();

  constructor(private readonly nowMs: () => number = () => performance.now()) {}

  /** Seconds until this person's next command is looked at when its form does not fit; 0 when it is now. */
  take(person: string): number {
    const now = this.nowMs();
    const counted = this.#counts.get(person);
    if (counted === undefined || now - counted.since >= MINUTE_MS) {
      this.#counts.set(person, { since: now, count: 1 });
      return 0;
    }
    counted.count += 1;
    return counted.count <= MOST_A_MINUTE ? 0 : Math.ceil((counted.since + MINUTE_MS - now) / 1000);
  }
}
