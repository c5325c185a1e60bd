import { fromBase64 } from './base64.js';
import type { Decision } from './bundle.js';
import { canonicalBytes } from './canonical.js';
import type { EvidenceCrypto } from './crypto.js';
import { type Defect, defect, isDefect } from './defect.js';
import { openStatement } from './open-statement.js';
import { mismatch } from './same-statement.js';
import { digestText, listOf, orNull, record, type Shape, text, uuid } from './shape.js';
import type {
  CallerStatement,
  CountedSeat,
  DecisionStatement,
  Leg,
  RouteDocument,
  RouteStage,
  SealStatement,
} from './statements.js';
import { serviceKeys, type Trust } from './trust.js';
import { verifyDeputy } from './verify-deputy.js';

/** What a decision is checked against. */
export interface DecisionGround {
  readonly leg: Leg;
  readonly seal: SealStatement;
  readonly route: RouteDocument;
  readonly trust: Trust;
  readonly crypto: EvidenceCrypto;
}

/** The password must have been entered at most this long before the signature. */
const STEP_UP_SECONDS = 300;
/** The gateway's clock and the database's may differ by this much. */
const CLOCK_SECONDS = 60;

const asked = { seat: uuid, statement: digestText };
const said = { onBehalfOf: orNull(uuid), checked: listOf(text) };
/** A request to sign a seat: what is signed, and what clients may leave out. */
const signSeat: Shape = (value, where) => {
  const given = Object.entries(said).filter(([field]) => Object.hasOwn(Object(value), field));
  return record({ ...asked, ...Object.fromEntries(given) })(value, where);
};

/**
 * Checks one counted seat: the very decision listed, signed by the leg's service, over what the seal is about, and sent
 * by the person himself with a fresh password. Defects: decision_digest, decision_signature, decision_mismatch,
 * grade_too_low, checklist_incomplete, caller_signature, caller_mismatch, caller_stale, and those of `verifyDeputy`.
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
  if (stage?.grade !== 'attested')
    return defect('grade_too_low', where, `stage ${seat.stage} asks for a ${stage?.grade} signature`);
  return (
    verifyCaller(decision, seat, { statement: crypto.sha256(opened.bytes), stage }, where, ground) ??
    verifyDeputy(decision.deputy ?? null, seat, `${where}.deputy`, ground)
  );
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

function verifyCaller(
  decision: Decision,
  seat: CountedSeat,
  { statement, stage }: { readonly statement: string; readonly stage: RouteStage },
  where: string,
  { leg, seal, trust, crypto }: DecisionGround,
): Defect | undefined {
  const opened = openStatement('caller', decision.caller, serviceKeys(trust, 'gateway', crypto), crypto);
  if (isDefect(opened)) return defect('caller_signature', `${where}.caller`, `${opened.defect}: ${opened.detail}`);
  const body = fromBase64(decision.body);
  if (!body) return defect('caller_mismatch', `${where}.body`, 'not base64');
  const wanted = {
    person: seat.actor,
    audience: leg,
    method: 'POST',
    path: `/${leg}-cases/${seal.case}/signatures`,
    body: crypto.sha256(body),
  };
  const wrong = mismatch('caller_mismatch', `${where}.caller`, opened.statement, wanted);
  if (wrong) return wrong;
  const sent = readSignSeat(body);
  if (sent === undefined) return defect('caller_mismatch', `${where}.body`, 'not a request to sign a seat');
  const { onBehalfOf = null, checked = [] } = sent;
  return (
    mismatch('caller_mismatch', `${where}.body`, sent, { seat: seat.seat, statement }) ??
    mismatch('caller_mismatch', `${where}.body`, { onBehalfOf }, { onBehalfOf: seat.onBehalfOf ?? null }) ??
    checklistGap(stage, checked, `${where}.body.checked`) ??
    staleness(opened.statement, seat, `${where}.caller`)
  );
}

function checklistGap(
  { id, checklist = [] }: RouteStage,
  checked: readonly string[],
  where: string,
): Defect | undefined {
  const open = checklist.find((item) => !checked.includes(item.id));
  return open && defect('checklist_incomplete', where, `item ${open.id} of stage ${id} was not confirmed`);
}

interface SignRequest {
  readonly onBehalfOf?: string | null;
  readonly checked?: readonly string[];
}

function readSignSeat(body: Uint8Array): SignRequest | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    return signSeat(value, 'body') === undefined ? (value as SignRequest) : undefined;
  } catch {
    return undefined;
  }
}

/** The same rule by which the leg accepted the signature, so what it accepted is never refused here. */
function staleness(caller: CallerStatement, seat: CountedSeat, where: string): Defect | undefined {
  if (caller.stepUpAt === null)
    return defect('caller_stale', `${where}.stepUpAt`, 'the password was not entered again');
  const sinceStepUp = secondsBetween(caller.stepUpAt, seat.at);
  if (!(sinceStepUp >= -CLOCK_SECONDS && sinceStepUp <= STEP_UP_SECONDS))
    return defect('caller_stale', `${where}.stepUpAt`, `${sinceStepUp} s before, at most ${STEP_UP_SECONDS} s`);
  const sinceIssue = secondsBetween(caller.issuedAt, seat.at);
  if (!(Math.abs(sinceIssue) <= CLOCK_SECONDS))
    return defect(
      'caller_stale',
      `${where}.issuedAt`,
      `${sinceIssue} s from the signature, at most ${CLOCK_SECONDS} s`,
    );
  return undefined;
}

const secondsBetween = (earlier: string, later: string): number => (Date.parse(later) - Date.parse(earlier)) / 1000;
