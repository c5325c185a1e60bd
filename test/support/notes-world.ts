import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { DataSource } from 'typeorm';
import type { z } from 'zod';
import { migrations, tables } from '../../apps/drafting/src/data-source.js';
import { acceptSuggestion } from '../../apps/drafting/src/use-cases/accept-suggestion.use-case.js';
import { importReport } from '../../apps/drafting/src/use-cases/import-report.use-case.js';
import { startReport } from '../../apps/drafting/src/use-cases/start-report.use-case.js';
import { submitReport } from '../../apps/drafting/src/use-cases/submit-report.use-case.js';
import { inbound as approvalInbound } from '../../apps/approval/src/inbound.js';
import { inbound as draftingInbound } from '../../apps/drafting/src/inbound.js';
import { inbound as reviewInbound } from '../../apps/review/src/inbound.js';
import { getContent, putContent } from '#content-store/content-store';
import type { RevisionSaved } from '#contracts/http/drafting.api';
import type { MakeNote } from '#contracts/http/notes.api';
import { isRefusal, type Refusal } from '#domain/decision';
import { nodeCrypto } from '#evidence/node-crypto';
import type { Envelope } from '#evidence/dsse';
import type { DirectoryDocument, Leg } from '#evidence/statements';
import type { QueueSettings } from '#messaging/queue-settings';
import { handlersByType, type Handlers } from '#outbox/inbox';
import { OutboxRuntime } from '#outbox/outbox-runtime';
import { dataSourceFor } from '#persistence/data-source';
import { row, rows } from '#persistence/sql';
import { runInTransaction, type Tx } from '#persistence/transaction';
import { editionBytes } from '#report/edition';
import type { AnnualReport } from '#report/model';
import { readPlainText } from '#report/readers/plain-text';
import { answerNote } from '#signoff/notes/answer-note.use-case';
import { makeNote } from '#signoff/notes/make-note.use-case';
import { openNotesBlocking } from '#signoff/notes/open-notes.queries';
import { viewNotes } from '#signoff/notes/view-notes.use-case';
import { corrected, explanationsOf } from './chain.js';
import { testDatabase, type TestDatabase } from './database.js';
import { type Backend, testRedisUrl } from './queues.js';
import { PEOPLE, type Person, SignoffWorld, type Submitted } from './signoff-world.js';

const SAMPLE = new Uint8Array(corrected(readFileSync(new URL('../../samples/xiangyang-2020.txt', import.meta.url))));
const reading = readPlainText(new TextDecoder().decode(SAMPLE));
if (isRefusal(reading)) throw new Error('the sample is a report');

/** The report of these worlds. */
export const REPORT: AnnualReport = reading.report;

type Place = z.infer<typeof MakeNote>['place'];
type Text = { readonly text?: string; readonly suggestion?: string | null; readonly content?: string; readonly principal?: Person }; // prettier-ignore

/** An outcome that must not be a refusal. */
export function accepted<T>(outcome: T | Refusal): T {
  if (isRefusal(outcome)) throw new Error(`refused: ${outcome.refused} ${JSON.stringify(outcome.data)}`);
  return outcome;
}

/** What `submit` of a world of sign-off is given, so that the content under sign-off is an edition of this report. */
export const frozenReport =
  (report: AnnualReport = REPORT) =>
  (document: string): object =>
    JSON.parse(
      new TextDecoder().decode(
        editionBytes({
          schema: 'sunward.edition/1',
          document,
          edition: 1,
          kind: 'annual-report',
          organ: { code: 'xiangyang', name: '向阳区人民政府', level: 'county' },
          year: report.year,
          format: report.format,
          report,
          attachments: [],
        }),
      ),
    ) as object;

/** Both legs and drafting on one database, with real editions; with a backend, their messages travel over its queues. */
export class NotesWorld {
  private readonly runtimes: OutboxRuntime[] = [];
  readonly errors: Error[] = [];

  private constructor(
    readonly database: TestDatabase,
    readonly legs: SignoffWorld,
    readonly drafting: DataSource,
  ) {}

  static async open(): Promise<NotesWorld> {
    const database = await testDatabase();
    const legs = await SignoffWorld.open((service) => database.url(service));
    const url = database.url('drafting');
    const db = await dataSourceFor({ service: 'drafting', url, tables, migrations }).initialize();
    return new NotesWorld(database, legs, db);
  }

  /** Starts the relays and inboxes of all three services over a backend. */
  async connect(backend: Backend): Promise<void> {
    const prefix = `n${randomUUID()}`;
    const services = {
      review: [this.legs.legs.review, handlersByType<'review'>(reviewInbound(this.legs.portsOf('review')))],
      approval: [this.legs.legs.approval, handlersByType<'approval'>(approvalInbound(this.legs.portsOf('approval')))],
      drafting: [this.drafting, handlersByType<'drafting'>(draftingInbound(this.legs.portsOf('drafting')))],
    } as const satisfies Record<string, readonly [DataSource, Handlers]>;
    for (const [name, [db, handlers]] of Object.entries(services)) {
      const service = name as keyof typeof services;
      const databaseUrl = this.database.url(service);
      const queue: QueueSettings = { backend, url: backend === 'postgres' ? databaseUrl : testRedisUrl(), prefix };
      const { signer, trust } = this.legs.portsOf(service);
      const onError = (error: Error): number => this.errors.push(error);
      const runtime = new OutboxRuntime({ service, db, databaseUrl, queue, handlers, signer, trust, crypto: nodeCrypto, redriveMs: 200, onError }); // prettier-ignore
      await runtime.start();
      this.runtimes.push(runtime);
    }
  }

  async close(): Promise<void> {
    for (const runtime of this.runtimes) await runtime.stop();
    await this.legs.close();
    await this.drafting.destroy();
    await this.database.drop();
  }

  /** Submits an edition of this report straight to the review leg, as the next round of an earlier one when given. */
  submit(report: AnnualReport = REPORT, earlier?: Submitted): Promise<Submitted> {
    return this.legs.submit(earlier, {}, null, frozenReport(report));
  }

  note(leg: Leg, submitted: Submitted, person: Person, place: Place, { text = '请核对。', suggestion = null, content = submitted.content, principal }: Text = {}) {
    const command = { case: submitted.case, content, place, text, suggestion };
    return this.inLeg(leg, (tx) => makeNote(tx, command, this.asker(person, principal), this.legs.portsOf(leg)));
  } // prettier-ignore

  answer(leg: Leg, submitted: Submitted, person: Person, note: string, type: 'reply' | 'resolve' | 'withdraw', text = '已知悉。', principal?: Person) {
    const command = { case: submitted.case, note, type, text };
    return this.inLeg(leg, (tx) => answerNote(tx, command, this.asker(person, principal), this.legs.portsOf(leg)));
  } // prettier-ignore

  notes(leg: Leg, submitted: Submitted, person: Person) {
    return viewNotes(this.legs.legs[leg], submitted.case, PEOPLE[person]);
  }

  blocking(leg: Leg, { case: caseId, round }: Submitted, stage: string): Promise<number> {
    return this.inLeg(leg, (tx) => openNotesBlocking(tx, caseId, round, stage));
  }

  inLeg<T>(leg: Leg, work: (tx: Tx) => Promise<T>): Promise<T> {
    return runInTransaction(this.legs.legs[leg], work);
  }

  asker(person: Person, principal?: Person): { person: string; onBehalfOf: string | null; correlationId: string } {
    return { person: PEOPLE[person], onBehalfOf: principal ? PEOPLE[principal] : null, correlationId: randomUUID() };
  }

  /** Tells drafting which directory is in force, as the gateway does. */
  async introduceDrafting(): Promise<void> {
    const found = await row<{ version: number; digest: string; document: string }>(
      this.legs.legs.review,
      'SELECT version, digest, document FROM directory_copy ORDER BY version DESC LIMIT 1',
    );
    const { routes } = JSON.parse(found?.document ?? '{}') as DirectoryDocument;
    for (const { envelope } of routes) await this.putBareRoute(envelope);
    await this.hear('gateway.directory-published', { version: found?.version, directory: found?.digest });
  }

  /** Drafting reads a route by the digest of its bytes, beside the envelope in which it was agreed. */
  private async putBareRoute(envelope: string): Promise<void> {
    const { payload } = JSON.parse(new TextDecoder().decode(await getContent(this.drafting, envelope))) as Envelope;
    await this.inLeg('review', (tx) => putContent(tx, Buffer.from(payload, 'base64'), 'application/json'));
  }

  /** Tells drafting something as its inbox would. */
  hear(type: string, body: object): Promise<void> {
    const handlers = handlersByType<'drafting'>(draftingInbound(this.legs.portsOf('drafting')));
    const message = { id: randomUUID(), type, stream: randomUUID(), seq: 1, occurredAt: '', correlationId: randomUUID(), body } as never; // prettier-ignore
    return runInTransaction(this.drafting, async (tx) => handlers.get(type)?.(tx, message));
  }

  /** Starts the report, takes the sample in and submits it; answers the revision that is under sign-off. */
  async drafted(): Promise<z.infer<typeof RevisionSaved> & { readonly case: string; readonly content: string }> {
    const asker = this.asker('drafter');
    const ports = this.legs.portsOf('drafting');
    const { document } = accepted(
      await runInTransaction(this.drafting, (tx) => startReport(tx, { organ: 'xiangyang', year: 2020 }, asker)),
    );
    const file = { document, baseRevision: 0, fileName: 'report.txt' };
    const saved = accepted(
      await runInTransaction(this.drafting, (tx) => importReport(tx, file, { report: REPORT, findings: [] } as never, asker, ports)),
    ); // prettier-ignore
    return { ...saved, ...(await this.handIn(saved)) };
  }

  async handIn({ document, revision, digest, checks }: z.infer<typeof RevisionSaved>): Promise<{ case: string; round: number; content: string }> {
    const explanations = explanationsOf(checks);
    const submission = { document, revision, digest, notBefore: null, explanations, kind: 'publish', reason: null } as const;
    const { case: caseId, round, content } = accepted(
      await runInTransaction(this.drafting, (tx) =>
        submitReport(tx, submission, this.asker('drafter'), this.legs.portsOf('drafting')),
      ),
    );
    return { case: caseId, round, content };
  } // prettier-ignore

  accept(document: string, baseRevision: number, caseId: string, note: string, person: Person = 'drafter') {
    const accepting = { document, baseRevision, case: caseId, note };
    return runInTransaction(this.drafting, (tx) =>
      acceptSuggestion(tx, accepting, this.asker(person), this.legs.portsOf('drafting')),
    );
  }

  /** Actions and outcomes in a leg's ledger for a report, oldest first. */
  async ledger(leg: Leg, report: string): Promise<string[]> {
    const found = await rows<{ bytes: Buffer }>(
      this.legs.legs[leg],
      'SELECT bytes FROM ledger_entry WHERE report = $1 ORDER BY seq',
      [report],
    );
    return found.map(({ bytes }) => {
      const { action, outcome } = JSON.parse(bytes.toString('utf8')) as { action: string; outcome: string };
      return `${action} ${outcome}`;
    });
  }
}
