import { randomUUID } from 'node:crypto';
import type { RawBodyRequest } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { isRefusal, refuse, type Refusal } from '#domain/decision';
import { instant, type Instant, plusSeconds } from '#domain/instant';
import { PAYLOAD_TYPES, sealEnvelope } from '#evidence/dsse';
import type { CallerStatement } from '#evidence/statements';
import { ACCEPTED, NO_REPORT, recordEntry } from '#ledger/record-entry';
import type { Answer } from '#persistence/command.repository';
import { databaseNow } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import type { Caller } from '#service-runtime/caller.guard';
import { runCommand } from '#service-runtime/command';
import type { ServicePorts } from '#service-runtime/ports';
import { keyIn } from './idempotency-key.js';
import type { Session } from './session.repository.js';

/** As long as the services accept a step-up before a signature. */
const STEP_UP_SECONDS = 300;
const CLOCK_SECONDS = 60;
const ASSERTION_SECONDS = 30;

/** Who asks the gateway itself for something, and how. */
export interface OwnRequest {
  readonly session: Session;
  readonly request: RawBodyRequest<FastifyRequest>;
}

/**
 * The gateway's own signed word for who sent it what, as it gives it to other services: the proof of an act that other
 * services must believe without asking.
 */
export function ownCaller(
  { signer, crypto }: Pick<ServicePorts, 'signer' | 'crypto'>,
  { session, request }: OwnRequest,
): Caller {
  const rawBody = new Uint8Array(request.rawBody ?? []);
  const issuedAt = instant(new Date());
  const statement: CallerStatement = {
    person: session.person,
    session: session.id,
    stepUpAt: session.stepUpAt,
    audience: 'gateway',
    method: request.method,
    path: ownPath(request.url),
    body: crypto.sha256(rawBody),
    key: keyIn(request.headers),
    correlationId: randomUUID(),
    issuedAt,
    expiresAt: plusSeconds(issuedAt, ASSERTION_SECONDS),
  };
  const envelope = sealEnvelope(PAYLOAD_TYPES.caller, statement, [signer]);
  const { person, stepUpAt, correlationId, method, path } = statement;
  return { person, session: session.id, stepUpAt, key: statement.key, correlationId, method, path, envelope, rawBody };
}

/** The path as other services write theirs: without the prefix of the public API. */
function ownPath(url: string): string {
  return (url.split('?')[0] ?? '').replace(/^\/api\/v1(?=\/)/, '');
}

/** True when the password was entered again shortly before. */
export function isFresh(stepUpAt: Instant | null, at: Instant): boolean {
  return (
    stepUpAt !== null && stepUpAt >= plusSeconds(at, -STEP_UP_SECONDS) && stepUpAt <= plusSeconds(at, CLOCK_SECONDS)
  );
}

/**
 * Runs an act of a person on the gateway itself: once per Idempotency-Key, with the password entered again, in one
 * transaction with its ledger entry. Refusals: key_required, key_reused, step_up_required, and those of the act.
 */
export async function ownCommand(
  ports: ServicePorts,
  asked: OwnRequest,
  action: string,
  act: (tx: Tx, caller: Caller) => Promise<object | Refusal>,
): Promise<Answer> {
  const caller = ownCaller(ports, asked);
  return runCommand(ports, caller, async (tx) => {
    const isProved = isFresh(caller.stepUpAt, await databaseNow(tx));
    const outcome = isProved ? await act(tx, caller) : refuse('step_up_required');
    await recordEntry(tx, ports, {
      report: NO_REPORT,
      case: null,
      actor: caller.person,
      action,
      outcome: isRefusal(outcome) ? outcome.refused : ACCEPTED,
      digests: { request: ports.crypto.sha256(caller.rawBody) },
      body: sentBody(caller.rawBody),
      requestId: caller.correlationId,
    });
    return outcome;
  });
}

function sentBody(rawBody: Uint8Array): object {
  const value: unknown = rawBody.byteLength === 0 ? {} : JSON.parse(new TextDecoder().decode(rawBody));
  return { request: value };
}
