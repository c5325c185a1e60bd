import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { migrations, tables } from '../../apps/drafting/src/data-source.js';
import { inbound } from '../../apps/drafting/src/inbound.js';
import { importReport } from '../../apps/drafting/src/use-cases/import-report.use-case.js';
import { startReport } from '../../apps/drafting/src/use-cases/start-report.use-case.js';
import { submitReport } from '../../apps/drafting/src/use-cases/submit-report.use-case.js';
import { viewReport } from '../../apps/drafting/src/use-cases/view-report.use-case.js';
import { getContent, putContent } from '#content-store/content-store';
import { isRefusal, type Refusal } from '#domain/decision';
import { readReportFile } from '#report-files/read-report-file';
import { instant } from '#domain/instant';
import { canonicalBytes } from '#evidence/canonical';
import { PAYLOAD_TYPES, sealEnvelope } from '#evidence/dsse';
import { generateKeyPem, nodeCrypto, publicKeyOf, signerFromPem } from '#evidence/node-crypto';
import type { DirectoryDocument, RouteDocument } from '#evidence/statements';
import { type FirstTrust, serviceKeys, type Trust } from '#evidence/trust';
import { dataSourceFor } from '#persistence/data-source';
import { rows } from '#persistence/sql';
import { runInTransaction, type Tx } from '#persistence/transaction';
import { parseEdition } from '#report/edition';
import { opened, storedEnvelope } from '#signoff/stored-evidence';
import type { RevisionSaved } from '#contracts/http/drafting.api';
import type { z } from 'zod';
import { corrected, explanationsOf } from '../support/chain.js';
import { testDatabase, type TestDatabase } from '../support/database.js';

const sample = new Uint8Array(corrected(readFileSync(new URL('../../samples/xiangyang-2020.txt', import.meta.url))));
const YEAR = 2020;
const PEOPLE = { drafter: randomUUID(), colleague: randomUUID(), reviewer: randomUUID(), stranger: randomUUID() };
const keys = Array.from({ length: 3 }, generateKeyPem);
const [drafting, one, two] = keys as [string, string, string];
const publicKey = (pem: string): string => Buffer.from(publicKeyOf(pem)).toString('base64');
const trust: Trust = {
  schema: 'sunward.trust/1',
  services: Object.fromEntries(
    ['gateway', 'drafting', 'review', 'approval', 'publication'].map((name) => [name, publicKey(drafting)]),
  ) as FirstTrust['services'],
  administrators: [one, two].map((pem) => ({ person: randomUUID(), publicKey: publicKey(pem) })),
  site: 'http://localhost:3080',
};
const ports = {
  service: 'drafting' as const,
  signer: signerFromPem(drafting),
  trust,
  crypto: nodeCrypto,
  epoch: randomUUID(),
};

const route: RouteDocument = {
  schema: 'sunward.route/1',
  kind: 'publish',
  name: '两签',
  undoSeconds: 0,
  stages: (['review', 'approval'] as const).map((leg) => ({
    id: leg,
    leg,
    name: leg,
    meaning: '同意。',
    need: 'all' as const,
    ordered: false,
    grade: 'attested' as const,
    dueWorkingDays: 1,
    slots: [{ role: leg === 'review' ? 'first-reviewer' : 'principal', organ: 'self' }],
  })),
};
const asker = (person: keyof typeof PEOPLE): { person: string; correlationId: string } => ({
  person: PEOPLE[person],
  correlationId: randomUUID(),
});
const accepted = <T>(outcome: T | Refusal): T => {
  if (isRefusal(outcome)) throw new Error(`refused: ${outcome.refused} ${JSON.stringify(outcome.data)}`);
  return outcome;
};

describe('drafting', () => {
  let database: TestDatabase;
  let db: DataSource;
  const inTx = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => runInTransaction(db, work);

  /** Tells drafting something as its inbox would. */
  const hear = (type: string, body: object): Promise<void> =>
    inTx((tx) => {
      const handler = (inbound(ports) as unknown as Record<string, (tx: Tx, message: unknown) => Promise<void>>)[type];
      return handler!(tx, { id: randomUUID(), type, correlationId: randomUUID(), body });
    });

  beforeAll(async () => {
    database = await testDatabase();
    db = await dataSourceFor({ service: 'drafting', url: database.url('drafting'), tables, migrations }).initialize();
    const administrators = [signerFromPem(one), signerFromPem(two)];
    const from = instant('2020-01-01T00:00:00.000Z');
    const grant = (person: string, role: string, organ: string): DirectoryDocument['grants'][number] => ({
      person,
      role,
      organ,
      from,
      until: null,
    });
    const organs = ['lone', ...Array.from({ length: 9 }, (_, index) => `organ-${index}`)];
    const envelope = sealEnvelope(PAYLOAD_TYPES.route, route, administrators);
    const document: DirectoryDocument = {
      schema: 'sunward.directory/1',
      version: 1,
      at: from,
      organs: organs.map((code) => ({ code, name: code, level: 'county', parent: null })),
      persons: Object.values(PEOPLE).map((id) => ({ id, active: true })),
      grants: organs.flatMap((organ) => [
        grant(PEOPLE.drafter, 'drafter', organ),
        grant(PEOPLE.colleague, 'drafter', organ),
        grant(PEOPLE.reviewer, 'first-reviewer', organ),
        grant(organ === 'lone' ? PEOPLE.drafter : PEOPLE.stranger, 'principal', organ),
      ]),
      routes: [
        {
          digest: nodeCrypto.sha256(canonicalBytes(route)),
          envelope: nodeCrypto.sha256(canonicalBytes(envelope)),
          kind: 'publish',
          appliesTo: '*',
        },
      ],
    };
    const put = (value: object): Promise<string> =>
      inTx((tx) => putContent(tx, canonicalBytes(value), 'application/json'));
    await Promise.all([put(route), put(envelope)]);
    const directory = await put(sealEnvelope(PAYLOAD_TYPES.directory, document, administrators));
    await hear('gateway.directory-published', { version: 1, directory });
  });
  afterAll(async () => {
    await db?.destroy();
    await database?.drop();
  });

  const importAs = async (who: keyof typeof PEOPLE, document: string, baseRevision: number, bytes = sample) => {
    const reading = await readReportFile(bytes);
    return inTx((tx) =>
      importReport(tx, { document, baseRevision, fileName: 'report.txt' }, reading, asker(who), ports),
    );
  };
  const submitAs = (
    who: keyof typeof PEOPLE,
    document: string,
    { revision, digest, checks }: z.infer<typeof RevisionSaved>,
    explanations = explanationsOf(checks),
    act: { kind: 'publish' | 'correct' | 'emergency'; reason: string | null } = { kind: 'publish', reason: null },
  ) =>
    inTx((tx) =>
      submitReport(tx, { document, revision, digest, notBefore: null, explanations, ...act }, asker(who), ports),
    );
  const start = async (organ: string): Promise<string> =>
    accepted(await inTx((tx) => startReport(tx, { organ, year: YEAR }, asker('drafter')))).document;

  it('freezes exactly the revision seen, names everybody who wrote it, and announces it', async () => {
    const document = await start('organ-0');
    const first = accepted(await importAs('drafter', document, 0));
    const saved = accepted(await importAs('colleague', document, first.revision));
    const submitted = accepted(await submitAs('drafter', document, saved));

    const edition = accepted(parseEdition(await getContent(db, submitted.content)));
    expect(nodeCrypto.sha256(canonicalBytes(edition.report))).toBe(saved.digest);
    const [announced] = await rows<{ body: string }>(
      db,
      `SELECT body FROM outbox WHERE stream = $1 AND subscriber = 'review'`,
      [document],
    );
    const body = JSON.parse(announced!.body) as { submission: string };
    const envelope = await storedEnvelope(db, body.submission);
    const { statement } = opened('submission', envelope, serviceKeys(trust, 'drafting', nodeCrypto), nodeCrypto);
    expect(statement).toMatchObject({ ...submitted, submitter: PEOPLE.drafter, organ: 'organ-0', year: YEAR });
    expect(statement.contributors).toEqual([PEOPLE.drafter, PEOPLE.colleague].toSorted());
  });

  it('asks a sentence for every warning, shows it to those who sign, and forgets it when the figures change', async () => {
    const document = await start('organ-5');
    const saved = accepted(await importAs('drafter', document, 0));
    const explanations = explanationsOf(saved.checks);
    expect(explanations.length).toBeGreaterThan(0);
    // What passed is answered by the report itself, and not kept with the answer of each save.
    expect(saved.checks.map(({ status }) => status)).not.toContain('pass');
    expect(await submitAs('drafter', document, saved, [])).toMatchObject({
      refused: 'warnings_unexplained',
      data: { warnings: explanations.length },
    });
    const outdated = { check: 'T3-05|t3.2.total|12|13', sentence: '上年口径不同。' };
    expect(await submitAs('drafter', document, saved, [...explanations, outdated])).toMatchObject({
      refused: 'explanation_outdated',
      data: { checks: [outdated.check] },
    });
    accepted(await submitAs('drafter', document, saved));
    const shown = accepted(await viewReport(db, document, PEOPLE.reviewer, ports));
    expect(shown.explained.map(({ key, sentence }) => ({ check: key, sentence }))).toEqual(explanations);
  });

  it('lets one of many simultaneous saves and submissions through, and tells the others why', async () => {
    const document = await start('organ-1');
    const saves = await Promise.all(Array.from({ length: 6 }, () => importAs('drafter', document, 0)));
    expect(saves.filter((save) => !isRefusal(save))).toHaveLength(1);
    expect(saves.filter(isRefusal).map(({ refused }) => refused)).toEqual(Array(5).fill('revision_not_latest'));
    const saved = accepted(saves.find((save) => !isRefusal(save))!);
    const submissions = await Promise.all(Array.from({ length: 6 }, () => submitAs('drafter', document, saved)));
    expect(submissions.filter((submission) => !isRefusal(submission))).toHaveLength(1);
    expect(submissions.filter(isRefusal).map(({ refused }) => refused)).toEqual(Array(5).fill('case_open'));
    const sent = await rows(db, `SELECT 1 FROM outbox WHERE stream = $1 AND subscriber = 'review'`, [document]);
    expect(sent).toHaveLength(1);
  });

  it('refuses a route the drafter himself would have to complete, and leaves no trace', async () => {
    const document = await start('lone');
    const saved = accepted(await importAs('drafter', document, 0));
    expect(await submitAs('drafter', document, saved)).toMatchObject({
      refused: 'route_unsolvable',
      data: { stage: 'approval', seats: ['principal@lone'] },
    });
    expect(await rows(db, 'SELECT 1 FROM submission WHERE report_id = $1', [document])).toEqual([]);
  });

  it('takes a returned report back, keeps the case for the next round, and closes when it is live', async () => {
    const document = await start('organ-2');
    const saved = accepted(await importAs('drafter', document, 0));
    const round = accepted(await submitAs('drafter', document, saved));
    expect(await importAs('drafter', document, 1)).toMatchObject({ refused: 'case_open', data: { case: round.case } });
    await hear('review.ended', { ...round, round: 7, kind: 'returned' });
    expect(await submitAs('drafter', document, saved)).toMatchObject({ refused: 'case_open' });
    await hear('review.ended', { ...round, kind: 'returned' });
    const again = accepted(await submitAs('drafter', document, saved));
    expect(again).toEqual({ ...round, round: 2 });
    const live = { ...again, receipt: again.content, path: '/organ-2/2020' };
    await hear('publication.live', { ...live, content: '0'.repeat(64) });
    expect(await viewReport(db, document, PEOPLE.drafter, ports)).toMatchObject({ state: 'submitted' });
    expect(await rows(db, `SELECT kind FROM alarm WHERE kind = 'live_unexpected'`)).toHaveLength(1);
    await hear('publication.live', live);
    expect(await viewReport(db, document, PEOPLE.drafter, ports)).toMatchObject({ state: 'live', path: live.path });
    expect(await importAs('drafter', document, 1)).toMatchObject({ refused: 'already_live' });
  });

  it('shows a report to its drafters, and to signers only what is before them; to others there is none', async () => {
    const document = await start('organ-3');
    const saved = accepted(await importAs('drafter', document, 0));
    expect(await viewReport(db, document, PEOPLE.colleague, ports)).toMatchObject({
      revision: 1,
      digest: saved.digest,
    });
    expect(await viewReport(db, document, PEOPLE.reviewer, ports)).toMatchObject({ refused: 'not_found' });
    expect(await importAs('reviewer', document, 1)).toMatchObject({ refused: 'not_found' });
    accepted(await submitAs('drafter', document, saved));
    expect(await viewReport(db, document, PEOPLE.reviewer, ports)).toMatchObject({ state: 'submitted' });
    expect(await importAs('reviewer', document, 1)).toMatchObject({ refused: 'not_allowed' });
    expect(await viewReport(db, document, randomUUID(), ports)).toMatchObject({ refused: 'not_found' });
  });

  it('keeps nothing of a refused file, and nothing that was saved can be rewritten', async () => {
    const document = await start('organ-4');
    for (const bytes of [new Uint8Array(), sample.subarray(0, 3000), Uint8Array.of(0x50, 0x4b, 3, 4)])
      expect(isRefusal(await importAs('drafter', document, 0, bytes))).toBe(true);
    expect(await viewReport(db, document, PEOPLE.drafter, ports)).toMatchObject({ revision: 0, digest: null });
    accepted(await importAs('drafter', document, 0));
    await expect(rows(db, 'UPDATE revision SET author = author')).rejects.toThrow('append-only');
    await expect(database.sql('DELETE FROM drafting.revision')).rejects.toThrow('append-only');
  });
});
