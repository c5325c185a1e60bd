import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { DataSource } from 'typeorm';
import type { z } from 'zod';
import { migrations, tables } from '../../apps/drafting/src/data-source.js';
import { inbound } from '../../apps/drafting/src/inbound.js';
import { importReport } from '../../apps/drafting/src/use-cases/import-report.use-case.js';
import { openNextEdition } from '../../apps/drafting/src/use-cases/open-next-edition.use-case.js';
import { openPlace } from '../../apps/drafting/src/use-cases/open-place.use-case.js';
import { ratifyPublic } from '../../apps/drafting/src/use-cases/ratification.use-case.js';
import { startReport } from '../../apps/drafting/src/use-cases/start-report.use-case.js';
import { submitReport } from '../../apps/drafting/src/use-cases/submit-report.use-case.js';
import { viewReport } from '../../apps/drafting/src/use-cases/view-report.use-case.js';
import { withdrawPublic } from '../../apps/drafting/src/use-cases/withdraw-public.use-case.js';
import { putContent } from '#content-store/content-store';
import type { ReportDetail, ReportSubmitted, RevisionSaved } from '#contracts/http/drafting.api';
import { CASE_KINDS, type CaseKind } from '#domain/case-kind';
import { isRefusal, type Refusal } from '#domain/decision';
import { instant } from '#domain/instant';
import { canonicalBytes } from '#evidence/canonical';
import { PAYLOAD_TYPES, sealEnvelope } from '#evidence/dsse';
import { generateKeyPem, nodeCrypto, publicKeyOf, signerFromPem } from '#evidence/node-crypto';
import type { DirectoryDocument, RouteDocument, SubmissionStatement } from '#evidence/statements';
import { serviceKeys, type Trust } from '#evidence/trust';
import { dataSourceFor } from '#persistence/data-source';
import { rows } from '#persistence/sql';
import { runInTransaction, type Tx } from '#persistence/transaction';
import { readReportFile } from '#report-files/read-report-file';
import { opened, storedEnvelope } from '#signoff/stored-evidence';
import { corrected, explanationsOf } from './chain.js';
import { testDatabase, type TestDatabase } from './database.js';

export type Submitted = z.infer<typeof ReportSubmitted>;
type Saved = z.infer<typeof RevisionSaved>;

export const PEOPLE = {
  drafter: randomUUID(),
  colleague: randomUUID(),
  head: randomUUID(),
  reviewer: randomUUID(),
  principal: randomUUID(),
  ratifier: randomUUID(),
  stranger: randomUUID(),
};
export type Who = keyof typeof PEOPLE;

const SAMPLE = readFileSync(new URL('../../samples/xiangyang-2020.txt', import.meta.url));
/** The sample with a word of its text replaced: what a corrected file looks like. */
export const sampleWith = (before: string, after: string): Uint8Array => {
  const text = corrected(SAMPLE).toString('utf8');
  if (before !== '' && !text.includes(before)) throw new Error(`the sample has no ${before}`);
  return new TextEncoder().encode(text.replace(before, after));
};

const [drafting, one, two] = Array.from({ length: 3 }, generateKeyPem) as [string, string, string];
const publicKey = (pem: string): string => Buffer.from(publicKeyOf(pem)).toString('base64');
const trust: Trust = {
  schema: 'sunward.trust/1',
  services: Object.fromEntries(
    ['gateway', 'drafting', 'review', 'approval', 'publication'].map((name) => [name, publicKey(drafting)]),
  ) as unknown as Extract<Trust, { schema: 'sunward.trust/1' }>['services'],
  administrators: [one, two].map((pem) => ({ person: randomUUID(), publicKey: publicKey(pem) })),
  site: 'http://localhost:3080',
};

function routeOf(kind: CaseKind): RouteDocument {
  const named = kind === 'emergency' ? [PEOPLE.reviewer, PEOPLE.principal] : [null, null];
  return {
    schema: 'sunward.route/2',
    kind,
    name: kind,
    undoSeconds: 0,
    stages: (['review', 'approval'] as const).map((leg, index) => ({
      id: leg,
      leg,
      name: leg,
      meaning: '同意。',
      need: 'all',
      ordered: false,
      grade: 'attested',
      dueWorkingDays: 2,
      slots: [
        {
          role: index === 0 ? 'first-reviewer' : kind === 'ratify' ? 'ratifier' : 'principal',
          organ: 'self',
          person: named[index] ?? null,
        },
      ],
      checklist: [],
      duty: kind !== 'emergency' && index === 0 ? 'secrecy' : null,
      escalation: null,
    })),
  };
}

/** Drafting on a real database, with a route for every kind of case; other services are played by `hear`. */
export class DraftingWorld {
  readonly ports = {
    service: 'drafting' as const,
    signer: signerFromPem(drafting),
    trust,
    crypto: nodeCrypto,
    epoch: randomUUID(),
  };

  private constructor(
    readonly database: TestDatabase,
    readonly db: DataSource,
  ) {}

  /** `kinds`: those the first directory has a route for. */
  static async open(organs: readonly string[], kinds: readonly CaseKind[] = CASE_KINDS): Promise<DraftingWorld> {
    const database = await testDatabase();
    const url = database.url('drafting');
    const world = new DraftingWorld(
      database,
      await dataSourceFor({ service: 'drafting', url, tables, migrations }).initialize(),
    );
    await world.publishDirectory(1, organs, kinds);
    return world;
  }

  async close(): Promise<void> {
    await this.db.destroy();
    await this.database.drop();
  }

  inTx<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return runInTransaction(this.db, work);
  }

  /** Signs a directory by both administrators and lets drafting adopt it. */
  async publishDirectory(version: number, organs: readonly string[], kinds: readonly CaseKind[]): Promise<void> {
    const administrators = [signerFromPem(one), signerFromPem(two)];
    const from = instant('2020-01-01T00:00:00.000Z');
    const put = (value: object): Promise<string> =>
      this.inTx((tx) => putContent(tx, canonicalBytes(value), 'application/json'));
    const routes = await Promise.all(
      kinds.map(async (kind): Promise<DirectoryDocument['routes'][number]> => {
        const route = routeOf(kind);
        const envelope = sealEnvelope(PAYLOAD_TYPES.route, route, administrators);
        await put(route);
        await put(envelope);
        const digests = {
          digest: nodeCrypto.sha256(canonicalBytes(route)),
          envelope: nodeCrypto.sha256(canonicalBytes(envelope)),
        };
        return { ...digests, kind, appliesTo: '*', levels: '*', from, until: null };
      }),
    );
    const offices: readonly [Who, string][] = [
      ['drafter', 'drafter'],
      ['colleague', 'drafter'],
      ['head', 'disclosure-head'],
      ['reviewer', 'first-reviewer'],
      ['principal', 'principal'],
      ['ratifier', 'ratifier'],
    ];
    const document: DirectoryDocument = {
      schema: 'sunward.directory/2',
      version,
      at: from,
      organs: organs.map((code) => ({ code, name: code, level: 'county', parent: null })),
      persons: Object.values(PEOPLE).map((id) => ({ id, active: true })),
      grants: organs.flatMap((organ) =>
        offices.map(([who, role]) => ({ person: PEOPLE[who], role, organ, from, until: null })),
      ),
      routes,
    };
    const directory = await put(sealEnvelope(PAYLOAD_TYPES.directory, document, administrators));
    await this.hear('gateway.directory-published', { version, directory });
  }

  /** Tells drafting something as its inbox would. */
  hear(type: string, body: object): Promise<void> {
    return this.inTx((tx) => {
      const handlers = inbound(this.ports) as unknown as Record<string, (tx: Tx, message: unknown) => Promise<void>>;
      return handlers[type]!(tx, { id: randomUUID(), type, correlationId: randomUUID(), body });
    });
  }

  async start(organ: string): Promise<string> {
    return accepted(await this.inTx((tx) => startReport(tx, { organ, year: 2020 }, asker('drafter')))).document;
  }

  async write(document: string, bytes: Uint8Array, who: Who = 'drafter'): Promise<Saved | Refusal> {
    const reading = await readReportFile(bytes);
    const { revision } = await this.view(document);
    const file = { document, baseRevision: revision, fileName: 'report.txt' };
    return this.inTx((tx) => importReport(tx, file, reading, asker(who), this.ports));
  }

  /** Submits the newest revision with a sentence for every warning. */
  async submit(
    document: string,
    kind: 'publish' | 'correct' | 'emergency' = 'publish',
    reason: string | null = kind === 'publish' ? null : '录入时数字颠倒。',
    who: Who = 'drafter',
  ): Promise<Submitted | Refusal> {
    const { revision, digest, checks } = await this.view(document);
    const explanations = explanationsOf(checks);
    const seen = { document, revision, digest: digest ?? '', notBefore: null, explanations, kind, reason };
    return this.inTx((tx) => submitReport(tx, seen, asker(who), this.ports));
  }

  correct(document: string, who: Who = 'drafter', places: readonly string[] = []): ReturnType<typeof openNextEdition> {
    return this.inTx((tx) => openNextEdition(tx, { document, places: [...places] }, asker(who)));
  }

  /** Opens one more place of a correction. */
  open(document: string, place: string, reason: string | null, who: Who = 'drafter'): ReturnType<typeof openPlace> {
    return this.inTx((tx) => openPlace(tx, { document, place, reason }, asker(who)));
  }

  async withdraw(document: string, who: Who = 'drafter', reason = '误发，予以撤回。'): Promise<Submitted | Refusal> {
    const { public: now } = await this.view(document);
    const seen = { document, edition: now?.edition ?? 1, content: now?.content ?? '0'.repeat(64), reason };
    return this.inTx((tx) => withdrawPublic(tx, seen, asker(who), this.ports));
  }

  async ratify(document: string, who: Who = 'drafter'): Promise<Submitted | Refusal> {
    const { public: now } = await this.view(document);
    const seen = { document, edition: now?.edition ?? 1, content: now?.content ?? '' };
    return this.inTx((tx) => ratifyPublic(tx, seen, asker(who), this.ports));
  }

  async view(document: string, who: Who = 'drafter'): Promise<z.infer<typeof ReportDetail>> {
    return accepted(await viewReport(this.db, document, PEOPLE[who], this.ports));
  }

  mayView(document: string, who: Who): Promise<unknown> {
    return viewReport(this.db, document, PEOPLE[who], this.ports);
  }

  /** What publication says once an act took effect. */
  async took(effect: 'live' | 'withdrawn' | 'ratified', submitted: Submitted): Promise<void> {
    const { case: caseId, round, document, edition, content, kind } = submitted;
    const body = { case: caseId, round, document, edition, content, receipt: content };
    await this.hear(`publication.${effect}`, effect === 'live' ? { ...body, path: '/xxgk/ndbg/a/2020/', kind } : body);
  }

  /** Everything announced of one type about a document, in order. */
  async announced(document: string, type: string): Promise<Record<string, unknown>[]> {
    const found = await rows<{ body: string }>(
      this.db,
      `SELECT DISTINCT ON (seq) body FROM outbox WHERE stream = $1 AND type = $2 ORDER BY seq`,
      [document, type],
    );
    return found.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
  }

  /** What drafting signed for a submission. */
  async statementOf({ case: caseId, round }: Submitted): Promise<SubmissionStatement> {
    const [found] = await rows<{ submission: string }>(
      this.db,
      'SELECT submission FROM submission WHERE case_id = $1 AND round = $2',
      [caseId, round],
    );
    const envelope = await storedEnvelope(this.db, found!.submission);
    return opened('submission', envelope, serviceKeys(trust, 'drafting', nodeCrypto), nodeCrypto).statement;
  }

  async alarms(): Promise<string[]> {
    return (await rows<{ kind: string }>(this.db, 'SELECT kind FROM alarm ORDER BY at')).map(({ kind }) => kind);
  }
}

export const asker = (person: Who): { person: string; correlationId: string } => ({
  person: PEOPLE[person],
  correlationId: randomUUID(),
});

/** The outcome, when it is none of the refusals. */
export function accepted<T>(outcome: T | Refusal): T {
  if (isRefusal(outcome)) throw new Error(`refused: ${outcome.refused} ${JSON.stringify(outcome.data)}`);
  return outcome;
}
