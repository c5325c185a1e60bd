import type { Instant } from '#domain/instant';
import { type OperatorAct, OPERATOR_ACTS } from '../operator-act.js';
import { type Ask } from './batches.js';
import { bodiesNamed } from './chain-sets.queries.js';
import type { LookedAt } from './looked-at.js';

/** What an operator had a service do past the API. `operator` and `about` null where the body is gone. */
export interface OperatedEntry {
  readonly in: string;
  readonly where: string;
  readonly action: OperatorAct;
  readonly outcome: string;
  readonly at: Instant;
  readonly operator: string | null;
  readonly about: Readonly<Record<string, string | number>> | null;
}

/** The newest so many of a service are listed. */
const MOST_LISTED = 1000;

interface Seen extends Omit<OperatedEntry, 'operator' | 'about'> {
  readonly body: string | undefined;
}

/** Gathers from a service's chains what operators did; `listed` reads who and to what from what is kept beside the entries. */
export class OperatedEntries {
  readonly #seen: Seen[] = [];

  constructor(private readonly service: string) {}

  see({ row, entry }: LookedAt): void {
    const action = OPERATOR_ACTS.find((one) => one === entry?.action);
    if (entry === undefined || action === undefined) return;
    const { outcome, at, digests } = entry;
    const where = `${row.report}/${row.seq}`;
    this.#seen.push({ in: this.service, where, action, outcome, at, body: digests['events'] });
    if (this.#seen.length > MOST_LISTED) this.#seen.shift();
  }

  async listed(ask: Ask): Promise<readonly OperatedEntry[]> {
    const named = this.#seen.flatMap(({ body }) => body ?? []);
    const bodies = named.length === 0 ? [] : await bodiesNamed(ask, this.service, named);
    const said = new Map(bodies.map(({ digest, bytes }) => [digest, bytes]));
    return this.#seen.map(({ body, ...one }) => ({ ...one, ...saidIn(said.get(body ?? '')) }));
  }
}

// An altered body is a fault of its own; here it only says nothing.
function saidIn(bytes: Uint8Array | undefined): Pick<OperatedEntry, 'operator' | 'about'> {
  const nothing = { operator: null, about: null };
  if (bytes === undefined) return nothing;
  try {
    const { operator, events } = JSON.parse(new TextDecoder().decode(bytes)) as {
      readonly operator?: unknown;
      readonly events?: readonly [Record<string, string | number>];
    };
    const { type: _, ...about } = events?.[0] ?? {};
    return typeof operator === 'string' ? { operator, about } : nothing;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return nothing;
  }
}
