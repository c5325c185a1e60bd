import { randomUUID } from 'node:crypto';
import { getContent } from '#content-store/content-store';
import { type Refusal, refuse } from '#domain/decision';
import { type Digest, digest } from '#domain/identifiers';
import { canonicalBytes } from '#evidence/canonical';
import { counterOf, type PasskeyAssertion } from '#evidence/verify-passkey';
import { raiseAlarm } from '#outbox/alarm';
import type { Tx } from '#persistence/transaction';
import { actOnLeg } from '../act-on-leg.js';
import { decisionRecord } from '../decision-record.js';
import { deputyEvidence } from '../deputy-evidence.js';
import type { EnteredLeg } from '../enter-leg.js';
import type { LegEvent } from '../leg.js';
import type { CommandOf } from '../leg-command.js';
import { insertDecision } from '../leg-decision.repository.js';
import type { CompleteLeg, LegPorts, ProvenPerson } from '../leg-ports.js';
import { type CopiedPasskey, countPasskey, lockPasskey } from '../passkey-copy.repository.js';
import { passkeyRefusal } from '../passkey-proof.js';
import { signatureBy, statementFor } from '../statement.js';
import type { StoredLeg } from '../stored-leg.js';

/**
 * Signs one seat over the statement the person was shown (its digest), for himself or as a principal's deputy, having
 * gone through the items of the stage's checklist. `passkey`: what his passkey answered, when he signs with one.
 */
interface SignSeatCommand {
  readonly case: string;
  readonly seat: string;
  readonly statement: string;
  readonly onBehalfOf: string | null;
  readonly checked: readonly string[];
  readonly passkey?: PasskeyAssertion | undefined;
}

/** A passkey's answer with the passkey it claims to be from, locked. */
interface Claim {
  readonly assertion: PasskeyAssertion;
  readonly passkey: CopiedPasskey | undefined;
}

/**
 * A person's signature: lock, decide, keep the decision with its proof, and when it is the last of the leg make what
 * the leg hands on, all in one transaction. An authenticator that counted backwards raises an alarm. Refusals: as
 * `decide`, `passkeyRefusal`, and `not_found`.
 */
export async function signSeat(
  tx: Tx,
  command: SignSeatCommand,
  by: ProvenPerson,
  ports: LegPorts,
  complete: CompleteLeg,
): Promise<StoredLeg | Refusal> {
  const { onBehalfOf, passkey: assertion } = command;
  const statement = digest(command.statement);
  let claim: Claim | undefined;
  return actOnLeg(
    tx,
    {
      case: command.case,
      action: 'sign',
      onBehalfOf,
      digests: {
        statement,
        ...(assertion && { assertion: ports.crypto.sha256(canonicalBytes(assertion)) }),
      },
      complete,
      command: async (entered) => {
        claim = assertion && { assertion, passkey: await lockPasskey(tx, assertion.credential) };
        return signing(command, statement, claim, entered, by, ports);
      },
      keep: (entered, events) => keepSignature(tx, entered, events, claim, by, ports),
      refused: (refusal) => warnOfCopy(tx, refusal, claim),
    },
    by,
    ports,
  );
}

function signing(
  { seat: seatId, onBehalfOf, checked }: SignSeatCommand,
  statement: Digest,
  claim: Claim | undefined,
  { leg, context }: EnteredLeg,
  { person: actor, stepUpAt }: ProvenPerson,
  { crypto }: LegPorts,
): CommandOf<'sign'> {
  const command = { type: 'sign', seat: seatId, actor, onBehalfOf, stepUpAt, statement, checked } as const;
  if (claim === undefined) return { ...command, grade: 'attested', unproved: null };
  const seat = leg.legCase.seats.find(({ id }) => id === seatId);
  const ground = { passkey: claim.passkey, actor, at: context.at, crypto };
  // Under no seat there is nothing it could be a signature of; the law refuses the seat first.
  const unproved =
    seat === undefined
      ? refuse('slot_not_open')
      : passkeyRefusal(claim.assertion, statementFor(leg.legCase, seat, signatureBy(actor, onBehalfOf)), ground);
  return { ...command, grade: 'passkey', unproved };
}

async function warnOfCopy(tx: Tx, { refused, data }: Refusal, claim: Claim | undefined): Promise<void> {
  if (refused !== 'passkey_counter_back' || claim?.passkey === undefined) return;
  await raiseAlarm(tx, 'passkey_counter_back', { passkey: claim.passkey.id, ...data });
}

async function keepSignature(
  tx: Tx,
  { leg }: EnteredLeg,
  events: readonly LegEvent[],
  claim: Claim | undefined,
  by: ProvenPerson,
  ports: LegPorts,
): Promise<void> {
  const signed = events.find((event) => event.type === 'seat-signed');
  const seat = leg.legCase.seats.find(({ id }) => id === signed?.seat);
  if (signed?.type !== 'seat-signed' || seat === undefined) throw new Error('an accepted signature signs a seat');
  const { onBehalfOf, at, as } = signed;
  const record = decisionRecord(leg.legCase, seat, signatureBy(by.person, onBehalfOf), at, by, ports);
  const office = as ?? { role: seat.role, organ: seat.organ };
  const deputy =
    onBehalfOf === null ? null : await deputyEvidence(tx, { agent: by.person, principal: onBehalfOf }, office, at);
  const passkey = claim === undefined ? null : await passkeyEvidence(tx, claim);
  await insertDecision(tx, randomUUID(), leg.id, { ...record, deputy, passkey });
}

/** Notes the passkey's count, and answers how it was registered, as canonical JSON. */
async function passkeyEvidence(tx: Tx, { assertion, passkey }: Claim): Promise<string> {
  if (passkey === undefined) throw new Error('an accepted signature is by a passkey this service knows');
  await countPasskey(tx, passkey.id, counterOf(assertion) ?? 0);
  return Buffer.from(await getContent(tx, passkey.evidence)).toString('utf8');
}
