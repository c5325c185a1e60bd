import { createHash, randomUUID } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { nodeCrypto } from '#evidence/node-crypto';
import { parseTrust } from '#evidence/trust';
import { verifyBundle } from '#evidence/verify-bundle';
import {
  ALL_STAGES,
  corrected,
  explanationsOf,
  legPath,
  liveFiles,
  type People,
  signable,
  signatureOn,
  signInAll,
  signNext,
  signStages,
  submitReport,
} from '../support/chain.js';
import { Client, eventually } from '../support/client.js';
import { testDistrict } from '../support/district.js';
import { backends } from '../support/queues.js';
import { startSystem, type System } from '../support/system.js';

jest.setTimeout(60_000);

const sample = corrected(readFileSync(new URL('../../samples/xiangyang-2020.txt', import.meta.url)));
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe.each(backends)('a report from import to its public page (%s)', (backend) => {
  let system: System;
  let people: People;
  const as = (login: string): Client => people[login]!;

  beforeAll(async () => {
    system = await startSystem({ backend, district: testDistrict(18) });
    people = await signInAll(system.gatewayUrl, system.accounts);
  }, 120_000);
  afterAll(() => system?.stop(), 60_000);

  it('goes live by itself on the last signature, provably, with the signed bytes', async () => {
    const submitted = await submitReport(people, 'organ-0001');
    await signStages(people, submitted, ALL_STAGES);
    const live = await liveFiles(system.siteUrl, submitted.organ);

    expect(sha256(live.report)).toBe(submitted.content);
    const trust = parseTrust(JSON.parse(readFileSync(system.trustFile, 'utf8')));
    const verdict = verifyBundle(live.evidence, trust, nodeCrypto);
    expect(verdict).toMatchObject({ ok: true, summary: { case: submitted.case, content: submitted.content } });

    for (const text of ['2072', '1150', '未收到群众公开政府信息的申请', '六、2021年工作安排及改进措施'])
      expect(live.page).toContain(text);
    expect(live.page).not.toContain('_GoBack');
    expect(live.page).not.toMatch(/<script(?! type="application\/ld\+json">)/i);

    const line = await eventually('the case is done in the list, with its address', async () => {
      const { body } = await as('drafter').get(`/cases/${submitted.case}`);
      return body.state === 'done' && body.url !== null ? body : undefined;
    });
    expect(line).toMatchObject({ leg: 'approval', signatures: 5, url: live.url });
    const report = await as('drafter').get(`/reports/${submitted.document}`);
    expect(report.body).toMatchObject({ state: 'live', case: submitted.case });
  }, 90_000);

  it('tells each signer that it is his turn, and nobody else', async () => {
    const submitted = await submitReport(people, 'organ-0002');
    const waiting = async (login: string): Promise<boolean> => {
      const { body } = await as(login).get('/inbox');
      return body.items.some((item: { case: string }) => item.case === submitted.case);
    };
    await eventually('first reviewer has it', async () => ((await waiting('first-reviewer')) ? true : undefined));
    expect(await waiting('secrecy-reviewer')).toBe(false);
    expect(await waiting('principal')).toBe(false);
    await signStages(people, submitted, ['first-review']);
    await eventually('secrecy reviewer has it', async () => ((await waiting('secrecy-reviewer')) ? true : undefined));
    expect(await waiting('first-reviewer')).toBe(false);
  }, 60_000);

  it('an edit after signatures counts them for nothing: the new content is signed again from the first stage', async () => {
    const submitted = await submitReport(people, 'organ-0003');
    const before = await signable(as('first-reviewer'), 'review', submitted.case);
    await signStages(people, submitted, ['first-review']);
    const secrecy = await signable(as('secrecy-reviewer'), 'review', submitted.case);
    const returned = await as('secrecy-reviewer').command(`${legPath('review', submitted.case)}/returns`, {
      seat: secrecy.seat,
      content: submitted.content,
      reason: '第五部分须写明改进措施。',
      place: null,
    });
    expect(returned).toMatchObject({ status: 200, body: { state: 'returned' } });
    await eventually('drafting knows of the return', async () => {
      const { body } = await as('drafter').get(`/reports/${submitted.document}`);
      return body.state === 'returned' ? true : undefined;
    });

    const text = sample.toString('utf8').replace('取得了一定成效', '取得了明显成效');
    const file = { baseRevision: 1, fileName: 'second.txt', bytes: Buffer.from(text).toString('base64') };
    const saved = await as('drafter').command(`/reports/${submitted.document}/imports`, file);
    const again = await as('drafter').command(`/reports/${submitted.document}/submissions`, {
      revision: saved.body.revision,
      digest: saved.body.digest,
      explanations: explanationsOf(saved.body.checks),
    });
    expect(again).toMatchObject({ body: { case: submitted.case, round: 2 } });
    expect(again.body.content).not.toBe(submitted.content);

    const fresh = await eventually('the second round is open', async () => {
      const { body } = await as('first-reviewer').get(legPath('review', submitted.case));
      return body.round === 2 ? body.signable[0] : undefined;
    });
    expect(fresh.seat).not.toBe(before.seat);
    const old = { seat: fresh.seat, statement: before.digest };
    const signatures = `${legPath('review', submitted.case)}/signatures`;
    const unseen = await as('first-reviewer').command(signatures, old);
    expect(unseen).toMatchObject({ status: 409, body: { code: 'not_viewed' } });
    await signable(as('first-reviewer'), 'review', submitted.case);
    const stale = await as('first-reviewer').command(signatures, old);
    expect(stale).toMatchObject({ status: 409, body: { code: 'signed_something_else' } });
    const { body: difference } = await as('first-reviewer').get(`${legPath('review', submitted.case)}/difference`);
    expect(difference).toMatchObject({ fromContent: submitted.content, content: again.body.content });
    expect(JSON.stringify(difference.comparison)).toContain('明显');
    await signStages(people, { ...submitted, content: again.body.content }, ALL_STAGES);
    const live = await liveFiles(system.siteUrl, submitted.organ);
    expect(sha256(live.report)).toBe(again.body.content);
    expect(live.page).toContain('取得了明显成效');
  }, 90_000);

  it('a note keeps its stage from signing, and what it suggests becomes the next revision in one act', async () => {
    const submitted = await submitReport(people, 'organ-0014');
    const { seat, digest } = await signable(as('first-reviewer'), 'review', submitted.case);
    const notes = `${legPath('review', submitted.case)}/notes`;
    const place = { cell: 't2.20-9.procurement.projects' };
    const body = { content: submitted.content, place, text: '台账为 <42> 项。', suggestion: '42' };
    const key = randomUUID();
    const made = await as('first-reviewer').command(notes, body, key);
    expect(made).toMatchObject({ status: 200, body: { state: 'open', text: body.text, blocks: 'first-review' } });
    expect((await as('first-reviewer').command(notes, body, key)).body).toEqual(made.body);
    for (const [login, status, code] of [
      ['drafter', 403, 'not_acting'],
      ['outsider', 404, 'not_found'],
    ] as const)
      expect(await as(login).command(notes, body)).toMatchObject({ status, body: { code } });
    for (const text of ['', '有\u0000', '批'.repeat(2001)])
      expect(await as('first-reviewer').command(notes, { ...body, text })).toMatchObject({ status: 400, body: { code: 'malformed' } });
    const signing = { seat, statement: digest };
    expect(await as('first-reviewer').command(`${legPath('review', submitted.case)}/signatures`, signing)).toMatchObject({
      status: 409,
      body: { code: 'notes_open', data: { count: 1 } },
    });
    expect(await as('drafter').command(`${notes}/${made.body.note}/replies`, { text: '请退回。' })).toMatchObject({ status: 200 });
    const back = { seat, content: submitted.content, reason: '见批注。', place: null };
    expect(await as('first-reviewer').command(`${legPath('review', submitted.case)}/returns`, back)).toMatchObject({ status: 200 });

    const report = `/reports/${submitted.document}`;
    const taken = await eventually('the suggestion can be accepted', async () => {
      const accepting = { baseRevision: 1, case: submitted.case, note: made.body.note };
      const reply = await as('drafter').command(`${report}/accepted-suggestions`, accepting);
      return reply.status === 200 ? reply.body : undefined;
    });
    expect(taken).toMatchObject({ revision: 2, note: made.body.note });
    expect((await as('drafter').get(report)).body.report.tables.t2[place.cell]).toMatchObject({ value: '42' });
    expect((await as('drafter').get(`${report}/suggestions`)).body.items).toEqual([]);
    await eventually('the note is accepted', async () => {
      const { body: seen } = await as('first-reviewer').get(notes);
      return seen.items[0].state === 'accepted' && seen.open === 0 ? true : undefined;
    });
  }, 90_000); // prettier-ignore

  it('sent back from approval to a review stage it is signed from there on, and goes live in the same round', async () => {
    const submitted = await submitReport(people, 'organ-0015');
    await signStages(people, submitted, ['first-review', 'secrecy-review', 'countersign']);
    const { seat } = await signable(as('deputy-leader'), 'approval', submitted.case);
    const back = { seat, content: submitted.content, reason: '请保密审查员再看第三部分。', to: 'secrecy-review' };
    const path = legPath('approval', submitted.case);
    expect(await as('deputy-leader').command(`${path}/returns`, back)).toMatchObject({
      status: 200,
      body: { state: 'sent-back' },
    });
    await signNext(as('secrecy-reviewer'), 'review', submitted.case, 'again');
    for (const role of ['countersigner', 'deputy-leader', 'principal'])
      await signNext(as(role), 'approval', submitted.case, `again.${role}`);
    const live = await liveFiles(system.siteUrl, submitted.organ);
    expect(sha256(live.report)).toBe(submitted.content);
    const line = await eventually('the lists know of every signature', async () => {
      const { body } = await as('drafter').get(`/cases/${submitted.case}`);
      return body.signatures === 5 ? body : undefined;
    });
    expect(line).toMatchObject({ round: 1, leg: 'approval' });
  }, 90_000);

  it('many are signed in one request, each by itself: what is refused keeps nothing else from being signed', async () => {
    const good = await submitReport(people, 'organ-0017');
    const stale = await submitReport(people, 'organ-0018');
    const itemOf = async (submitted: typeof good): Promise<object> => {
      const seat = await signable(as('first-reviewer'), 'review', submitted.case);
      return { leg: 'review', case: submitted.case, ...signatureOn(seat) };
    };
    const first = await itemOf(good);
    const items = [first, { ...(await itemOf(stale)), statement: 'a'.repeat(64) }, { ...first, case: randomUUID() }];
    const key = randomUUID();
    const signed = await as('first-reviewer').command('/signatures', { items }, key);
    expect(signed).toMatchObject({
      status: 200,
      body: {
        results: [
          { case: good.case, signed: true, outcome: { leg: 'review' }, problem: null },
          { case: stale.case, signed: false, outcome: null, problem: { code: 'signed_something_else' } },
          { signed: false, problem: { code: 'not_found' } },
        ],
      },
    });
    expect((await as('first-reviewer').command('/signatures', { items }, key)).body.results[0]).toEqual(signed.body.results[0]);
    expect((await as('first-reviewer').get(legPath('review', stale.case))).body.signable).toHaveLength(1);
    expect(await as('outsider').command('/signatures', { items: [items[0]] })).toMatchObject({
      status: 200,
      body: { results: [{ signed: false, problem: { code: 'not_found' } }] },
    });
  }, 90_000); // prettier-ignore

  describe('refuses, with a stable code and no effect', () => {
    it('a stranger, and everything that was not opened on purpose', async () => {
      const stranger = new Client(system.gatewayUrl);
      for (const path of ['/inbox', '/reports', '/cases/00000000-0000-4000-8000-000000000000', '/alarms', '/events']) {
        expect(await stranger.get(path)).toMatchObject({ status: 401, body: { code: 'not_signed_in' } });
      }
      expect(await stranger.command('/reports', { organ: 'organ-0004', year: 2020 })).toMatchObject({ status: 401 });
    });

    it('a wrong password, in the same words as an unknown name', async () => {
      const wrong = await new Client(system.gatewayUrl).send('POST', '/api/v1/session', {
        login: 'drafter',
        password: 'x',
      });
      const unknown = await new Client(system.gatewayUrl).send('POST', '/api/v1/session', {
        login: 'nobody.here',
        password: 'x',
      });
      expect(wrong).toMatchObject({ status: 401, body: { code: 'bad_credentials' } });
      expect({ ...unknown.body, correlationId: '' }).toEqual({ ...wrong.body, correlationId: '' });
    });

    it('a command without rights; and an object somebody may not see looks like none', async () => {
      const submitted = await submitReport(people, 'organ-0004');
      expect(await as('principal').command('/reports', { organ: 'organ-0005', year: 2020 })).toMatchObject({
        status: 403,
        body: { code: 'not_allowed' },
      });
      const { seat, digest } = await signable(as('first-reviewer'), 'review', submitted.case);
      const path = `${legPath('review', submitted.case)}/signatures`;
      expect(await as('secrecy-reviewer').command(path, { seat, statement: digest })).toMatchObject({
        status: 403,
        body: { code: 'not_eligible' },
      });
      expect(await as('outsider').get(legPath('review', submitted.case))).toMatchObject({
        status: 404,
        body: { code: 'not_found' },
      });
      expect(await as('outsider').get(`/reports/${submitted.document}`)).toMatchObject({
        status: 404,
        body: { code: 'not_found' },
      });
    });

    it('a signature without a fresh proof that it is the person', async () => {
      const submitted = await submitReport(people, 'organ-0006');
      const { seat, digest } = await signable(as('first-reviewer'), 'review', submitted.case);
      const { login, password } = as('first-reviewer');
      const onlySignedIn = await new Client(system.gatewayUrl, login, password).signIn();
      const reply = await onlySignedIn.command(`${legPath('review', submitted.case)}/signatures`, {
        seat,
        statement: digest,
      });
      expect(reply).toMatchObject({ status: 403, body: { code: 'step_up_required' } });
    });

    it('a stale revision, a key used for something else, an unknown field, a missing key', async () => {
      const { body } = await as('drafter').command('/reports', { organ: 'organ-0007', year: 2020 });
      const imports = `/reports/${body.document}/imports`;
      const file = { baseRevision: 0, fileName: 'a.txt', bytes: sample.toString('base64') };
      const first = await as('drafter').command(imports, file, 'import-key');
      expect(first.body.revision).toBe(1);
      const repeated = await as('drafter').command(imports, file, 'import-key');
      expect(repeated).toMatchObject({ status: first.status, body: first.body });
      expect(await as('drafter').command(imports, { ...file, fileName: 'b.txt' }, 'import-key')).toMatchObject({
        status: 422,
        body: { code: 'key_reused' },
      });
      expect(await as('drafter').command(imports, file)).toMatchObject({
        status: 409,
        body: { code: 'revision_not_latest', data: { latest: 1 } },
      });
      expect(await as('drafter').command(imports, { ...file, state: 'approved' })).toMatchObject({
        status: 400,
        body: { code: 'malformed' },
      });
      expect(await as('drafter').send('POST', `/api/v1${imports}`, file)).toMatchObject({
        status: 400,
        body: { code: 'key_required' },
      });
      expect(
        await as('drafter').send('POST', `/api/v1${imports}`, '{"baseRevision":', { 'idempotency-key': 'k' }),
      ).toMatchObject({ status: 400, body: { code: 'malformed' } });
    });

    it('files that are no whole report, storing nothing of them', async () => {
      const { body } = await as('drafter').command('/reports', { organ: 'organ-0008', year: 2020 });
      const attempt = (bytes: Uint8Array): Promise<{ status: number; body: { code?: string } }> =>
        as('drafter').command(`/reports/${body.document}/imports`, {
          baseRevision: 0,
          fileName: 'x.txt',
          bytes: Buffer.from(bytes).toString('base64'),
        });
      expect(await attempt(Buffer.from(''))).toMatchObject({ status: 422, body: { code: 'empty_file' } });
      expect(await attempt(Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0]))).toMatchObject({
        status: 422,
        body: { code: 'broken_file' },
      });
      expect(await attempt(Buffer.from('今天天气很好。\n'))).toMatchObject({
        status: 422,
        body: { code: 'not_a_report' },
      });
      expect(await attempt(sample.subarray(0, 3000))).toMatchObject({
        status: 422,
        body: { code: 'truncated_report' },
      });
      expect((await as('drafter').get(`/reports/${body.document}`)).body).toMatchObject({ revision: 0, digest: null });
    });

    it('a file that is only looked at: it comes back read, and nothing is kept', async () => {
      const { body } = await as('drafter').command('/reports', { organ: 'organ-0011', year: 2021 });
      const path = `/api/v1/reports/${body.document}/readings`;
      const file = { fileName: '去年.txt', bytes: sample.toString('base64') };
      expect(await as('drafter').send('POST', path, file)).toMatchObject({
        status: 422,
        body: { code: 'year_differs', data: { found: 2020, expected: 2021 } },
      });
      const looked = await as('drafter').send('POST', path, { ...file, use: 'last-year' });
      expect(looked).toMatchObject({ status: 200, body: { blocked: true, lastYear: { year: 2020 } } });
      const { report, sources } = looked.body;
      expect(report).toMatchObject({ year: 2021, format: '2021' });
      expect(JSON.stringify(report.tables)).not.toContain('"value"');
      expect(sources['t2.20-9.procurement.amount']).toMatchObject({ original: '1150万', sure: 'certain' });
      expect((await as('drafter').get(`/reports/${body.document}`)).body).toMatchObject({ revision: 0, digest: null });
      expect(await as('first-reviewer').send('POST', path, file)).toMatchObject({ status: 404 });
    });

    it('a second case while one is open', async () => {
      const submitted = await submitReport(people, 'organ-0009');
      const { body } = await as('drafter').get(`/reports/${submitted.document}`);
      const again = await as('drafter').command(`/reports/${submitted.document}/submissions`, {
        revision: body.revision,
        digest: body.digest,
      });
      expect(again).toMatchObject({ status: 409, body: { code: 'case_open' } });
    });

    it('a page of another origin', async () => {
      const { login, password } = as('drafter');
      const reply = await new Client(system.gatewayUrl).send(
        'POST',
        '/api/v1/session',
        { login, password },
        { origin: 'https://evil.example' },
      );
      expect(reply).toMatchObject({ status: 403, body: { code: 'bad_origin' } });
    });
  });

  it('reads a GB 18030 file as the same report', async () => {
    const gb = execFileSync('iconv', ['-f', 'UTF-8', '-t', 'GB18030'], { input: sample });
    const submitted = await submitReport(people, 'organ-0010', gb);
    const utf = await submitReport(people, 'organ-0011');
    const read = async (document: string): Promise<unknown> =>
      (await as('drafter').get(`/reports/${document}`)).body.report;
    expect(await read(submitted.document)).toEqual(await read(utf.document));
  }, 60_000);

  it('keeps text, names and passwords out of queues and logs', async () => {
    const canary = '金丝雀一二三';
    const text = sample.toString('utf8').replace('取得了一定成效', canary);
    const submitted = await submitReport(people, 'organ-0012', Buffer.from(text));
    await signStages(people, submitted, ['first-review', 'secrecy-review']);
    await signable(as('countersigner'), 'approval', submitted.case);
    const queues = await system.dumpQueues();
    expect(queues).toContain(submitted.case);
    for (const secret of [canary, '起草人', '管理员甲', as('drafter').password]) {
      expect(queues).not.toContain(secret);
      expect(system.logs()).not.toContain(secret);
    }
  }, 60_000);

  it('pushes what changed to whoever may see it', async () => {
    const first = await as('drafter').events();
    const submitted = await submitReport(people, 'organ-0013');
    const seen = await first(({ kind, case: about }) => kind.startsWith('review') && about === submitted.case);
    expect(seen).toMatchObject({ document: submitted.document });
  }, 60_000);

  it('describes itself: every route of the API is in the OpenAPI document', async () => {
    const { body } = await new Client(system.gatewayUrl).send('GET', '/api/openapi.json');
    const paths = Object.keys(body.paths);
    for (const path of [
      '/api/v1/session',
      '/api/v1/reports/{document}/submissions',
      '/api/v1/review-cases/{case}/signatures',
      '/api/v1/approval-cases/{case}/recall',
      '/api/v1/approval-cases/{case}/notes/{note}/replies',
      '/api/v1/review-cases/{case}/notes',
      '/api/v1/reports/{document}/accepted-suggestions',
    ]) {
      expect(paths).toContain(path);
    }
  });
});
