import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { sealCase } from '../../apps/approval/src/use-cases/seal-case.use-case.js';
import * as approval from '../../apps/approval/src/data-source.js';
import { inbound as approvalInbound } from '../../apps/approval/src/inbound.js';
import * as review from '../../apps/review/src/data-source.js';
import { inbound as reviewInbound } from '../../apps/review/src/inbound.js';
import { clearReview } from '../../apps/review/src/use-cases/clear-review.use-case.js';
import { putContent } from '#content-store/content-store';
import { isRefusal, type Refusal } from '#domain/decision';
import { type Digest, digest } from '#domain/identifiers';
import { instant } from '#domain/instant';
import { canonicalBytes } from '#evidence/canonical';
import type { Signer } from '#evidence/crypto';
import { PAYLOAD_TYPES, sealEnvelope } from '#evidence/dsse';
import { generateKeyPem, nodeCrypto, publicKeyOf, signerFromPem } from '#evidence/node-crypto';
import type {
  CallerStatement,
  DeputyStatement,
  DirectoryDocument,
  Leg,
  ReceiptStatement,
  RouteDocument,
  SubmissionStatement,
} from '#evidence/statements';
import type { Trust } from '#evidence/trust';
import { DEPUTY_PATH } from '#evidence/verify-deputy';
import { dataSourceFor } from '#persistence/data-source';
import { row, rows } from '#persistence/sql';
import { runInTransaction, type Tx } from '#persistence/transaction';
import { installationCalendar } from '#signoff/installation-calendar';
import { approvalActs } from '#signoff/leg-acts';
import type { CompleteLeg, LegPorts, ProvenPerson } from '#signoff/leg-ports';
import { viewLeg } from '#signoff/use-cases/view-leg.use-case';

/** People of the world: a drafter, holders for each office; two principals sign the last stage together, a third may stand in. */
export const PEOPLE = {
  drafter: randomUUID(),
  head: randomUUID(),
  reviewer: randomUUID(),
  reviewerTwo: randomUUID(),
  principalOne: randomUUID(),
  principalTwo: randomUUID(),
  principalThree: randomUUID(),
  counsel: randomUUID(),
  chief: randomUUID(),
  stranger: randomUUID(),
} as const;
export type Person = keyof typeof PEOPLE;

const ORGAN = 'xiangyang';
const EPOCH = randomUUID();
const keys = Object.fromEntries(
  ['gateway', 'drafting', 'review', 'approval', 'publication', 'one', 'two'].map((name) => [name, generateKeyPem()]),
);
const signers = new Map(Object.entries(keys).map(([name, pem]) => [name, signerFromPem(pem)]));
const signer = (name: string): Signer => {
  const found = signers.get(name);
  if (found === undefined) throw new Error(`nobody is called ${name}`);
  return found;
};
const publicKey = (name: string): string => Buffer.from(publicKeyOf(keys[name] ?? '')).toString('base64');

const trust: Trust = {
  schema: 'sunward.trust/1',
  services: {
    gateway: publicKey('gateway'),
    drafting: publicKey('drafting'),
    review: publicKey('review'),
    approval: publicKey('approval'),
    publication: publicKey('publication'),
  },
  administrators: [
    { person: randomUUID(), publicKey: publicKey('one') },
    { person: randomUUID(), publicKey: publicKey('two') },
  ],
  site: 'http://localhost:3080',
};
const administrators = [signer('one'), signer('two')];
const calendar = installationCalendar(null);
const ports = (service: Leg | 'drafting'): LegPorts => ({
  service,
  epoch: EPOCH,
  signer: signer(service),
  trust,
  crypto: nodeCrypto,
  calendar,
});

/** A frozen edition in sign-off; `document` is also the stream of its messages. */
export interface Submitted {
  readonly case: string;
  readonly document: string;
  readonly round: number;
  readonly content: Digest;
}

/** Both legs on a real database, without queues: messages are carried from outbox to inbox by `deliver`. */
export class SignoffWorld {
  private readonly routes: DirectoryDocument['routes'][number][] = [];
  private route = digest('0'.repeat(64));
  private document: DirectoryDocument | undefined;

  private constructor(readonly legs: Readonly<Record<Leg, DataSource>>) {}

  /** Opens both schemas of a migrated database, `urlOf` naming each service's connection, and agrees on a route. */
  static async open(urlOf: (service: Leg) => string, undoSeconds = 0): Promise<SignoffWorld> {
    const legs = {
      review: dataSourceFor({ service: 'review', url: urlOf('review'), ...review }),
      approval: dataSourceFor({ service: 'approval', url: urlOf('approval'), ...approval }),
    };
    await Promise.all([legs.review.initialize(), legs.approval.initialize()]);
    const world = new SignoffWorld(legs);
    await world.agree(undoSeconds);
    return world;
  }

  async close(): Promise<void> {
    await Promise.all([this.legs.review.destroy(), this.legs.approval.destroy()]);
  }

  /**
   * Publishes a directory with one route of this undo buffer; cases submitted afterwards take it. `inTurn`: the principals
   * sign in two stages; `change` makes another route of it.
   */
  async agree(undoSeconds: number, inTurn = false, change = (route: RouteDocument) => route): Promise<void> {
    const routeDocument = change(routeOf(undoSeconds, inTurn));
    const routeEnvelope = sealEnvelope(PAYLOAD_TYPES.route, routeDocument, administrators);
    this.route = nodeCrypto.sha256(canonicalBytes(routeDocument));
    const envelope = await this.put(routeEnvelope);
    this.routes.push({ digest: this.route, envelope, kind: 'publish', appliesTo: '*' });
    await this.publish({ ...directoryOf(this.routes), version: (this.document?.version ?? 0) + 1 });
  }

  /** Publishes the newest directory with a change, in the second form; routes in force say since when. */
  async changeDirectory(
    change: (document: DirectoryDocument) => Partial<DirectoryDocument>,
    gate = open,
  ): Promise<void> {
    const tell = await this.prepare(this.changed(change));
    await tell('approval', gate);
    await tell('review');
  }

  /** As changeDirectory, but the late leg hears of it only when what is answered is called. */
  async changeDirectoryLate(
    late: Leg,
    change: (document: DirectoryDocument) => Partial<DirectoryDocument>,
  ): Promise<() => Promise<void>> {
    const tell = await this.prepare(this.changed(change));
    await tell(late === 'review' ? 'approval' : 'review');
    return () => tell(late);
  }

  private changed(change: (document: DirectoryDocument) => Partial<DirectoryDocument>): DirectoryDocument {
    const before = this.document;
    if (before === undefined) throw new Error('nothing has been agreed yet');
    const { at, version } = before;
    const routes = before.routes.map((route) => ({ ...route, levels: '*' as const, from: at, until: null }));
    const now = { ...before, schema: 'sunward.directory/2' as const, routes };
    return { ...now, ...change(now), version: version + 1 };
  }

  private async publish(document: DirectoryDocument): Promise<void> {
    const tell = await this.prepare(document);
    await tell('approval');
    await tell('review');
  }

  /** A directory both administrators have signed. `gate`: awaited inside the transaction in which a leg takes it over. */
  private async prepare(document: DirectoryDocument): Promise<(leg: Leg, gate?: typeof open) => Promise<void>> {
    const directory = await this.put(sealEnvelope(PAYLOAD_TYPES.directory, document, administrators));
    this.document = document;
    const body = { version: document.version, directory };
    return (leg, gate = open) => this.handle(leg, 'gateway.directory-published', body, gate);
  }

  /** Has both legs take over that a principal entrusted an office to an agent, from a minute ago for an hour. Answers its id. */
  async entrust(principal: Person, agent: Person, role: string): Promise<string> {
    const now = Date.now();
    const [from, until] = [instant(new Date(now - 60_000)), instant(new Date(now + 3_600_000))];
    const office = { agent: PEOPLE[agent], role, organ: ORGAN, from, until };
    const rawBody = Buffer.from(JSON.stringify(office));
    const caller = callerOf('review', DEPUTY_PATH, principal, rawBody, { audience: 'gateway' });
    const statement: DeputyStatement = {
      id: randomUUID(),
      principal: PEOPLE[principal],
      ...office,
      at: instant(new Date(now)),
    };
    const evidence = await this.put({
      envelope: sealEnvelope(PAYLOAD_TYPES.deputy, statement, [gatewaySigner]),
      caller: sealEnvelope(PAYLOAD_TYPES.caller, caller, [gatewaySigner]),
      body: rawBody.toString('base64'),
    });
    const { at: _at, ...granted } = statement;
    for (const leg of ['review', 'approval'] as const)
      await this.handle(leg, 'gateway.deputy-granted', { ...granted, version: this.document?.version ?? 0, evidence });
    return statement.id;
  }

  put(value: unknown): Promise<Digest> {
    return runInTransaction(this.legs.review, (tx) => putContent(tx, canonicalBytes(value), 'application/json'));
  }

  /** Submits an edition; `changes` alters the message after the submission was signed, `frozen` makes the bytes to sign. */
  async submit(
    earlier?: Submitted,
    changes: Record<string, unknown> = {},
    notBefore: string | null = null,
    frozen: (document: string, round: number) => object = (report, round) => ({ report, round }),
  ): Promise<Submitted> {
    const round = (earlier?.round ?? 0) + 1;
    const identity = { case: earlier?.case ?? randomUUID(), document: earlier?.document ?? randomUUID() };
    const content = await this.put(frozen(identity.document, round));
    const statement: SubmissionStatement = {
      ...identity,
      round,
      kind: 'publish',
      edition: 1,
      organ: ORGAN,
      year: 2020,
      content,
      route: this.route,
      contributors: [PEOPLE.drafter],
      submitter: PEOPLE.drafter,
      notBefore: notBefore === null ? null : instant(notBefore),
      checks: digest('1'.repeat(64)),
      at: instant(new Date()),
    };
    const submission = await this.put(sealEnvelope(PAYLOAD_TYPES.submission, statement, [signer('drafting')]));
    const { contributors: _c, submitter: _s, checks: _k, at: _a, ...announced } = statement;
    await this.handle('review', 'drafting.edition-submitted', { ...announced, submission, ...changes });
    return { ...identity, round, content };
  }

  /** Hands a message to a leg as its inbox would: one transaction. */
  async handle(leg: Leg, type: string, body: unknown, gate = open): Promise<void> {
    const handlers: Record<string, unknown> =
      leg === 'review' ? { ...reviewInbound(ports(leg)) } : { ...approvalInbound(ports(leg)) };
    const handler = handlers[type] as (tx: Tx, message: unknown) => Promise<void>;
    const occurredAt = new Date().toISOString();
    const message = {
      id: randomUUID(),
      type,
      stream: randomUUID(),
      seq: 1,
      occurredAt,
      correlationId: randomUUID(),
      body,
    };
    await runInTransaction(this.legs[leg], async (tx) => {
      await gate();
      await handler(tx, message);
    });
  }

  /** Carries everything the legs have to say to each other until nothing is left. */
  async deliver(): Promise<void> {
    for (const [from, to] of [
      ['review', 'approval'],
      ['approval', 'review'],
    ] as const) {
      const waiting = await rows<{ id: string; type: string; body: string }>(
        this.legs[from],
        'SELECT id, type, body FROM outbox WHERE subscriber = $1 AND acked_at IS NULL ORDER BY position',
        [to],
      );
      for (const { id, type, body } of waiting) {
        await this.handle(to, type, JSON.parse(body));
        await rows(this.legs[from], 'UPDATE outbox SET acked_at = now() WHERE id = $1', [id]);
      }
    }
  }

  /** The first seat this person could sign now (other than `taken`), once he has looked at the content. */
  async signable(leg: Leg, submitted: Submitted, person: Person, taken?: string): Promise<Shown> {
    const detail = await viewLeg(this.legs[leg], submitted.case, PEOPLE[person], nodeCrypto);
    const first = isRefusal(detail) ? undefined : detail.signable.find(({ seat }) => seat !== taken);
    if (isRefusal(detail) || first === undefined) throw new Error(`${person} has nothing to sign in the ${leg} leg`);
    await this.act(leg, submitted, person, 'views', { content: detail.content });
    const { seat, digest: statement, onBehalfOf, checklist } = first;
    return { seat, statement, onBehalfOf, checked: checklist.map(({ id }) => id) };
  }

  /**
   * Does what a person may do with a case, by the name of the act in the path, as its service would: the body through its
   * schema, one transaction. `gate` is awaited inside it, before anything is read; `isolation` in place of the usual level.
   */
  act(
    leg: Leg,
    submitted: Pick<Submitted, 'case'>,
    person: Person,
    name: string,
    body: object,
    { gate = open, isolation = 'READ COMMITTED', beforeSeal = open }: Circumstances = {},
  ): Promise<object | Refusal> {
    const act = approvalActs[name];
    if (act === undefined) throw new Error(`nobody does ${name}`);
    const by = proofOf(leg, submitted.case, name, person, body);
    const complete: CompleteLeg = async (tx, on, lent) => {
      await beforeSeal();
      return leg === 'review' ? clearReview(tx, on, lent) : sealCase(tx, on, lent);
    };
    const context = { case: submitted.case, by, ports: ports(leg), complete };
    return inTransactionOf(this.legs[leg], isolation, async (tx) => {
      await gate();
      return act.run(tx, act.schema.parse(body), context);
    });
  }

  /** Signs what the person was shown. */
  sign(leg: Leg, submitted: Submitted, person: Person, shown: Shown, gate = open): Promise<object | Refusal> {
    return this.act(leg, submitted, person, 'signatures', shown, { gate });
  }

  /** Returns the case from a seat that is open to the person. */
  return(
    leg: Leg,
    submitted: Submitted,
    person: Person,
    seat: string,
    gate = open,
    to: string | null = null,
  ): Promise<object | Refusal> {
    const body = { seat, content: submitted.content, reason: '表二有误', place: null, to };
    return this.act(leg, submitted, person, 'returns', body, { gate });
  }

  /** Takes the person's own signature back. */
  takeBack(leg: Leg, submitted: Submitted, person: Person, seat: string, gate = open): Promise<object | Refusal> {
    return this.act(leg, submitted, person, 'take-backs', { seat, content: submitted.content }, { gate });
  }

  /** Has the approved case go out later. */
  postpone(submitted: Submitted, person: Person, until: string, gate = open): Promise<object | Refusal> {
    return this.act('approval', submitted, person, 'postponement', { content: submitted.content, until }, { gate });
  }

  /** Withdraws, recalls or cancels the case. */
  end(
    type: 'withdraw' | 'recall' | 'cancel',
    leg: Leg,
    submitted: Submitted,
    person: Person,
    gate = open,
  ): Promise<object | Refusal> {
    const name = { withdraw: 'withdrawal', recall: 'recall', cancel: 'cancellation' }[type];
    return this.act(leg, submitted, person, name, { content: submitted.content, reason: '另有安排' }, { gate });
  }

  /** A case all of whose review signatures are in, and which waits for both principals. */
  async inApproval(): Promise<Submitted> {
    const submitted = await this.submit();
    await this.sign('review', submitted, 'reviewer', await this.signable('review', submitted, 'reviewer'));
    await this.deliver();
    return submitted;
  }

  /** A case approved and released, with its bundle. */
  async released(): Promise<Submitted & { readonly bundle: Digest }> {
    const submitted = await this.inApproval();
    for (const person of ['principalOne', 'principalTwo'] as const)
      await this.sign('approval', submitted, person, await this.signable('approval', submitted, person));
    const found = await this.state('approval', submitted);
    return { ...submitted, bundle: digest(found?.bundle ?? '') };
  }

  /** A receipt of the publication service in the content store; `changes` make it prove something else. */
  receipt(
    of: Submitted & { readonly bundle: Digest },
    changes: Partial<ReceiptStatement> = {},
    by = 'publication',
  ): Promise<Digest> {
    const statement: ReceiptStatement = {
      case: of.case,
      round: of.round,
      document: of.document,
      edition: 1,
      content: of.content,
      bundle: of.bundle,
      channel: 'site',
      url: 'http://localhost:3080/xxgk/ndbg/xiangyang/2020/',
      files: [],
      readBackAt: instant(new Date()),
      ...changes,
    };
    return this.put(sealEnvelope(PAYLOAD_TYPES.receipt, statement, [signer(by)]));
  }

  /** What the approval leg announced about a document, by type and how often. */
  async announced(submitted: Submitted, subscriber: string): Promise<Record<string, number>> {
    const found = await rows<{ type: string; n: number }>(
      this.legs.approval,
      'SELECT type, count(*)::int AS n FROM outbox WHERE stream = $1 AND subscriber = $2 GROUP BY type',
      [submitted.document, subscriber],
    );
    return Object.fromEntries(found.map(({ type, n }) => [type, n]));
  }

  /** State and bundle of the case's current round in a leg. */
  async state(
    leg: Leg,
    submitted: Submitted,
  ): Promise<{ state: string; bundle: string | null; round: number } | undefined> {
    return row(this.legs[leg], 'SELECT state, bundle, round FROM leg_case WHERE case_id = $1 AND current', [
      submitted.case,
    ]);
  }

  readonly trust = trust;
  readonly portsOf = ports;
}

const open = (): Promise<void> => Promise.resolve();

/** A seat as somebody was shown it: what he sends to sign it. */
export interface Shown {
  readonly seat: string;
  readonly statement: string;
  readonly onBehalfOf?: string | null;
  readonly checked?: readonly string[];
}

/** Under what an act runs beside others. */
export interface Circumstances {
  readonly gate?: () => Promise<void>;
  readonly isolation?: 'READ COMMITTED' | 'REPEATABLE READ';
  /** Awaited once everything was decided, before the last signature makes what the leg hands on. */
  readonly beforeSeal?: () => Promise<void>;
}

const RETRYABLE = new Set(['40001', '40P01']);

/** As runInTransaction, at another isolation level: what serialisation refuses is run again. */
async function inTransactionOf<T>(
  db: DataSource,
  isolation: NonNullable<Circumstances['isolation']>,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  if (isolation === 'READ COMMITTED') return runInTransaction(db, work);
  for (;;) {
    try {
      return await db.transaction(isolation, (manager) => work(manager as Tx));
    } catch (error) {
      if (!RETRYABLE.has(String((error as { code?: unknown }).code))) throw error;
    }
  }
}

function proofOf(leg: Leg, caseId: string, act: string, person: Person, body: object): ProvenPerson {
  const rawBody = Buffer.from(JSON.stringify(body));
  const statement = callerOf(leg, `/${leg}-cases/${caseId}/${act}`, person, rawBody);
  const envelope = sealEnvelope(PAYLOAD_TYPES.caller, statement, [signer('gateway')]);
  const { stepUpAt, correlationId } = statement;
  return { person: PEOPLE[person], stepUpAt, correlationId, envelope, rawBody };
}

/** What the gateway would sign for a person's request to a leg; `changes` make it say something else. */
export function callerOf(
  leg: Leg,
  path: string,
  person: Person,
  rawBody: Uint8Array,
  changes: Partial<CallerStatement> = {},
): CallerStatement {
  const now = Date.now();
  return {
    person: PEOPLE[person],
    session: randomUUID(),
    stepUpAt: instant(new Date(now - 1000)),
    audience: leg,
    method: 'POST',
    path,
    body: nodeCrypto.sha256(rawBody),
    key: randomUUID(),
    correlationId: randomUUID(),
    issuedAt: instant(new Date(now)),
    expiresAt: instant(new Date(now + 30_000)),
    ...changes,
  };
}

/** The gateway's signer in this world, and everybody's. */
export const gatewaySigner = signer('gateway');
export const signerOf: (name: 'gateway' | 'drafting' | Leg) => Signer = signer;

function routeOf(undoSeconds: number, inTurn: boolean): RouteDocument {
  const stage = { need: 'all', ordered: false, grade: 'attested', dueWorkingDays: 3 } as const;
  const principal = { role: 'principal', organ: 'self' };
  const reviewer = { role: 'reviewer', organ: 'self' };
  return {
    schema: 'sunward.route/1',
    kind: 'publish',
    name: '审签路线',
    undoSeconds,
    stages: [
      { ...stage, id: 'first-review', leg: 'review', name: '初审', meaning: '已初审', slots: [reviewer] },
      ...(inTurn
        ? ([
            { ...stage, id: 'examine', leg: 'approval', name: '审签', meaning: '已审签', slots: [principal] },
            { ...stage, id: 'issue', leg: 'approval', name: '签发', meaning: '同意公开', slots: [principal] },
          ] as const)
        : ([
            {
              ...stage,
              id: 'issue',
              leg: 'approval',
              name: '签发',
              meaning: '同意公开',
              slots: [principal, principal],
            },
          ] as const)),
    ],
  };
}

function directoryOf(routes: DirectoryDocument['routes']): DirectoryDocument {
  const from = instant('2020-01-01T00:00:00.000Z');
  const grant = (person: Person, role: string) => ({ person: PEOPLE[person], role, organ: ORGAN, from, until: null });
  return {
    schema: 'sunward.directory/1',
    version: routes.length,
    at: from,
    organs: [{ code: ORGAN, name: '向阳区人民政府', level: 'county', parent: null }],
    persons: Object.values(PEOPLE).map((id) => ({ id, active: true })),
    grants: [
      grant('drafter', 'drafter'),
      grant('reviewer', 'reviewer'),
      grant('principalOne', 'principal'),
      grant('principalTwo', 'principal'),
      grant('principalThree', 'principal'),
      grant('reviewerTwo', 'reviewer'),
      grant('head', 'disclosure-head'),
      grant('counsel', 'counsel'),
      grant('chief', 'chief'),
    ],
    routes,
  };
}
