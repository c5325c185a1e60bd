import type { CaseKind } from '#domain/case-kind';
import { type Digest, digest } from '#domain/identifiers';
import { type Instant, instant, plusSeconds } from '#domain/instant';
import { toBase64 } from '#evidence/base64';
import { type Bundle, type Decision, schemaOf, type Sent } from '#evidence/bundle';
import { canonicalBytes } from '#evidence/canonical';
import type { Signer } from '#evidence/crypto';
import { type Envelope, PAYLOAD_TYPES, sealEnvelope } from '#evidence/dsse';
import { generateKeyPem, nodeCrypto, publicKeyOf, signerFromPem } from '#evidence/node-crypto';
import type {
  CallerStatement,
  CountedSeat,
  DecisionStatement,
  DeputyStatement,
  DirectoryDocument,
  DossierStatement,
  Leg,
  Office,
  PasskeyStatement,
  RouteDocument,
  RouteStage,
  SealStatement,
  SubmissionStatement,
} from '#evidence/statements';
import type { FirstTrust } from '#evidence/trust';
import { challengeOf, type PasskeyAssertion } from '#evidence/verify-passkey';
import { type Ceremony, SoftwarePasskey } from './software-passkey.js';

/** Ids that read well in a failing test: `id(7)` ends in 7. */
export const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** A person's place in the story: who signs which office of which stage, how many seconds after the start. */
interface PlannedSeat {
  readonly leg: Leg;
  readonly stage: string;
  readonly role: string;
  readonly organ: string;
  readonly seat: string;
  readonly actor: string;
  readonly second: number;
  /** Signed for somebody else, beside the route, or by the superior's office. */
  readonly onBehalfOf?: string;
  readonly added?: boolean;
  readonly as?: Office;
  /** Signed with this passkey instead of the password. */
  readonly passkey?: SoftwarePasskey;
}

/** What to tell differently. Everything after the change is signed anew, so only the law can refuse it. */
export interface Changes {
  readonly content?: Uint8Array;
  readonly notBefore?: Instant;
  readonly signers?: Partial<Record<SignerName, Signer>>;
  readonly administrators?: readonly Signer[];
  readonly plan?: (plan: readonly PlannedSeat[]) => readonly PlannedSeat[];
  readonly route?: (route: RouteDocument) => RouteDocument;
  readonly directory?: (directory: DirectoryDocument) => DirectoryDocument;
  readonly submission?: (submission: SubmissionStatement) => SubmissionStatement;
  readonly decision?: (decision: DecisionStatement, index: number) => DecisionStatement;
  readonly body?: (body: object, index: number) => object;
  readonly deputy?: (deputy: DeputyStatement) => DeputyStatement;
  /** The principal's request for a deputy, as the gateway asserts it. */
  readonly deputyCaller?: (caller: CallerStatement) => CallerStatement;
  readonly passkey?: (passkey: PasskeyStatement) => PasskeyStatement;
  /** The signer's request to register his passkey, and the same as the gateway asserts it. */
  readonly passkeyBody?: (body: object) => object;
  readonly passkeyCaller?: (caller: CallerStatement) => CallerStatement;
  /** Who vouches for a passkey, and for who asked to register it, in the gateway's place. */
  readonly passkeySigners?: { readonly passkey?: Signer; readonly caller?: Signer };
  /** What browser and authenticator do, and what of it is sent. */
  readonly ceremony?: Ceremony;
  readonly assertion?: (assertion: PasskeyAssertion) => PasskeyAssertion;
  readonly kind?: CaseKind;
  readonly notice?: Uint8Array | null;
  readonly caller?: (caller: CallerStatement, index: number) => CallerStatement;
  readonly dossier?: (dossier: DossierStatement) => DossierStatement;
  readonly seal?: (seal: SealStatement) => SealStatement;
  readonly bundle?: (bundle: Bundle) => Bundle;
}

export type SignerName = 'gateway' | 'drafting' | 'review' | 'approval' | 'publication';

const START = instant('2026-01-20T01:00:00.000Z');
const ORGAN = 'xiangyang';
const pems = {
  gateway: generateKeyPem(),
  drafting: generateKeyPem(),
  review: generateKeyPem(),
  approval: generateKeyPem(),
  publication: generateKeyPem(),
};
const administratorPems = [generateKeyPem(), generateKeyPem()];
const rawKey = (pem: string): string => toBase64(publicKeyOf(pem));
const digestOf = (value: object): Digest => nodeCrypto.sha256(canonicalBytes(value));
const same = <T>(value: T): T => value;

export const signers: Readonly<Record<SignerName, Signer>> = {
  gateway: signerFromPem(pems.gateway),
  drafting: signerFromPem(pems.drafting),
  review: signerFromPem(pems.review),
  approval: signerFromPem(pems.approval),
  publication: signerFromPem(pems.publication),
};
export const administrators: readonly Signer[] = administratorPems.map(signerFromPem);

/** The anchors under which the story verifies. */
export const trust: FirstTrust = {
  schema: 'sunward.trust/1',
  services: {
    gateway: rawKey(pems.gateway),
    drafting: rawKey(pems.drafting),
    review: rawKey(pems.review),
    approval: rawKey(pems.approval),
    publication: rawKey(pems.publication),
  },
  administrators: administratorPems.map((pem, index) => ({ person: id(91 + index), publicKey: rawKey(pem) })),
  site: 'http://localhost:3080',
};

const stage = (name: string, leg: Leg, slots: RouteStage['slots'], rest: Partial<RouteStage> = {}): RouteStage => ({
  id: name,
  leg,
  name,
  meaning: `${name}：同意。`,
  need: 'all',
  ordered: false,
  grade: 'attested',
  dueWorkingDays: 2,
  slots,
  ...rest,
});

const ROUTE: RouteDocument = {
  schema: 'sunward.route/1',
  kind: 'publish',
  name: '区政府年度报告审签路线',
  undoSeconds: 0,
  stages: [
    stage('first-review', 'review', [{ role: 'first-reviewer', organ: 'office' }]),
    stage('secrecy-review', 'review', [{ role: 'secrecy-reviewer', organ: 'office' }]),
    stage('countersign', 'approval', [
      { role: 'countersigner', organ: 'justice' },
      { role: 'countersigner', organ: 'finance' },
    ]),
    stage('principal', 'approval', [{ role: 'principal', organ: 'self' }]),
  ],
};

/** Five signatures over both legs, ten seconds apart. Persons 11 to 15, seats 21 to 25. */
const PLAN: readonly PlannedSeat[] = [
  { leg: 'review', stage: 'first-review', role: 'first-reviewer', organ: 'office' },
  { leg: 'review', stage: 'secrecy-review', role: 'secrecy-reviewer', organ: 'office' },
  { leg: 'approval', stage: 'countersign', role: 'countersigner', organ: 'justice' },
  { leg: 'approval', stage: 'countersign', role: 'countersigner', organ: 'finance' },
  { leg: 'approval', stage: 'principal', role: 'principal', organ: ORGAN },
].map((seat, index) => ({
  ...(seat as Pick<PlannedSeat, 'leg' | 'stage' | 'role' | 'organ'>),
  seat: id(21 + index),
  actor: id(11 + index),
  second: 10 * (index + 1),
}));

function directoryOf(routeEnvelope: Envelope, route: RouteDocument): DirectoryDocument {
  return {
    schema: 'sunward.directory/1',
    version: 1,
    at: START,
    organs: [{ code: ORGAN, name: '向阳区人民政府', level: 'county', parent: null }],
    persons: PLAN.map(({ actor }) => ({ id: actor, active: true })),
    grants: PLAN.map(({ actor, role, organ }) => ({ person: actor, role, organ, from: START, until: null })),
    routes: [{ digest: digestOf(route), envelope: digestOf(routeEnvelope), kind: 'publish', appliesTo: '*' }],
  };
}

function signedSeat(planned: PlannedSeat, index: number, about: Round, changes: Changes): [CountedSeat, Decision] {
  const { leg, stage: stageId, role, organ, seat, actor, second, onBehalfOf = null, added, as = null } = planned;
  const by = { ...signers, ...changes.signers };
  const at = plusSeconds(START, second);
  const meaning = about.stages.find((one) => one.id === stageId)?.meaning ?? '';
  const { stages, act, notice, ...round } = about;
  const checked = (stages.find((one) => one.id === stageId)?.checklist ?? []).map(({ id: item }) => item);
  const present = act !== 'publish' || changes.notice !== undefined ? { act, notice } : {};
  const statement = (changes.decision ?? same)(
    {
      ...round,
      leg,
      seat,
      stage: stageId,
      kind: 'sign',
      meaning,
      actor,
      onBehalfOf,
      reason: null,
      place: null,
      ...present,
    },
    index,
  );
  const envelope = sealEnvelope(PAYLOAD_TYPES.decision, statement, [by[leg]]);
  const body = new TextEncoder().encode(
    JSON.stringify(
      (changes.body ?? same)(
        {
          seat,
          statement: digestOf(statement),
          ...(onBehalfOf === null ? {} : { onBehalfOf }),
          ...(checked.length === 0 ? {} : { checked }),
          ...(planned.passkey === undefined ? {} : { passkey: assertionOf(planned.passkey, statement, changes) }),
        },
        index,
      ),
    ),
  );
  const caller = (changes.caller ?? same)(
    {
      person: actor,
      session: 'session',
      stepUpAt: plusSeconds(at, -20),
      audience: leg,
      method: 'POST',
      path: `/${leg}-cases/${round.case}/signatures`,
      body: nodeCrypto.sha256(body),
      key: 'key',
      correlationId: id(1),
      issuedAt: at,
      expiresAt: plusSeconds(at, 30),
    },
    index,
  );
  return [
    {
      seat,
      stage: stageId,
      role,
      organ,
      actor,
      decision: digestOf(envelope),
      at,
      ...(isPresent(planned) ? { onBehalfOf, added: added ?? false, as } : {}),
    },
    {
      envelope,
      caller: sealEnvelope(PAYLOAD_TYPES.caller, caller, [by.gateway]),
      body: toBase64(body),
      ...(onBehalfOf === null ? {} : { deputy: deputyOf(planned, onBehalfOf, at, changes) }),
      ...(planned.passkey === undefined ? {} : registeredBy(planned.passkey, planned, at, changes)),
    },
  ];
}

const PASSKEY_SITE = { rpId: 'localhost', origin: 'http://localhost:3000' } as const;

/** Signers of the story who sign with a passkey, each with his own: by the places of their seats. */
export const withPasskeys =
  (...places: readonly number[]) =>
  (plan: readonly PlannedSeat[]): readonly PlannedSeat[] =>
    plan.map((seat, index) => (places.includes(index) ? { ...seat, passkey: passkeyOf(index) } : seat));

const passkeys = new Map<number, SoftwarePasskey>();
/** The passkey of the signer at a place, made when first asked for: ES256, EdDSA and RS256 in turn. */
export function passkeyOf(place: number): SoftwarePasskey {
  const algorithm = (['es256', 'eddsa', 'rs256'] as const)[place % 3]!;
  const passkey = passkeys.get(place) ?? new SoftwarePasskey(PASSKEY_SITE.rpId, PASSKEY_SITE.origin, algorithm);
  passkeys.set(place, passkey);
  return passkey;
}

function assertionOf(passkey: SoftwarePasskey, statement: object, changes: Changes): PasskeyAssertion {
  const challenge = challengeOf(canonicalBytes(statement), nodeCrypto);
  return (changes.assertion ?? same)(passkey.assert(challenge, changes.ceremony));
}

/** The registration of a passkey a day before; a present decision names a deputy, or none. */
function registeredBy(
  passkey: SoftwarePasskey,
  { actor, onBehalfOf }: PlannedSeat,
  signedAt: Instant,
  changes: Changes,
): Pick<Decision, 'deputy' | 'passkey'> {
  const by = { ...signers, ...changes.signers };
  const at = plusSeconds(signedAt, -86_400);
  const { credential, publicKey } = passkey;
  const statement = (changes.passkey ?? same)({
    id: id(82),
    person: actor,
    credential,
    publicKey,
    ...PASSKEY_SITE,
    at,
  });
  const asked = (changes.passkeyBody ?? same)(passkey.register('cmVnaXN0ZXI'));
  const body = new TextEncoder().encode(JSON.stringify(asked));
  const caller = (changes.passkeyCaller ?? same)({
    person: actor,
    session: 'session',
    stepUpAt: plusSeconds(at, -20),
    audience: 'gateway',
    method: 'POST',
    path: '/passkeys',
    body: nodeCrypto.sha256(body),
    key: 'key',
    correlationId: id(1),
    issuedAt: at,
    expiresAt: plusSeconds(at, 30),
  });
  return {
    ...(onBehalfOf === undefined ? { deputy: null } : {}),
    passkey: {
      envelope: sealEnvelope(PAYLOAD_TYPES.passkey, statement, [changes.passkeySigners?.passkey ?? by.gateway]),
      caller: sealEnvelope(PAYLOAD_TYPES.caller, caller, [changes.passkeySigners?.caller ?? by.gateway]),
      body: toBase64(body),
    },
  };
}

const isPresent = ({ onBehalfOf, added, as }: PlannedSeat): boolean =>
  onBehalfOf !== undefined || added !== undefined || as !== undefined;

/** The principal's grant, given a minute before the signature and good for a day. */
function deputyOf(planned: PlannedSeat, principal: string, at: Instant, changes: Changes): Sent {
  const by = { ...signers, ...changes.signers };
  const { role, organ } = planned.as ?? planned;
  const statement = (changes.deputy ?? same)({
    id: id(81),
    principal,
    agent: planned.actor,
    role,
    organ,
    from: plusSeconds(at, -60),
    until: plusSeconds(at, 86_400),
    at: plusSeconds(at, -60),
  });
  const { agent, from, until } = statement;
  const asked = { agent, role: statement.role, organ: statement.organ, from, until };
  const body = new TextEncoder().encode(JSON.stringify(asked));
  const caller = (changes.deputyCaller ?? same)({
    person: principal,
    session: 'session',
    stepUpAt: plusSeconds(at, -80),
    audience: 'gateway',
    method: 'POST',
    path: '/deputies',
    body: nodeCrypto.sha256(body),
    key: 'key',
    correlationId: id(1),
    issuedAt: plusSeconds(at, -60),
    expiresAt: plusSeconds(at, -30),
  });
  return {
    envelope: sealEnvelope(PAYLOAD_TYPES.deputy, statement, [by.gateway]),
    caller: sealEnvelope(PAYLOAD_TYPES.caller, caller, [by.gateway]),
    body: toBase64(body),
  };
}

type Round = Pick<DecisionStatement, 'case' | 'round' | 'document' | 'edition' | 'content' | 'route' | 'notBefore'> &
  Pick<RouteDocument, 'stages'> & { readonly act: CaseKind; readonly notice: Digest | null };

/** A bundle every part of which is signed by the right keys; without changes it verifies. */
export function buildBundle(changes: Changes = {}): { bundle: Bundle; bytes: Uint8Array; content: Uint8Array } {
  const by = { ...signers, ...changes.signers };
  const agreeing = changes.administrators ?? administrators;
  const content = changes.content ?? canonicalBytes({ schema: 'test', text: '向阳区2020年政府信息公开工作年度报告' });
  const routeDocument = (changes.route ?? same)(ROUTE);
  const route = sealEnvelope(PAYLOAD_TYPES.route, routeDocument, agreeing);
  const directoryDocument = (changes.directory ?? same)(directoryOf(route, routeDocument));
  const directory = sealEnvelope(PAYLOAD_TYPES.directory, directoryDocument, agreeing);
  const notBefore = changes.notBefore ?? null;
  const round = { case: id(2), round: 1, document: id(3), edition: 1, content: nodeCrypto.sha256(content) };
  const kind = changes.kind ?? 'publish';
  const notice = changes.notice == null ? null : nodeCrypto.sha256(changes.notice);
  const told = changes.notice === undefined ? {} : { notice };
  const { stages } = routeDocument;
  const about: Round = { ...round, route: digestOf(routeDocument), notBefore, stages, act: kind, notice };
  const identity = { ...round, route: about.route };
  const contributors = [id(4), id(5)];
  const submission = sealEnvelope(
    PAYLOAD_TYPES.submission,
    (changes.submission ?? same)({
      ...identity,
      kind,
      organ: ORGAN,
      year: 2020,
      ...told,
      contributors,
      submitter: id(4),
      notBefore,
      checks: digest('c'.repeat(64)),
      at: START,
    }),
    [by.drafting],
  );
  const signed = (changes.plan ?? same)(PLAN).map(
    (planned, index) => [planned, ...signedSeat(planned, index, about, changes)] as const,
  );
  const legOf = (leg: Leg): { seats: CountedSeat[]; decisions: Decision[]; at: Instant } => {
    const mine = signed.filter(([planned]) => planned.leg === leg).toSorted(([a], [b]) => a.second - b.second);
    const seats = mine.map(([, seat]) => seat);
    return { seats, decisions: mine.map(([, , decision]) => decision), at: seats.at(-1)?.at ?? START };
  };
  const review = legOf('review');
  const approval = legOf('approval');
  const dossier = sealEnvelope(
    PAYLOAD_TYPES.dossier,
    (changes.dossier ?? same)({
      ...identity,
      submission: digestOf(submission),
      seats: review.seats,
      at: review.at,
    }),
    [by.review],
  );
  const seal = sealEnvelope(
    PAYLOAD_TYPES.seal,
    (changes.seal ?? same)({
      ...identity,
      kind,
      organ: ORGAN,
      year: 2020,
      ...told,
      directory: digestOf(directory),
      notBefore,
      submission: digestOf(submission),
      dossier: digestOf(dossier),
      contributors,
      seats: approval.seats,
      at: approval.at,
    }),
    [by.approval],
  );
  const legs = { review: { decisions: review.decisions, dossier }, approval: { decisions: approval.decisions, seal } };
  const bundle = (changes.bundle ?? same)({
    ...(changes.notice === undefined && schemaOf(legs) === 'sunward.bundle/2'
      ? { schema: 'sunward.bundle/1' }
      : { schema: schemaOf(legs), notice: changes.notice ? toBase64(changes.notice) : null }),
    content: toBase64(content),
    route,
    directory,
    submission,
    ...legs,
  });
  return { bundle, bytes: canonicalBytes(bundle), content };
}
