import { randomUUID } from 'node:crypto';
import type { SignoffWorld, Shown, Submitted, Person } from './signoff-world.js';
import { PEOPLE, signerOf } from './signoff-world.js';
import { getContent } from '#content-store/content-store';
import { isRefusal } from '#domain/decision';
import type { Digest } from '#domain/identifiers';
import { canonicalBytes, parseCanonical } from '#evidence/canonical';
import type { Signer } from '#evidence/crypto';
import { type Envelope, type PayloadType, sealEnvelope } from '#evidence/dsse';
import { nodeCrypto } from '#evidence/node-crypto';
import type { DossierStatement, Leg } from '#evidence/statements';
import { row, rows } from '#persistence/sql';
import { runInTransaction, type Tx } from '#persistence/transaction';
import type { ReviewRecord } from '#signoff/review-record';
import { viewLeg } from '#signoff/use-cases/view-leg.use-case';

// A thousand cases that stand exactly where one case stands, each with evidence of its own signed anew: opening and signing
// them one by one would take most of the time of the races they are for.

/** A case like its template. `shown`: what somebody was shown of the template, as he would be shown it of this one. */
export interface Clone extends Submitted {
  readonly shown: (of: Offered) => Shown;
  /** The id of the seat that stands where a seat of the template stands. */
  readonly seat: (id: string) => string;
}

/** What a person would sign: the statement as the service wrote it. */
export interface Offered {
  readonly seat: string;
  readonly statement: Readonly<Record<string, unknown>>;
  readonly onBehalfOf: string | null;
}

/** What the person could sign of the approval leg now, once he has looked; `nth` of several. */
export async function offered(world: SignoffWorld, of: Submitted, person: Person, nth = 0): Promise<Offered> {
  await world.act('approval', of, person, 'views', { content: of.content });
  const detail = await viewLeg(world.legs.approval, of.case, PEOPLE[person], nodeCrypto);
  const found = isRefusal(detail) ? undefined : detail.signable[nth];
  if (found === undefined) throw new Error(`${person} has nothing to sign`);
  return { seat: found.seat, statement: { ...found.statement }, onBehalfOf: found.onBehalfOf };
}

/** Makes `count` cases in the approval leg that stand where the template stands. */
export async function cloneCases(world: SignoffWorld, template: Submitted, count: number): Promise<readonly Clone[]> {
  const original = await originalOf(world, template);
  const copies = Array.from({ length: count }, () => copyOf(original, template));
  await runInTransaction(world.legs.approval, (tx) => insertCopies(tx, original, copies));
  return copies.map(({ clone }) => clone);
}

interface StoredSignature {
  readonly id: string;
  readonly envelope: string;
  readonly caller: string;
  readonly body: Buffer;
}

interface Original {
  readonly case: string;
  readonly leg: string;
  readonly seats: readonly string[];
  readonly submission: Envelope;
  readonly review: ReviewRecord;
  readonly signatures: readonly StoredSignature[];
  readonly seatOf: ReadonlyMap<string, string>;
}

async function originalOf({ legs: { approval } }: SignoffWorld, { case: caseId }: Submitted): Promise<Original> {
  const leg = await row<{ id: string; submission: string; dossier: string }>(
    approval,
    'SELECT id, submission, dossier FROM leg_case WHERE case_id = $1 AND current',
    [caseId],
  );
  if (leg === undefined) throw new Error(`case ${caseId} is not in the approval leg`);
  const stored = async <T>(name: string): Promise<T> => parseCanonical(await getContent(approval, name)) as T;
  const seats = await rows<{ id: string }>(approval, 'SELECT id FROM leg_seat WHERE leg_case = $1', [leg.id]);
  const signatures = await rows<StoredSignature & { seat: string }>(
    approval,
    'SELECT id, seat, envelope, caller, body FROM leg_decision WHERE leg_case = $1',
    [leg.id],
  );
  return {
    case: caseId,
    leg: leg.id,
    seats: seats.map(({ id }) => id),
    submission: await stored<Envelope>(leg.submission),
    review: await stored<ReviewRecord>(leg.dossier),
    signatures,
    seatOf: new Map(signatures.map(({ id, seat }) => [id, seat])),
  };
}

interface Copy {
  readonly clone: Clone;
  readonly leg: string;
  readonly seats: readonly string[];
  readonly submission: Uint8Array;
  readonly review: Uint8Array;
  readonly signatures: readonly (StoredSignature & { readonly old: string; readonly digest: Digest })[];
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const digestOf = (value: object): Digest => nodeCrypto.sha256(canonicalBytes(value));

function copyOf(original: Original, template: Submitted): Copy {
  const renamed = new Map(
    [template.case, template.document, ...original.seats].map((id) => [id, randomUUID() as string]),
  );
  const rename = (text: string): string => text.replace(UUID, (id) => renamed.get(id) ?? id);
  const seat = (id: string): string => renamed.get(id) ?? id;
  const submission = signedAnew(original.submission, rename, signerOf('drafting'));
  const decisions = original.review.decisions.map((decision) => {
    const { envelope, caller, body } = decisionAnew(decision, Buffer.from(decision.body, 'base64'), 'review', rename);
    return { ...decision, envelope, caller, body: body.toString('base64') };
  });
  const dossier = signedAnew(original.review.dossier, rename, signerOf('review'), (statement) => ({
    ...statement,
    submission: digestOf(submission),
    seats: (statement as DossierStatement).seats.map((one, index) => ({
      ...one,
      decision: digestOf(decisions[index]!.envelope),
    })),
  }));
  const signatures = original.signatures.map(({ id, body, ...kept }) => {
    const parsed = { envelope: JSON.parse(kept.envelope) as Envelope, caller: JSON.parse(kept.caller) as Envelope };
    const anew = decisionAnew(parsed, body, 'approval', rename);
    const text = (value: object): string => Buffer.from(canonicalBytes(value)).toString('utf8');
    return { old: id, id: randomUUID(), digest: digestOf(anew.envelope), envelope: text(anew.envelope), caller: text(anew.caller), body: anew.body }; // prettier-ignore
  });
  const shown = ({ seat: at, statement, onBehalfOf }: Offered): Shown => ({
    seat: seat(at),
    statement: digestOf(JSON.parse(rename(JSON.stringify(statement))) as object),
    onBehalfOf,
  });
  const clone = { ...template, case: seat(template.case), document: seat(template.document), seat, shown };
  return {
    clone, leg: randomUUID(), seats: original.seats.map(seat), signatures,
    submission: canonicalBytes(submission), review: canonicalBytes({ ...original.review, decisions, dossier }),
  }; // prettier-ignore
}

function signedAnew(
  { payloadType, payload }: Envelope,
  rename: (text: string) => string,
  by: Signer,
  change: (statement: object) => object = (statement) => statement,
): Envelope {
  const statement = JSON.parse(rename(Buffer.from(payload, 'base64').toString('utf8'))) as object;
  return sealEnvelope(payloadType as PayloadType, change(statement), [by]);
}

/** A decision with what the person sent: he was shown this case's statement, and named it. */
function decisionAnew(
  { envelope, caller }: { readonly envelope: Envelope; readonly caller: Envelope },
  sent: Buffer,
  leg: Leg,
  rename: (text: string) => string,
): { envelope: Envelope; caller: Envelope; body: Buffer } {
  const decided = signedAnew(envelope, rename, signerOf(leg));
  const statement = nodeCrypto.sha256(Buffer.from(decided.payload, 'base64'));
  const request = JSON.parse(rename(sent.toString('utf8'))) as Record<string, unknown>;
  const body = Buffer.from(JSON.stringify('statement' in request ? { ...request, statement } : request));
  const asked = signedAnew(caller, rename, signerOf('gateway'), (said) => ({ ...said, body: nodeCrypto.sha256(body) }));
  return { envelope: decided, caller: asked, body };
}

async function insertCopies(tx: Tx, original: Original, copies: readonly Copy[]): Promise<void> {
  const blobs = copies.flatMap(({ submission, review }) => [submission, review]);
  await rows(
    tx,
    `INSERT INTO content.blob (digest, media_type, size_bytes, bytes)
     SELECT digest, 'application/json', octet_length(bytes), bytes FROM unnest($1::text[], $2::bytea[]) AS blob (digest, bytes)`,
    [blobs.map((bytes) => nodeCrypto.sha256(bytes)), blobs.map((bytes) => Buffer.from(bytes))],
  );
  await likeRows(tx, 'leg_case', copies.map(({ leg, clone, submission, review }) => ({
    like: original.leg, id: leg, case_id: clone.case, document: clone.document,
    submission: nodeCrypto.sha256(submission), dossier: nodeCrypto.sha256(review),
  }))); // prettier-ignore
  await likeRows(tx, 'leg_seat', copies.flatMap(({ leg, seats }) =>
    original.seats.map((like, index) => ({ like, id: seats[index], leg_case: leg })))); // prettier-ignore
  await likeRows(tx, 'leg_decision', copies.flatMap(({ leg, clone, signatures }) =>
    signatures.map(({ old: like, body, ...signature }) => ({ like, leg_case: leg, body: `\\x${body.toString('hex')}`, ...signature, seat: clone.seat(original.seatOf.get(like) ?? '') })))); // prettier-ignore
  await rows(
    tx,
    `INSERT INTO leg_view (case_id, person, content, from_content, at)
     SELECT fresh, person, content, from_content, at FROM leg_view, unnest($2::uuid[]) AS fresh WHERE case_id = $1`,
    [original.case, copies.map(({ clone }) => clone.case)],
  );
}

/** Rows like others of the table (by their id) but for some columns. */
async function likeRows(tx: Tx, table: string, changed: readonly { readonly like: string }[]): Promise<void> {
  await rows(
    tx,
    `INSERT INTO ${table} SELECT made.* FROM unnest($1::text[]) AS one (change), LATERAL (SELECT change::jsonb AS to_be) x,
       LATERAL (SELECT old FROM ${table} old WHERE old.id = (to_be->>'like')::uuid) y, LATERAL jsonb_populate_record(y.old, to_be) AS made`,
    [changed.map((change) => JSON.stringify(change))],
  );
}
