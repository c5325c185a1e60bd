import { randomUUID } from 'node:crypto';
import type { ProposeChange } from '#contracts/http/directory.api';
import { isRefusal, refuse, type Refusal } from '#domain/decision';
import { instant } from '#domain/instant';
import { databaseNow } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import { listDeputies } from './deputy.repository.js';
import { administratorIds, everybody } from './directory.repository.js';
import { draftDirectory } from './directory-change.js';
import type { DirectoryDraft } from './directory-draft.js';
import { type AgreementPorts, newestDirectory } from './agreed-directory.js';
import { type Endorsed, endorse } from './endorse.js';
import type { Administrator } from './first-directory.js';
import { lawRefusal } from './law-refusal.js';
import { insertProposal } from './proposal.repository.js';
import { outcomeOf, type ProposalOutcome } from './proposal-outcome.js';

/**
 * Proposes a change: drafts the directory it would bring about, proves it lawful and fillable, and signs it with the
 * proposer's own key. Nothing changes before the other administrator has signed the same bytes. Refusals: as
 * `draftDirectory` and `lawRefusal`, back_dated, not_set_up.
 */
export async function proposeChange(
  tx: Tx,
  { changes, reason, ...wanted }: ProposeChange,
  by: Administrator,
  ports: AgreementPorts,
): Promise<ProposalOutcome | Refusal> {
  const newest = await newestDirectory(tx, ports);
  if (newest === undefined) return refuse('not_set_up');
  const at = await databaseNow(tx);
  const effectiveAt = wanted.effectiveAt === undefined ? null : instant(wanted.effectiveAt);
  if (effectiveAt !== null && effectiveAt < at) return refuse('back_dated', { earliest: at, change: 0 });
  const people = new Map((await everybody(tx)).map(({ login, ...person }) => [login, person]));
  const { crypto } = ports;
  const standingDeputies = new Set((await listDeputies(tx, 'standing')).map(({ id }) => id));
  const newId = (): string => randomUUID();
  const ground = { document: newest.document, people, at, effectiveAt, crypto, standingDeputies, newId };
  const draft = draftDirectory(changes, ground);
  if (isRefusal(draft)) return draft;
  const book = new Map([...newest.routes, ...draft.newRoutes.map((route) => [route.digest, route.document] as const)]);
  const unlawful = lawRefusal(draft.document, book, at);
  if (unlawful !== null) return unlawful;

  const id = randomUUID();
  const endorsed = endorse(unsigned(draft), by, crypto);
  const { newPeople, newPasswords, leavers, revokedDeputies, endsFrom } = draft;
  await insertProposal(tx, {
    ...endorsed,
    id,
    basedOn: newest.document.version,
    reason,
    changes,
    beside: { newPeople, newPasswords, leavers, revokedDeputies },
    endsFrom,
    proposedBy: by.person,
    proposedAt: at,
  });
  return outcomeOf({ ...endorsed, id, state: 'open' }, await administratorIds(tx), crypto);
}

function unsigned({ document, newRoutes }: DirectoryDraft): Endorsed {
  return { document, routes: newRoutes.map((route) => ({ ...route, signatures: [] })), signatures: [] };
}
