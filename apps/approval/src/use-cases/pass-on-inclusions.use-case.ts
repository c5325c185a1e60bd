import { getContent, putContent } from '#content-store/content-store';
import type { InboundMessage } from '#contracts/routing';
import { type Digest, digest } from '#domain/identifiers';
import { isDefect } from '#evidence/defect';
import { inclusionBytes, type InclusionProofs, readInclusionProofs } from '#evidence/inclusion-proofs';
import { proveInclusion } from '#evidence/inclusion';
import { readEntry } from '#evidence/ledger-entry';
import { findEntry } from '#ledger/ledger.repository';
import { raiseAlarm } from '#outbox/alarm';
import { announce } from '#outbox/announce';
import type { Tx } from '#persistence/transaction';
import { findLegCase } from '#signoff/leg-case.repository';
import type { LegPorts } from '#signoff/leg-ports';

/** Media type of a proof of inclusion in the content store. */
const INCLUSION = 'application/vnd.sunward.inclusion+json';

type Proof = InclusionProofs['proofs'][number];

/**
 * The log proves entries of this service: for each that completed a bundle, publication is handed the proof, whole, to stand beside the evidence.
 * What does not prove itself raises `inclusion_not_proved`. A bundle that was recalled since is passed over.
 */
export async function passOnInclusions(
  tx: Tx,
  { body, correlationId }: InboundMessage<'ledger.included'>,
  ports: Pick<LegPorts, 'trust' | 'crypto'>,
): Promise<void> {
  const document = readInclusionProofs(await getContent(tx, body.proofs));
  if (isDefect(document)) {
    await raiseAlarm(tx, 'inclusion_not_proved', { proofs: body.proofs, code: document.defect });
    return;
  }
  for (const proof of document.proofs) await passOn(tx, proof, document.checkpoint, correlationId, ports);
}

async function passOn(
  tx: Tx,
  { leaf, ...place }: Proof,
  checkpoint: string,
  correlationId: string,
  { trust, crypto }: Pick<LegPorts, 'trust' | 'crypto'>,
): Promise<void> {
  const bytes = await findEntry(tx, leaf);
  const entry = bytes && readEntry(bytes);
  const bundle = entry && !isDefect(entry) ? entry.digests['bundle'] : undefined;
  if (bytes === undefined || entry === undefined || isDefect(entry) || bundle === undefined) {
    await raiseAlarm(tx, 'inclusion_not_proved', { leaf, code: 'entry_unknown' });
    return;
  }
  if (entry.case === null) throw new Error(`entry ${leaf} names a bundle and no case`);
  const inclusion = inclusionBytes(bytes, { ...place, checkpoint });
  const proved = proveInclusion(inclusion, await getContent(tx, bundle), trust, crypto);
  if (isDefect(proved)) await raiseAlarm(tx, 'inclusion_not_proved', { leaf, code: proved.defect });
  else await tell(tx, { case: entry.case, bundle, inclusion, correlationId });
}

interface ProvedBundle {
  readonly case: string;
  readonly bundle: Digest;
  readonly inclusion: Uint8Array;
  readonly correlationId: string;
}

async function tell(tx: Tx, { case: caseId, bundle, inclusion, correlationId }: ProvedBundle): Promise<void> {
  const leg = await findLegCase(tx, caseId);
  if (leg === undefined || leg.bundle !== bundle) return;
  const { round, document, edition, content } = leg.legCase.round;
  const body = { case: caseId, round, document, edition, content: digest(content), bundle };
  const stored = await putContent(tx, inclusion, INCLUSION);
  await announce(tx, [
    { type: 'approval.included', stream: document, correlationId, body: { ...body, inclusion: stored } },
  ]);
}
