import { row } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import { administratorIds } from '../directory/directory.repository.js';
import { awaitedAdministrator } from '../directory/endorse.js';
import { listProposals } from '../directory/proposal.repository.js';
import type { WaitingChange } from './directory-notices.js';

/** The open proposals with whom they wait for. One made on an older directory waits for nobody: it can only be made again. */
export async function waitingChanges(tx: Tx): Promise<readonly WaitingChange[]> {
  const administrators = await administratorIds(tx);
  const newest = await row<{ version: number }>(tx, 'SELECT max(version) AS version FROM directory_version');
  const proposals = await listProposals(tx);
  return proposals
    .filter(({ state, basedOn }) => state === 'open' && basedOn === newest?.version)
    .flatMap((proposal): WaitingChange[] => {
      const { id, proposedBy, routes, signatures } = proposal;
      const awaits = awaitedAdministrator(proposal, administrators);
      const made = [signatures, ...routes.map((route) => route.signatures)].flat().length;
      return awaits === null ? [] : [{ proposal: id, proposedBy, awaits, signatures: made }];
    });
}
