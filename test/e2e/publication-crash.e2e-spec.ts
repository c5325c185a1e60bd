import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { ALL_STAGES, liveFiles, signInAll, signStages, submitReport, wholePage } from '../support/chain.js';
import { eventually } from '../support/client.js';
import { testDistrict } from '../support/district.js';
import { startSystem } from '../support/system.js';

const POINTS = ['publish.verified', 'publish.rendered', 'publish.tree', 'publish.pointer', 'publish.readback'];

/** What a killed attempt has told: what it did before the address moved is written with the move. */
const UNTOLD = ['begun'];
const TOLD = ['begun', 'proof', 'page', 'files'];

describe('publication killed in the middle of publishing', () => {
  it.each(POINTS)(
    'at %s publishes the edition once, and leaves the page beside it alone',
    async (point) => {
      // The second passing kills: the first report goes through, the second is finished by the next life of the process.
      // Readers of the site are answered by a process of its own, which ends with the publisher and comes back with it.
      const env = { CRASHPOINT: `${point}#2`, ALLOW_FAULTS: '1', SUNWARD_SITE_READERS: '1' };
      const system = await startSystem({ backend: 'postgres', district: testDistrict(2), env });
      try {
        const people = await signInAll(system.gatewayUrl, system.accounts);
        const first = await submitReport(people, 'organ-0001');
        await signStages(people, first, ALL_STAGES);
        const before = await wholePage(system.siteUrl, first.organ);
        const life = system.services.publication.pid;

        const second = await submitReport(people, 'organ-0002');
        await signStages(people, second, ALL_STAGES);
        const live = await eventually(
          `${second.document} is recorded as live`,
          async () => {
            const jobs = await system.sql(
              'select state, attempts from publication.publication_job where document = $1',
              [second.document],
            );
            return jobs.length === 1 && jobs[0]?.['state'] === 'live' ? jobs[0] : undefined;
          },
          60_000,
        );
        expect(live['attempts']).toBe(2);
        expect(system.services.publication.pid).not.toBe(life);
        const steps = await system.sql(
          'select attempt, step, defect from publication.publication_step where case_id = $1 order by attempt, started_at',
          [second.case],
        );
        const of = (attempt: number): unknown[] =>
          steps.filter((one) => one['attempt'] === attempt).map(({ step }) => step);
        expect(of(1)).toEqual(['publish.pointer', 'publish.readback'].includes(point) ? TOLD : UNTOLD);
        expect(of(2).slice(0, 7)).toEqual([...TOLD, 'address', 'read-back', 'receipt']);
        expect(steps.every(({ defect }) => defect === null)).toBe(true);

        const files = await liveFiles(system.siteUrl, second.organ);
        expect(createHash('sha256').update(files.report).digest('hex')).toBe(second.content);
        expect((await liveFiles(system.siteUrl, first.organ)).page).toBe(before);
        expect(await wholePage(system.siteUrl, second.organ)).toContain('data-file="report.pdf"');
        expect(await system.sql('select count(*)::int as n from publication.live_pointer')).toEqual([{ n: 2 }]);
      } finally {
        await system.stop();
      }
    },
    180_000,
  );
});
