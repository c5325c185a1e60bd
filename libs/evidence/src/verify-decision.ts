import type { Decision } from './bundle.js';
import { canonicalBytes } from './canonical.js';
import { type Defect, defect, isDefect } from './defect.js';
import { openStatement } from './open-statement.js';
import { mismatch } from './same-statement.js';
import type { CountedSeat, DecisionStatement } from './statements.js';
import { serviceKeys } from './trust.js';
import { type DecisionGround, verifyCaller } from './verify-caller.js';
import { verifyDeputy } from './verify-deputy.js';
import { assertionDefect, type PasskeyAssertion } from './verify-passkey.js';
import { verifyPasskeyRegistration } from './verify-passkey-registration.js';

/**
 * Checks one counted seat: the very decision listed, signed by the leg's service, over what the seal is about, and sent
 * by the person himself with a fresh password or signed with his passkey. Defects: decision_digest, decision_signature,
 * decision_mismatch, passkey_unproved, passkey_other_person, passkey_later, and those of `verifyCaller`, `verifyDeputy`,
 * `verifyPasskeyRegistration` and `assertionDefect`.
 */
export function verifyDecision(
  decision: Decision,
  seat: CountedSeat,
  where: string,
  ground: DecisionGround,
): Defect | undefined {
  const { leg, route, trust, crypto } = ground;
  if (crypto.sha256(canonicalBytes(decision.envelope)) !== seat.decision)
    return defect('decision_digest', where, `not the decision ${seat.decision} listed for seat ${seat.seat}`);
  const opened = openStatement('decision', decision.envelope, serviceKeys(trust, leg, crypto), crypto);
  if (isDefect(opened)) return defect('decision_signature', where, `${opened.defect}: ${opened.detail}`);
  const stage = route.stages.find(({ id }) => id === seat.stage);
  const wanted = { ...wantedDecision(seat, stage?.meaning, ground), ...wantedAct(opened.statement, ground) };
  const wrong = mismatch('decision_mismatch', where, opened.statement, wanted);
  if (wrong) return wrong;
  if (stage === undefined) return defect('decision_mismatch', where, `no stage ${seat.stage} in the route`);
  const sent = verifyCaller(decision, seat, { statement: crypto.sha256(opened.bytes), stage }, where, ground);
  if (isDefect(sent)) return sent;
  return (
    verifyPasskey(decision, seat, { statement: opened.bytes, assertion: sent.passkey }, `${where}.passkey`, ground) ??
    verifyDeputy(decision.deputy ?? null, seat, `${where}.deputy`, ground)
  );
}

/** A signature with a passkey: of the signer himself, registered before he signed. Without one there is nothing to prove. */
function verifyPasskey(
  { passkey: registration }: Decision,
  seat: CountedSeat,
  { statement, assertion }: { readonly statement: Uint8Array; readonly assertion: PasskeyAssertion | undefined },
  where: string,
  { trust, crypto }: DecisionGround,
): Defect | undefined {
  if (registration === undefined && assertion === undefined) return undefined;
  if (registration === undefined || assertion === undefined)
    return defect('passkey_unproved', where, registration ? 'a passkey that signed nothing' : 'nobody registered it');
  const passkey = verifyPasskeyRegistration(registration, where, { trust, crypto });
  if (isDefect(passkey)) return passkey;
  if (passkey.person !== seat.actor)
    return defect('passkey_other_person', where, `the passkey of ${passkey.person}, signed by ${seat.actor}`);
  if (passkey.at > seat.at) return defect('passkey_later', where, `signed ${seat.at}, registered ${passkey.at}`);
  return assertionDefect(assertion, passkey, statement, where, crypto);
}

function wantedDecision(
  seat: CountedSeat,
  meaning: string | undefined,
  { leg, seal }: DecisionGround,
): Readonly<Record<string, unknown>> {
  const { case: caseId, round, document, edition, content, route, notBefore } = seal;
  const about = { case: caseId, round, leg, document, edition, content, route, notBefore };
  return {
    ...about,
    seat: seat.seat,
    stage: seat.stage,
    kind: 'sign',
    meaning,
    actor: seat.actor,
    onBehalfOf: seat.onBehalfOf ?? null,
    reason: null,
    place: null,
  };
}

/** Statements of the first form do not say what they are for; that was always to publish. */
function wantedAct(statement: DecisionStatement, { seal }: DecisionGround): Readonly<Record<string, unknown>> {
  return statement.act === undefined && seal.kind === 'publish' ? {} : { act: seal.kind, notice: seal.notice ?? null };
}
