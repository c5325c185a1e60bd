import { fromBase64 } from './base64.js';
import type { Decision } from './bundle.js';
import type { EvidenceCrypto } from './crypto.js';
import { type Defect, defect, isDefect } from './defect.js';
import { openStatement } from './open-statement.js';
import { mismatch } from './same-statement.js';
import { digestText, listOf, orNull, record, type Shape, text, uuid } from './shape.js';
import type { CallerStatement, CountedSeat, Leg, RouteDocument, RouteStage, SealStatement } from './statements.js';
import { serviceKeys, type Trust } from './trust.js';
import { assertionShape, type PasskeyAssertion } from './verify-passkey.js';

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
const said = { onBehalfOf: orNull(uuid), checked: listOf(text), passkey: assertionShape };
/** A request to sign a seat: what is signed, and what clients may leave out. */
const signSeat: Shape = (value, where) => {
  const given = Object.entries(said).filter(([field]) => Object.hasOwn(Object(value), field));
  return record({ ...asked, ...Object.fromEntries(given) })(value, where);
};

/** What somebody sent to sign a seat. `passkey`: what his passkey answered, when he signed with one. */
interface SignRequest {
  readonly onBehalfOf?: string | null;
  readonly checked?: readonly string[];
  readonly passkey?: PasskeyAssertion;
}

/**
 * Checks that the signer himself sent exactly this signature, in the grade his stage asks for, and had just proved to be
 * there. `statement`: the digest of what is signed. Answers what he sent. Defects: caller_signature, caller_mismatch,
 * checklist_incomplete, grade_too_low, caller_stale.
 */
export function verifyCaller(
  decision: Decision,
  seat: CountedSeat,
  { statement, stage }: { readonly statement: string; readonly stage: RouteStage },
  where: string,
  { leg, seal, trust, crypto }: DecisionGround,
): SignRequest | Defect {
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
  const { onBehalfOf = null, checked = [], passkey } = sent;
  const grade = passkey === undefined ? 'attested' : 'passkey';
  return (
    mismatch('caller_mismatch', `${where}.body`, sent, { seat: seat.seat, statement }) ??
    mismatch('caller_mismatch', `${where}.body`, { onBehalfOf }, { onBehalfOf: seat.onBehalfOf ?? null }) ??
    checklistGap(stage, checked, `${where}.body.checked`) ??
    gradeGap(stage, grade, where) ??
    staleness(opened.statement, seat, grade, `${where}.caller`) ??
    sent
  );
}

function gradeGap({ id, grade: demanded }: RouteStage, given: RouteStage['grade'], where: string): Defect | undefined {
  return demanded === 'attested' || given === 'passkey'
    ? undefined
    : defect('grade_too_low', where, `stage ${id} asks for a ${demanded} signature, this is ${given}`);
}

function checklistGap(
  { id, checklist = [] }: RouteStage,
  checked: readonly string[],
  where: string,
): Defect | undefined {
  const open = checklist.find((item) => !checked.includes(item.id));
  return open && defect('checklist_incomplete', where, `item ${open.id} of stage ${id} was not confirmed`);
}

function readSignSeat(body: Uint8Array): SignRequest | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    return signSeat(value, 'body') === undefined ? (value as SignRequest) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The same rule by which the leg accepted the signature, so what it accepted is never refused here. A passkey has asked who
 * is there itself, for this very statement: then no password is needed.
 */
function staleness(
  caller: CallerStatement,
  seat: CountedSeat,
  grade: RouteStage['grade'],
  where: string,
): Defect | undefined {
  if (grade === 'attested') {
    if (caller.stepUpAt === null)
      return defect('caller_stale', `${where}.stepUpAt`, 'the password was not entered again');
    const sinceStepUp = secondsBetween(caller.stepUpAt, seat.at);
    if (!(sinceStepUp >= -CLOCK_SECONDS && sinceStepUp <= STEP_UP_SECONDS))
      return defect('caller_stale', `${where}.stepUpAt`, `${sinceStepUp} s before, at most ${STEP_UP_SECONDS} s`);
  }
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
