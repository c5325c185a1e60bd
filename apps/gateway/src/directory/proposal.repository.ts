import type { DirectoryChange } from '#contracts/http/directory.api';
import { type Instant, instant } from '#domain/instant';
import { canonicalBytes } from '#evidence/canonical';
import type { DirectoryDocument } from '#evidence/statements';
import { type Handle, row, rows } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import type { DirectoryDraft } from './directory-draft.js';
import type { Endorsed } from './endorse.js';

export type ProposalState = 'open' | 'published' | 'rejected' | 'withdrawn';

/** What a published proposal does in the gateway beside the directory itself. */
export type Beside = Pick<DirectoryDraft, 'newPeople' | 'newPasswords' | 'leavers' | 'revokedDeputies'>;

/** A proposal as it is kept. */
export interface StoredProposal extends Endorsed {
  readonly id: string;
  readonly basedOn: number;
  readonly state: ProposalState;
  readonly reason: string;
  readonly changes: readonly DirectoryChange[];
  readonly beside: Beside;
  readonly endsFrom: Instant | null;
  readonly proposedBy: string;
  readonly proposedAt: Instant;
  readonly decidedBy: string | null;
  readonly decidedAt: Instant | null;
  readonly decisionReason: string | null;
}

interface ProposalRecord {
  id: string;
  based_on: number;
  state: ProposalState;
  reason: string;
  changes: string;
  document: string;
  routes: string;
  signatures: string;
  beside: string;
  ends_from: Date | null;
  proposed_by: string;
  proposed_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
  decision_reason: string | null;
}

const COLUMNS = `id, based_on, state, reason, changes, document, routes, signatures, beside, ends_from, proposed_by,
  proposed_at, decided_by, decided_at, decision_reason`;
const json = (value: unknown): string => new TextDecoder().decode(canonicalBytes(value));
const instantOrNull = (date: Date | null): Instant | null => (date === null ? null : instant(date));

function stored(found: ProposalRecord): StoredProposal {
  return {
    id: found.id,
    basedOn: found.based_on,
    state: found.state,
    reason: found.reason,
    changes: JSON.parse(found.changes) as DirectoryChange[],
    document: JSON.parse(found.document) as DirectoryDocument,
    routes: JSON.parse(found.routes) as Endorsed['routes'],
    signatures: JSON.parse(found.signatures) as Endorsed['signatures'],
    beside: JSON.parse(found.beside) as Beside,
    endsFrom: instantOrNull(found.ends_from),
    proposedBy: found.proposed_by,
    proposedAt: instant(found.proposed_at),
    decidedBy: found.decided_by,
    decidedAt: instantOrNull(found.decided_at),
    decisionReason: found.decision_reason,
  };
}

/** A new proposal with its proposer's signatures. */
export async function insertProposal(
  tx: Tx,
  proposal: Omit<StoredProposal, 'state' | 'decidedBy' | 'decidedAt' | 'decisionReason'>,
): Promise<void> {
  const { id, basedOn, reason, changes, document, routes, signatures, beside, endsFrom, proposedBy, proposedAt } =
    proposal;
  await rows(
    tx,
    `INSERT INTO directory_proposal (id, based_on, state, reason, changes, document, routes, signatures, beside, ends_from,
       proposed_by, proposed_at) VALUES ($1, $2, 'open', $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      id,
      basedOn,
      reason,
      json(changes),
      json(document),
      json(routes),
      json(signatures),
      json(beside),
      endsFrom,
      proposedBy,
      proposedAt,
    ],
  );
}

/** A proposal, locked until the transaction ends: of two acts on it the second sees what the first did. */
export async function lockProposal(tx: Tx, id: string): Promise<StoredProposal | undefined> {
  const found = await row<ProposalRecord>(tx, `SELECT ${COLUMNS} FROM directory_proposal WHERE id = $1 FOR UPDATE`, [
    id,
  ]);
  return found && stored(found);
}

/** A proposal as it stands. */
export async function findProposal(handle: Handle, id: string): Promise<StoredProposal | undefined> {
  const found = await row<ProposalRecord>(handle, `SELECT ${COLUMNS} FROM directory_proposal WHERE id = $1`, [id]);
  return found && stored(found);
}

/** The newest proposals, open ones first; at most 100. */
export async function listProposals(handle: Handle): Promise<readonly StoredProposal[]> {
  const found = await rows<ProposalRecord>(
    handle,
    `SELECT ${COLUMNS} FROM directory_proposal ORDER BY state = 'open' DESC, proposed_at DESC LIMIT 100`,
  );
  return found.map(stored);
}

/** Keeps what an administrator's signature added. */
export async function saveEndorsed(tx: Tx, id: string, { document, routes, signatures }: Endorsed): Promise<void> {
  await rows(tx, 'UPDATE directory_proposal SET document = $2, routes = $3, signatures = $4 WHERE id = $1', [
    id,
    json(document),
    json(routes),
    json(signatures),
  ]);
}

/** Closes a proposal. `signers`: the two who signed the directory, when it is published. */
export async function closeProposal(
  tx: Tx,
  id: string,
  closing: {
    readonly state: Exclude<ProposalState, 'open'>;
    readonly by: string;
    readonly at: Instant;
    readonly reason: string | null;
    readonly signers?: readonly [string, string];
  },
): Promise<void> {
  const { state, by, at, reason, signers } = closing;
  await rows(
    tx,
    `UPDATE directory_proposal SET state = $2, decided_by = $3, decided_at = $4, decision_reason = $5, first_signer = $6,
       last_signer = $7 WHERE id = $1`,
    [id, state, by, at, reason, signers?.[0] ?? null, signers?.[1] ?? null],
  );
}
