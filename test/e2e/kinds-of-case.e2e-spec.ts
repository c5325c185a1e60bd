import { randomUUID } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  ALL_STAGES,
  corrected,
  explanationsOf,
  liveFiles,
  type People,
  signInAll,
  signStages,
  type Submitted,
  submitReport,
} from '../support/chain.js';
import { type Client, eventually, type Reply } from '../support/client.js';
import { testDistrict } from '../support/district.js';
import { backends } from '../support/queues.js';
import { startSystem, type System } from '../support/system.js';

jest.setTimeout(90_000);

const SHORT = ['secrecy-review', 'principal'];
const BETTER = Buffer.from(
  corrected(readFileSync(new URL('../../samples/xiangyang-2020.txt', import.meta.url)))
    .toString('utf8')
    .replace('其它方式', '其他方式'),
);

describe.each(backends)('kinds of case over HTTP (%s)', (backend) => {
  let system: System;
  let people: People;
  const drafter = (): Client => people['drafter']!;
  const ok = ({ status, body }: Reply): Reply['body'] => {
    expect({ status, body }).toMatchObject({ status: 200 });
    return body;
  };
  const command = async (path: string, body: object): Promise<Reply['body']> =>
    ok(await drafter().command(path, body, randomUUID()));
  const detail = async (document: string): Promise<Reply['body']> => ok(await drafter().get(`/reports/${document}`));
  const publicStatus = async (path: string): Promise<number> => (await fetch(`${system.siteUrl}${path}`)).status;
  const until = (what: string, document: string, holds: (body: Reply['body']) => boolean): Promise<unknown> =>
    eventually(what, async () => (holds(await detail(document)) ? true : undefined), 60_000);

  /** Imports a file as the next revision and submits it for this act. */
  async function submit(document: string, bytes: Buffer, kind: string, reason: string | null): Promise<Submitted> {
    const { revision: baseRevision, organ } = await detail(document);
    const file = { baseRevision, fileName: 'report.txt', bytes: bytes.toString('base64') };
    const { revision, digest } = await command(`/reports/${document}/imports`, file);
    const explanations = explanationsOf((await detail(document)).checks);
    const body = { revision, digest, notBefore: null, explanations, kind, reason };
    const submitted = await command(`/reports/${document}/submissions`, body);
    return { document, case: submitted.case, content: submitted.content, organ };
  }

  beforeAll(async () => {
    // Two readers of the site: what changes must be known to whichever of them answers.
    system = await startSystem({ backend, district: testDistrict(6), env: { SUNWARD_SITE_READERS: '2' } });
    people = await signInAll(system.gatewayUrl, system.accounts);
  }, 120_000);
  afterAll(() => system?.stop(), 60_000);

  it('corrects what is public at the same address, then withdraws it, each by signatures of its own', async () => {
    const first = await submitReport(people, 'organ-0001');
    await signStages(people, first, ALL_STAGES);
    const { url, report: before } = await liveFiles(system.siteUrl, first.organ);
    const path = new URL(url).pathname;
    const { document } = first;
    await until('drafting knows it is live', document, ({ state }) => state === 'live');

    const file = { baseRevision: 1, fileName: 'report.txt', bytes: BETTER.toString('base64') };
    const early = await drafter().command(`/reports/${document}/imports`, file, randomUUID());
    expect(early.body).toMatchObject({ code: 'already_live' });
    await command(`/reports/${document}/corrections`, {});
    const second = await submit(document, BETTER, 'correct', '用词有误，予以更正。');
    expect((await detail(document)).notices).toMatchObject([{ notice: { kind: 'correct', replaces: 1 } }]);
    expect(Buffer.from(before).equals(Buffer.from(await (await fetch(`${url}report.json`)).arrayBuffer()))).toBe(true);
    await signStages(people, second, ALL_STAGES);
    await until('the correction is live', document, (body) => body.public?.edition === 2);
    const page = await (await fetch(url)).text();
    for (const told of ['更正说明', '用词有误，予以更正。', '其它方式', 'v1/']) expect(page).toContain(told);
    expect(await (await fetch(`${url}v1/`)).text()).toContain('已由第2版');
    expect(await publicStatus(`${path}v1/report.json`)).toBe(200);

    const { public: now } = await detail(document);
    const asked = { edition: now.edition, content: now.content, reason: '误发，予以撤回。' };
    const withdrawal = await command(`/reports/${document}/withdrawals`, asked);
    expect(await publicStatus(path)).toBe(200);
    await signStages(people, { ...second, case: withdrawal.case, content: withdrawal.content }, SHORT);
    await until('it is withdrawn', document, ({ state }) => state === 'withdrawn');
    for (const name of ['', 'report.json', 'evidence.json', 'v1/', 'v2/report.json'])
      expect(await publicStatus(path + name)).toBe(410);
    expect(await (await fetch(url)).text()).toContain('误发，予以撤回。');
    const list = await (await fetch(`${system.siteUrl}/corrections/`)).text();
    expect(list).toContain('误发，予以撤回。');

    const evidence = join(system.varDir, 'withdrawal.json');
    writeFileSync(evidence, Buffer.from(await (await fetch(`${url}withdrawal.json`)).arrayBuffer()));
    const verify = (...more: string[]): string =>
      execFileSync(
        process.execPath,
        ['dist/run/sunward.js', 'verify', evidence, '--trust', system.trustFile, ...more],
        { encoding: 'utf8' },
      );
    expect(verify()).toContain('撤回已公开的版本');
    const kept = join(system.varDir, 'kept.json');
    writeFileSync(kept, before);
    // Edition 1 is not what was withdrawn.
    expect(() => verify('--report', kept)).toThrow(
      expect.objectContaining({ status: 1, stdout: expect.stringContaining('content_digest') }),
    );
    const line = await eventually('the case is done', async () => {
      const { body } = await drafter().get(`/cases/${withdrawal.case}`);
      return body.state === 'done' ? body : undefined;
    });
    expect(line).toMatchObject({ kind: 'withdraw' });
  }, 180_000);

  it('publishes in an emergency with a mark, has it ratified by itself, and drafts a withdrawal when it is refused', async () => {
    const emergency = async (organ: string): Promise<Submitted> => {
      const { document } = await command('/reports', { organ, year: 2020 });
      const submitted = await submit(document, BETTER, 'emergency', '突发事件，须立即公开。');
      await signStages(people, submitted, SHORT);
      return submitted;
    };
    const ratificationOf = (document: string): Promise<Reply['body']> =>
      eventually(
        'its ratification is under signature',
        async () => {
          const { acts } = await detail(document);
          return acts.find(
            (act: { kind: string; state: string }) => act.kind === 'ratify' && act.state === 'submitted',
          );
        },
        60_000,
      );

    const first = await emergency('organ-0002');
    const { url, report } = await liveFiles(system.siteUrl, first.organ);
    expect(await (await fetch(url)).text()).toContain('data-mark="emergency"');
    const owed = await ratificationOf(first.document);
    const counts = await eventually('the dashboard counts it', async () => {
      const { body } = await people['outsider']!.get('/ratifications');
      return body.open === 1 ? body : undefined;
    });
    expect(counts).toMatchObject({ overdue: 0, items: [] }); // counted for everybody, shown to those concerned
    expect((await drafter().get('/ratifications')).body.items).toMatchObject([
      { document: first.document, state: 'open' },
    ]);
    await signStages(people, { ...first, case: owed.case }, SHORT);
    await eventually(
      'the page says it is ratified',
      async () => ((await (await fetch(url)).text()).includes('已追认') ? true : undefined),
      60_000,
    );
    expect(Buffer.from(report).equals(Buffer.from(await (await fetch(`${url}report.json`)).arrayBuffer()))).toBe(true);
    const said = execFileSync(
      process.execPath,
      ['dist/run/sunward.js', '--lang', 'en', 'verify', url, '--trust', system.trustFile],
      { encoding: 'utf8' },
    );
    expect(said).toMatch(/✓ Proved[^]*✓ Ratified/);
    await until('nothing is owed any more', first.document, ({ acts }) => acts.length === 0);

    const second = await emergency('organ-0003');
    await liveFiles(system.siteUrl, second.organ);
    const refused = await ratificationOf(second.document);
    const reviewer = people['secrecy-reviewer']!;
    const seat = await eventually(
      'the reviewer has it',
      async () => {
        const { body, status } = await reviewer.get(`/review-cases/${refused.case}`);
        return status === 200 ? body.signable[0]?.seat : undefined;
      },
      60_000,
    );
    const back = { seat, content: second.content, reason: '不属于应急情形。', place: null, to: null };
    ok(await reviewer.command(`/review-cases/${refused.case}/returns`, back, randomUUID()));
    await until('a withdrawal is drafted', second.document, ({ acts }) =>
      acts.some((act: { kind: string; state: string }) => act.kind === 'withdraw' && act.state === 'prepared'),
    );
    const asked = { edition: 1, content: second.content, reason: '应急公开未获追认，予以撤回。' };
    const withdrawal = await command(`/reports/${second.document}/withdrawals`, asked);
    await signStages(people, { ...second, case: withdrawal.case }, SHORT);
    await until('it is withdrawn', second.document, ({ state, acts }) => state === 'withdrawn' && acts.length === 0);
  }, 180_000);
});
