import { putContent } from '#content-store/content-store';
import { refuse, type Refusal } from '#domain/decision';
import { canonicalBytes } from '#evidence/canonical';
import { announce } from '#outbox/announce';
import { BadEvidence } from '#signoff/stored-evidence';
import { databaseNow } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import type { AgreedDirectory, AgreementPorts } from './agreed-directory.js';
import { endDeputiesOf } from './deputy.repository.js';
import { claimVersion, keepDirectory, saveLeavers, savePeople } from './directory.repository.js';
import { agreementDefect, directoryEnvelope, routeEnvelope } from './endorse.js';
import { DIRECTORY_STREAM, ENVELOPE_MEDIA_TYPE, ROUTE_MEDIA_TYPE } from './found-district.use-case.js';
import { keepOneTimePasswords, type PreparedPasswords } from './one-time-passwords.js';
import { bookWith } from './proposal-rules.js';
import type { StoredProposal } from './proposal.repository.js';
import { revokeAt } from './revoke-deputy.use-case.js';

/** What publishing needs of the shell. */
export type PublishingPorts = AgreementPorts;

interface Publishing {
  /** Whose signature completed it. */
  readonly by: string;
  readonly passwords: PreparedPasswords;
  readonly correlationId: string;
  readonly ports: PublishingPorts;
}

/** Deputies end with whoever leaves, on either side, and where both administrators revoked a grant. */
async function endWhatWasEntrusted(
  tx: Tx,
  { leavers, revokedDeputies }: StoredProposal['beside'],
  by: string,
): Promise<void> {
  for (const { person, at } of leavers) await endDeputiesOf(tx, person, at, by);
  await revokeAt(tx, revokedDeputies, await databaseNow(tx), by);
}

/**
 * Stores a directory both administrators signed as the next version, brings the gateway's tables into agreement with it
 * and announces it. Refusal `directory_moved_on`: another took the version meanwhile, and nothing must be kept. Throws
 * BadEvidence when what lay between the two signatures was altered: no service would believe it.
 */
export async function publishDirectory(
  tx: Tx,
  proposal: StoredProposal,
  newest: AgreedDirectory,
  { by, passwords, correlationId, ports }: Publishing,
): Promise<true | Refusal<'directory_moved_on'>> {
  const { document, routes, beside } = proposal;
  const defect = agreementDefect(proposal, ports.trust, ports.crypto);
  if (defect !== null) throw new BadEvidence(defect.defect, defect.where, defect.detail);
  for (const route of routes) {
    await putContent(tx, canonicalBytes(route.document), ROUTE_MEDIA_TYPE);
    await putContent(tx, canonicalBytes(routeEnvelope(route)), ENVELOPE_MEDIA_TYPE);
  }
  const directory = await putContent(tx, canonicalBytes(directoryEnvelope(proposal)), ENVELOPE_MEDIA_TYPE);
  if (!(await claimVersion(tx, document.version, directory))) return refuse('directory_moved_on');
  await savePeople(
    tx,
    beside.newPeople.map(({ id, name }) => ({ id, name, administrator: false })),
  );
  await keepOneTimePasswords(tx, beside, passwords);
  await saveLeavers(tx, beside.leavers);
  await endWhatWasEntrusted(tx, beside, by);
  await keepDirectory(tx, document, bookWith(newest.routes, proposal));
  const body = { version: document.version, directory };
  await announce(tx, [{ type: 'gateway.directory-published', stream: DIRECTORY_STREAM, body, correlationId }]);
  return true;
}
