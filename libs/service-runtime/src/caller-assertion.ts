import type { EvidenceCrypto, Signer } from '#evidence/crypto';
import { defect, type Defect, isDefect } from '#evidence/defect';
import { type Envelope, PAYLOAD_TYPES, sealEnvelope } from '#evidence/dsse';
import { openStatement } from '#evidence/open-statement';
import type { CallerStatement } from '#evidence/statements';
import { LOG_END, trustAt } from '#evidence/key-validity';
import { serviceKeys, type Trust } from '#evidence/trust';

/** Header that carries the gateway's signed word for who sent a request. */
export const CALLER_HEADER = 'x-sunward-caller';

/** How far two machines' clocks may lie apart, in milliseconds. */
const CLOCK_LEEWAY_MS = 5000;

/** A header value: the signed caller statement as base64url JSON. Only the gateway's key is accepted by services. */
export function signCaller(signer: Signer, statement: CallerStatement): string {
  return Buffer.from(JSON.stringify(sealEnvelope(PAYLOAD_TYPES.caller, statement, [signer]))).toString('base64url');
}

/** What the service itself knows of the request; the assertion must say the same. */
export interface ReceivedRequest {
  readonly audience: string;
  readonly method: string;
  /** Without query. */
  readonly path: string;
  readonly rawBody: Uint8Array;
  readonly nowMs: number;
}

/** A proved caller: the statement and the envelope it came in. */
export interface ProvedCaller {
  readonly statement: CallerStatement;
  readonly envelope: Envelope;
}

/** Checks a header value against the request. Defects: missing, malformed, those of the envelope, or other_request, stale. */
export function proveCaller(
  header: unknown,
  request: ReceivedRequest,
  trust: Trust,
  crypto: EvidenceCrypto,
): ProvedCaller | Defect {
  if (typeof header !== 'string') return defect('missing', CALLER_HEADER, 'no assertion');
  const envelope = readEnvelope(header);
  if (!envelope) return defect('malformed', CALLER_HEADER, 'not an envelope');
  const keys = serviceKeys(trustAt(trust, LOG_END), 'gateway', crypto);
  const opened = openStatement('caller', envelope, keys, crypto);
  if (isDefect(opened)) return opened;
  const { statement } = opened;
  const same =
    statement.audience === request.audience &&
    statement.method === request.method &&
    statement.path === request.path &&
    statement.body === crypto.sha256(request.rawBody);
  if (!same) return defect('other_request', CALLER_HEADER, 'made for another request');
  const from = Date.parse(statement.issuedAt) - CLOCK_LEEWAY_MS;
  const until = Date.parse(statement.expiresAt) + CLOCK_LEEWAY_MS;
  if (request.nowMs < from || request.nowMs > until) return defect('stale', CALLER_HEADER, 'outside its time');
  return { statement, envelope };
}

function readEnvelope(header: string): Envelope | undefined {
  try {
    const value = JSON.parse(Buffer.from(header, 'base64url').toString('utf8')) as Envelope;
    const { payloadType, payload, signatures } = value;
    const fits =
      typeof payloadType === 'string' &&
      typeof payload === 'string' &&
      Array.isArray(signatures) &&
      signatures.every(({ keyid, sig }) => typeof keyid === 'string' && typeof sig === 'string');
    return fits
      ? { payloadType, payload, signatures: signatures.map(({ keyid, sig }) => ({ keyid, sig })) }
      : undefined;
  } catch {
    return undefined; // whatever it is, it is not an envelope: the caller answers so
  }
}
