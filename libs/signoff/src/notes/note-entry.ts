import { isRefusal, type Refusal } from '#domain/decision';
import type { Digest } from '#domain/identifiers';
import { ACCEPTED, NO_REPORT, recordEntry } from '#ledger/record-entry';
import type { Tx } from '#persistence/transaction';
import type { NotePorts } from './note-ports.js';

/** A command on notes as the ledger keeps it. `said`: what people wrote; it lies beside the entry, by its digest. */
interface NoteAct {
  readonly action: 'make-note' | 'reply-to-note' | 'resolve-note' | 'withdraw-note' | 'accept-suggestion';
  /** The document, when the person may know of it. */
  readonly report: string | null;
  readonly case: string | null;
  readonly actor: string;
  readonly onBehalfOf: string | null;
  readonly requestId: string;
  readonly digests?: Readonly<Record<string, Digest>>;
  readonly said: object;
}

/** Writes the one entry of a command on notes, accepted or refused. */
export async function enterNoteAct(tx: Tx, ports: NotePorts, act: NoteAct, outcome: unknown): Promise<void> {
  const refusal: Refusal | null = isRefusal(outcome) ? outcome : null;
  const { action, report, said, onBehalfOf, ...facts } = act;
  await recordEntry(tx, ports, {
    ...facts,
    onBehalfOf: onBehalfOf ?? undefined,
    report: report ?? NO_REPORT,
    action: `${ports.service}.${action}`,
    outcome: refusal?.refused ?? ACCEPTED,
    body: refusal === null ? { note: said } : null,
  });
}
