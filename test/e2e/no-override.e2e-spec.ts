import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { notesController } from '#leg-door/notes.controller';
import { ApprovalController } from '../../apps/approval/src/approval.controller.js';
import { ReviewController } from '../../apps/review/src/review.controller.js';
import {
  ALL_STAGES,
  corrected,
  explanationsOf,
  type People,
  signable,
  signInAll,
  signStages,
  type Submitted,
  submitReport,
} from '../support/chain.js';
import { type Client, eventually } from '../support/client.js';
import { changingRoutesOf } from '../support/controller-routes.js';
import { bodyFor, type Components, describedRoutes, type Facts, type Route } from '../support/described-routes.js';
import { testDistrict } from '../support/district.js';
import { settled } from '../support/settled.js';
import { startSystem, type System } from '../support/system.js';

jest.setTimeout(180_000);

const FAR = '2999-01-01T00:00:00.000Z';

/** The state-changing routes of the services behind the gateway, as their controllers declare them. */
function innerRoutes(): string[] {
  const ofLegs = [ReviewController, notesController('review'), ApprovalController, notesController('approval')]
    .flatMap(changingRoutesOf)
    .map((path) => path.replaceAll(/:\w+/g, '{}'));
  const services = ['drafting', 'review', 'approval', 'publication'];
  const written = services.flatMap((service) =>
    readdirSync(`apps/${service}/src`, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.controller.ts'))
      .flatMap((name) => {
        const text = readFileSync(join(`apps/${service}/src`, name), 'utf8');
        const root = /@Controller\('([^']*)'\)/.exec(text)?.[1] ?? '';
        return [...text.matchAll(/@(?:Post|Put|Patch|Delete)\((?:'([^']*)')?\)/g)].map(([, path = '']) =>
          [root, path]
            .filter((part) => part !== '')
            .join('/')
            .replaceAll(/:\w+/g, '{}'),
        );
      }),
  );
  return [...ofLegs, ...written];
}

describe('no override, for nobody', () => {
  let system: System;
  let people: People;
  let routes: Route[];
  let components: Components;
  const admin = (): Client => people['admin.one']!;

  beforeAll(async () => {
    system = await startSystem({ backend: 'postgres', district: testDistrict(4) });
    people = await signInAll(system.gatewayUrl, system.accounts);
    ({ routes, components } = await describedRoutes(admin()));
  }, 120_000);
  afterAll(() => system?.stop(), 60_000);

  /** Every row that decides whether something is approved or public. */
  const decisive = async (): Promise<unknown> =>
    Promise.all(
      [
        'SELECT case_id, round, pass, state, version, release_at, released_at FROM review.leg_case ORDER BY 1, 2, 3',
        'SELECT case_id, round, pass, state, version, release_at, released_at FROM approval.leg_case ORDER BY 1, 2, 3',
        'SELECT id, signed_by, signed_at FROM review.leg_seat ORDER BY id',
        'SELECT id, signed_by, signed_at FROM approval.leg_seat ORDER BY id',
        'SELECT id, state, public_state, public_edition, case_id FROM drafting.report ORDER BY id',
        'SELECT document, edition, state FROM publication.live_pointer ORDER BY document',
        `SELECT case_id, round, state FROM publication.publication_job ORDER BY case_id, round`,
      ].map((statement) => system.sql(statement)),
    );

  async function waitingUntil(organ: string, notBefore: string): Promise<Submitted> {
    const drafter = people['drafter']!;
    const { body: started } = await drafter.command('/reports', { organ, year: 2020 }, randomUUID());
    const bytes = corrected(readFileSync('samples/xiangyang-2020.txt')).toString('base64');
    const file = { baseRevision: 0, fileName: 'report.txt', bytes };
    const { body: saved } = await drafter.command(`/reports/${started.document}/imports`, file, randomUUID());
    const explanations = explanationsOf((await drafter.get(`/reports/${started.document}`)).body.checks);
    const seen = { revision: saved.revision, digest: saved.digest, notBefore, explanations };
    const { body } = await drafter.command(`/reports/${started.document}/submissions`, seen, randomUUID());
    return { document: started.document, case: body.case, content: body.content, organ };
  }

  it('every state-changing route of every service is in the description the test goes by', () => {
    const described = routes
      .filter(({ method }) => method !== 'GET')
      .map(({ path }) => path.replace(/^\/api\/v1\//, '').replaceAll(/\{\w+\}/g, '{}'));
    // These have another name outside: an outsider's link gives an opinion and nothing else.
    const otherwiseNamed = ['review', 'approval'].flatMap((leg) => [
      `${leg}-cases/by-link/questions`,
      `${leg}-cases/by-link/opinions`,
    ]);
    const missing = innerRoutes().filter((path) => !described.includes(path));
    expect(missing.toSorted()).toEqual(otherwiseNamed.toSorted());
    expect(described.length).toBeGreaterThan(20);
  });

  it('an administrator, stepped up, reaches approval or publication by none of them, in any state of a case', async () => {
    const begun = await submitReport(people, 'organ-0001');
    const nearly = await submitReport(people, 'organ-0002');
    await signStages(people, nearly, ALL_STAGES.slice(0, -1));
    const approved = await waitingUntil('organ-0003', FAR);
    await signStages(people, approved, ALL_STAGES);
    await eventually('it is approved and waits', async () => {
      const [row] = await system.sql('SELECT state FROM approval.leg_case WHERE case_id = $1', [approved.case]);
      return row?.['state'] === 'approved' ? true : undefined;
    });
    const open = await signable(people['principal']!, 'approval', nearly.case);
    const first = await signable(people['first-reviewer']!, 'review', begun.case);
    await settled(system);
    const before = await decisive();

    const answered: string[] = [];
    for (const [target, seat] of [
      [begun, first],
      [nearly, open],
      [approved, open],
    ] as const) {
      const facts = {
        ...target,
        seat: seat.seat,
        statement: seat.digest,
        checked: [],
        to: null,
        edition: 1,
        revision: 1,
        digest: target.content,
      };
      for (const { method, path, body } of routes) {
        if (method === 'GET' || path.endsWith('/session')) continue;
        const place = path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => {
          const fact = (facts as Facts)[name];
          return typeof fact === 'string' || typeof fact === 'number' ? String(fact) : target.case;
        });
        const reply = await admin().send(method, place, bodyFor(body, components, facts), {
          'idempotency-key': randomUUID(),
        });
        if (reply.status < 300) answered.push(`${method} ${path}`);
      }
    }
    expect(answered.filter((route) => /-cases|reports|publication/.test(route))).toEqual([]);
    // What was accepted (a step-up, his own notices, a proposal) has had its time to spread.
    await settled(system);
    expect(await decisive()).toEqual(before);
    for (const { organ } of [begun, nearly, approved])
      expect((await fetch(`${system.siteUrl}/xxgk/ndbg/${organ}/2020/`)).status).toBe(404);
  });
});
