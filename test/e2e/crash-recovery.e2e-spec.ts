import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SERVICES } from '#contracts/services';
import {
  ALL_STAGES,
  liveFiles,
  type People,
  signInAll,
  signStages,
  submitReport,
  type Submitted,
} from '../support/chain.js';
import { eventually } from '../support/client.js';
import { testDistrict } from '../support/district.js';
import { backends } from '../support/queues.js';
import { startSystem, type System } from '../support/system.js';

/** What must hold however often things died: one publication, one seal, one page per report, no message left over. */
async function expectLiveOnce(system: System, submitted: Submitted): Promise<void> {
  const live = await liveFiles(system.siteUrl, submitted.organ, 90_000);
  expect(createHash('sha256').update(live.report).digest('hex')).toBe(submitted.content);
  await eventually(
    `every message about ${submitted.document} is acknowledged`,
    async () => {
      const open = await Promise.all(
        SERVICES.map((service) =>
          system.sql(`select count(*)::int as n from ${service}.outbox where stream = $1 and acked_at is null`, [
            submitted.document,
          ]),
        ),
      );
      return open.every(([row]) => row?.['n'] === 0) ? true : undefined;
    },
    90_000,
  );
  await eventually(`${submitted.document} is recorded as live`, async () => {
    const [jobs] = await system.sql(
      `select count(*) filter (where state = 'live')::int as live, count(*)::int as jobs
       from publication.publication_job where document = $1`,
      [submitted.document],
    );
    return jobs?.['live'] === 1 && jobs['jobs'] === 1 ? true : undefined;
  });
  const [sealed] = await system.sql(
    `select count(*)::int as n from approval.outbox where stream = $1 and type = 'approval.granted'`,
    [submitted.document],
  );
  expect(sealed).toEqual({ n: 1 });
}

describe.each(backends)('whatever breaks, what was signed goes live once (%s)', (backend) => {
  let system: System;
  let people: People;

  beforeAll(async () => {
    system = await startSystem({ backend, district: testDistrict(12) });
    people = await signInAll(system.gatewayUrl, system.accounts);
  }, 120_000);
  afterAll(() => system?.stop(), 60_000);
  beforeEach(async () => {
    await eventually(
      'the gateway is back from the last kill',
      async () => {
        const ready = await fetch(`${system.gatewayUrl}/readyz`).catch(() => undefined);
        return ready?.status === 200 ? true : undefined;
      },
      60_000,
    );
  }, 60_000);

  it.each(SERVICES.map((service, index) => [service, index + 1] as const))(
    'kill -9 of %s between the signatures',
    async (service, index) => {
      const organ = `organ-${String(index).padStart(4, '0')}`;
      const submitted = await submitReport(people, organ);
      await signStages(people, submitted, ['first-review']);
      const before = system.services[service].pid;
      system.services[service].kill('SIGKILL');
      await signStages(people, submitted, ALL_STAGES.slice(1));
      system.services[service].kill('SIGKILL');
      await expectLiveOnce(system, submitted);
      expect(system.services[service].pid).not.toBe(before);
    },
    180_000,
  );

  it('the queue emptied at every step', async () => {
    const submitted = await submitReport(people, 'organ-0010');
    for (const stage of ALL_STAGES) {
      await system.flushQueues();
      await signStages(people, submitted, [stage]);
      await system.flushQueues();
    }
    await expectLiveOnce(system, submitted);
  }, 180_000);

  it('all six services killed at once with cases in every state', async () => {
    const cases = await Promise.all(
      ['organ-0007', 'organ-0008', 'organ-0009'].map((organ) => submitReport(people, organ)),
    );
    await signStages(people, cases[0]!, ALL_STAGES.slice(0, 4));
    await signStages(people, cases[1]!, ALL_STAGES.slice(0, 2));
    for (const service of SERVICES) system.services[service].kill('SIGKILL');
    await signStages(people, cases[0]!, ALL_STAGES.slice(4));
    await signStages(people, cases[1]!, ALL_STAGES.slice(2));
    await signStages(people, cases[2]!, ALL_STAGES);
    for (const submitted of cases) await expectLiveOnce(system, submitted);
  }, 240_000);
});
