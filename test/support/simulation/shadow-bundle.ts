import { nodeCrypto } from '#evidence/node-crypto';
import type { RouteStage } from '#evidence/statements';
import { verifyBundle } from '#evidence/verify-bundle';
import { signedSeats } from '#signoff/leg';
import { buildBundle, passkeyOf, trust } from '../bundle-builder.js';
import type { Dossier, LegFile } from './case-file.js';
import { must } from './promise.js';
import { type Staff, START } from './staff.js';

/** The seats of a complete leg as a dossier or seal lists them. */
export function countedSeats(leg: NonNullable<LegFile['current']>): Dossier {
  return signedSeats(leg).map(({ id, stage, role, organ, addedBy, signature: { actor, onBehalfOf, at, as } }) => ({
    seat: id, stage, role, organ, actor, at, onBehalfOf, added: addedBy !== null, as,
  })); // prettier-ignore
}

/**
 * I3: what was just approved verifies: a bundle with exactly these counted seats, every envelope of it signed by the right key,
 * goes through the verifier strangers run. Where a stage asks for passkeys, each signer of it has one.
 */
export function verifySealed(
  leg: NonNullable<LegFile['current']>,
  dossier: Dossier,
  stages: readonly RouteStage[],
  staff: Staff,
): void {
  const { kind, contributors, notBefore, notice, submitter } = leg.round;
  const plan = [
    ...dossier.map((seat) => ({ ...seat, leg: 'review' as const })),
    ...countedSeats(leg).map((seat) => ({ ...seat, leg: 'approval' as const })),
  ].map(({ at, onBehalfOf, ...seat }, index) => ({
    ...seat, second: (Date.parse(at) - Date.parse(START)) / 1000, ...(onBehalfOf == null ? {} : { onBehalfOf }),
    ...(stages.some(({ id, grade }) => id === seat.stage && grade === 'passkey') ? { passkey: passkeyOf(index) } : {}),
  })); // prettier-ignore
  const { bytes } = buildBundle({
    kind,
    notice: notice === null ? null : new TextEncoder().encode(`"${kind}"`),
    ...(notBefore === null ? {} : { notBefore }),
    plan: () => plan as never,
    route: (route) => ({ ...route, schema: 'sunward.route/2', kind, stages }),
    directory: ({ routes }) => staff.document(routes.map((route) => ({ ...route, kind }))),
    submission: (submission) => ({ ...submission, contributors, submitter }),
    seal: (seal) => ({ ...seal, contributors }),
  });
  const verdict = verifyBundle(bytes, trust, nodeCrypto);
  must(verdict.ok, `I3: what is sealed verifies${verdict.ok ? '' : `: ${JSON.stringify(verdict.defect)}`}`);
}
