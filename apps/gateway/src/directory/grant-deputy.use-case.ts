import { randomUUID } from 'node:crypto';
import type { GrantDeputy } from '#contracts/http/deputies.api';
import { putContent } from '#content-store/content-store';
import { refuse, type Refusal } from '#domain/decision';
import { instant } from '#domain/instant';
import { toBase64 } from '#evidence/base64';
import type { Sent } from '#evidence/bundle';
import { canonicalBytes } from '#evidence/canonical';
import type { Signer } from '#evidence/crypto';
import { PAYLOAD_TYPES, sealEnvelope } from '#evidence/dsse';
import type { DeputyStatement } from '#evidence/statements';
import { announce } from '#outbox/announce';
import { databaseNow } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import type { Caller } from '#service-runtime/caller.guard';
import { isFresh } from '../access/own-command.js';
import { lookAgainAt } from '../notices/clocks.queries.js';
import { type AgreementPorts, newestDirectory } from './agreed-directory.js';
import { deputiesOfOffice, insertDeputy, lockOffice } from './deputy.repository.js';
import { deputyRefusal } from './deputy-rules.js';
import { everybody } from './directory.repository.js';

/** Every grant and revocation is one link of one stream, so that nobody hears of an end before its beginning. */
export const DEPUTY_STREAM = '5d0d1ec7-0000-4000-8000-000000000002';
/** A request with the proof of who sent it, as canonical JSON. */
const SENT_MEDIA_TYPE = 'application/vnd.sunward.sent+json';

export interface DeputyPorts extends AgreementPorts {
  readonly signer: Signer;
}

/**
 * A principal lets somebody act for him in one office for a time. What the services go by is the gateway's signed word for
 * his own request, kept with it. Refusals: as `deputyRefusal`, step_up_required, not_set_up.
 */
export async function grantDeputy(
  tx: Tx,
  { agent, role, organ, ...period }: GrantDeputy,
  caller: Caller,
  ports: DeputyPorts,
): Promise<DeputyStatement | Refusal> {
  await lockOffice(tx, { role, organ });
  const newest = await newestDirectory(tx, ports);
  if (newest === undefined) return refuse('not_set_up');
  const at = await databaseNow(tx);
  // Asked again at the very time the statement bears: it is what the verifier will compare with.
  if (!isFresh(caller.stepUpAt, at)) return refuse('step_up_required');
  const from = instant(period.from);
  const until = instant(period.until);
  const wish = { principal: caller.person, agent, role, organ, from, until };
  const people = new Map((await everybody(tx)).map((person) => [person.id, person]));
  const deputies = await deputiesOfOffice(tx, { role, organ });
  const refusal = deputyRefusal(wish, { ...newest, at, people, deputies });
  if (refusal !== null) return refusal;

  const statement: DeputyStatement = { id: randomUUID(), ...wish, at };
  const envelope = sealEnvelope(PAYLOAD_TYPES.deputy, statement, [ports.signer]);
  const sent: Sent = { envelope, caller: caller.envelope, body: toBase64(caller.rawBody) };
  const evidence = await putContent(tx, canonicalBytes(sent), SENT_MEDIA_TYPE);
  await insertDeputy(tx, statement, { evidence, at });
  await lookAgainAt(tx, { role, organ });
  const { at: _at, ...granted } = statement;
  const { correlationId } = caller;
  const body = { ...granted, version: newest.document.version, evidence };
  await announce(tx, [{ type: 'gateway.deputy-granted', stream: DEPUTY_STREAM, body, correlationId }]);
  return statement;
}
