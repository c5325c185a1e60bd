import { fromBase64 } from './base64.js';
import type { Sent } from './bundle.js';
import type { EvidenceCrypto } from './crypto.js';
import { type Defect, defect, isDefect } from './defect.js';
import { openStatement } from './open-statement.js';
import { mismatch } from './same-statement.js';
import { instantText, record, text, uuid } from './shape.js';
import type { CountedSeat, DeputyStatement } from './statements.js';
import { serviceKeys, type Trust } from './trust.js';

/** What a deputy's grant is checked against. */
export interface DeputyGround {
  readonly trust: Trust;
  readonly crypto: EvidenceCrypto;
}

/** The request by which a principal grants a deputy; its path at the gateway. */
export const DEPUTY_PATH = '/deputies';

/** The password must have been entered at most this long before the grant. */
const STEP_UP_SECONDS = 300;

const request = record({ agent: uuid, role: text, organ: text, from: instantText, until: instantText });

/**
 * Checks by what right somebody signed for another: exactly then, exactly that office, granted by the principal himself
 * with a fresh password. Defects: deputy_not_granted (none, or one too many), deputy_signature, deputy_mismatch,
 * deputy_expired, deputy_caller.
 */
export function verifyDeputy(
  deputy: Sent | null,
  seat: CountedSeat,
  where: string,
  { trust, crypto }: DeputyGround,
): Defect | undefined {
  const principal = seat.onBehalfOf ?? null;
  if (principal === null)
    return deputy === null ? undefined : defect('deputy_not_granted', where, 'a grant beside a signature for oneself');
  if (deputy === null)
    return defect('deputy_not_granted', where, `${seat.actor} signed for ${principal} without a grant`);
  const opened = openStatement('deputy', deputy.envelope, serviceKeys(trust, 'gateway', crypto), crypto);
  if (isDefect(opened)) return defect('deputy_signature', where, `${opened.defect}: ${opened.detail}`);
  const { role, organ } = seat.as ?? seat;
  const { statement } = opened;
  return (
    mismatch('deputy_mismatch', where, statement, { principal, agent: seat.actor, role, organ }) ??
    outsidePeriod(statement, seat, where) ??
    ungranted(deputy, statement, `${where}.caller`, { trust, crypto })
  );
}

function outsidePeriod({ from, until }: DeputyStatement, { at }: CountedSeat, where: string): Defect | undefined {
  return from <= at && at < until
    ? undefined
    : defect('deputy_expired', where, `signed ${at}, granted from ${from} until before ${until}`);
}

/** The principal sent exactly this grant, and had just proved to be himself. */
function ungranted(
  deputy: Sent,
  statement: DeputyStatement,
  where: string,
  { trust, crypto }: DeputyGround,
): Defect | undefined {
  const opened = openStatement('caller', deputy.caller, serviceKeys(trust, 'gateway', crypto), crypto);
  if (isDefect(opened)) return defect('deputy_caller', where, `${opened.defect}: ${opened.detail}`);
  const body = fromBase64(deputy.body);
  const sent = body && readRequest(body);
  if (!body || !sent) return defect('deputy_caller', `${where}.body`, 'not a request to grant a deputy');
  const { principal: person, agent, role, organ, from, until, at } = statement;
  const caller = { person, audience: 'gateway', method: 'POST', path: DEPUTY_PATH, body: crypto.sha256(body) };
  const wrong =
    mismatch('deputy_caller', where, opened.statement, caller) ??
    mismatch('deputy_caller', `${where}.body`, sent, { agent, role, organ, from, until });
  if (wrong) return wrong;
  const { stepUpAt } = opened.statement;
  const seconds = stepUpAt === null ? Number.NaN : (Date.parse(at) - Date.parse(stepUpAt)) / 1000;
  return Math.abs(seconds) <= STEP_UP_SECONDS
    ? undefined
    : defect('deputy_caller', `${where}.stepUpAt`, `the password was entered ${seconds} s before`);
}

function readRequest(body: Uint8Array): object | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    return request(value, 'body') === undefined ? (value as object) : undefined;
  } catch {
    return undefined;
  }
}
