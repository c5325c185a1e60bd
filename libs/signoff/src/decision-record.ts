import type { Instant } from '#domain/instant';
import type { Decision, Sent } from '#evidence/bundle';
import { canonicalBytes } from '#evidence/canonical';
import { type Envelope, PAYLOAD_TYPES, sealEnvelope } from '#evidence/dsse';

import type { LegCase, Seat } from './leg.js';
import type { StoredDecision } from './leg-decision.repository.js';
import type { LegPorts, ProvenPerson } from './leg-ports.js';
import { type DecisionBy, statementFor } from './statement.js';

/** The decision on a seat as it is kept: the statement signed by this service, beside the proof who sent it. */
export function decisionRecord(
  legCase: LegCase,
  seat: Seat,
  decidedBy: DecisionBy,
  at: Instant,
  proof: ProvenPerson,
  { signer, crypto }: LegPorts,
): StoredDecision {
  const statement = statementFor(legCase, seat, decidedBy);
  const bytes = canonicalBytes(sealEnvelope(PAYLOAD_TYPES.decision, statement, [signer]));
  return {
    seat: seat.id,
    stage: seat.stage,
    kind: decidedBy.kind,
    actor: decidedBy.actor,
    at,
    digest: crypto.sha256(bytes),
    envelope: textOf(bytes),
    caller: textOf(canonicalBytes(proof.envelope)),
    body: proof.rawBody,
    reason: null,
    place: decidedBy.place,
    toStage: null,
    onBehalfOf: decidedBy.onBehalfOf,
    deputy: null,
    passkey: null,
  };
}

/** A kept decision as it travels in dossiers and bundles. */
export function decisionEvidence(stored: StoredDecision): Decision {
  return {
    envelope: JSON.parse(stored.envelope) as Envelope,
    caller: JSON.parse(stored.caller) as Envelope,
    body: Buffer.from(stored.body).toString('base64'),
    deputy: stored.deputy === null ? null : (JSON.parse(stored.deputy) as Sent),
    ...(stored.passkey === null ? {} : { passkey: JSON.parse(stored.passkey) as Sent }),
  };
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}
