import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getContent } from '#content-store/content-store';
import { isRefusal, type Refusal } from '#domain/decision';
import { rows } from '#persistence/sql';
import type { AnnualReport } from '#report/model';
import { readReportFile } from '#report-files/read-report-file';
import { changedRows } from '../../apps/drafting/src/persistence/changed-rows.queries.js';
import { keepLastYear } from '../../apps/drafting/src/use-cases/keep-last-year.use-case.js';
import { previewRoute } from '../../apps/drafting/src/use-cases/preview-route.use-case.js';
import { startReport } from '../../apps/drafting/src/use-cases/start-report.use-case.js';
import { viewContext } from '../../apps/drafting/src/use-cases/view-context.use-case.js';
import { viewRevision, viewRevisions } from '../../apps/drafting/src/use-cases/view-revisions.use-case.js';
import { DraftingWorld, PEOPLE, sampleWith, type Who } from '../support/drafting-world.js';

const asker = (who: Who) => ({ person: PEOPLE[who], correlationId: randomUUID() });
const accepted = <T>(outcome: T | Refusal): T => {
  if (isRefusal(outcome)) throw new Error(`refused: ${outcome.refused} ${JSON.stringify(outcome.data)}`);
  return outcome;
};

describe('what a drafter has beside the text', () => {
  let world: DraftingWorld;
  beforeAll(async () => {
    world = await DraftingWorld.open(['organ-0', 'organ-1', 'organ-2', 'organ-3'], ['publish', 'emergency']);
  });
  afterAll(() => world?.close());

  const startFor = async (organ: string, year: number): Promise<string> =>
    accepted(await world.inTx((tx) => startReport(tx, { organ, year }, asker('drafter')))).document;
  const keep = async (document: string, who: Who, bytes = sampleWith('', '')) => {
    const reading = await readReportFile(bytes);
    return world.inTx(async (tx) => {
      const kept = await keepLastYear(tx, { document, fileName: '2020年度报告.txt', bytes, reading }, asker(who));
      return { kept, written: await changedRows(tx, document) };
    });
  };

  it('keeps last year’s file byte for byte, and checks this year against it', async () => {
    const document = await startFor('organ-0', 2021);
    expect(accepted(await viewContext(world.db, document, PEOPLE.drafter)).lastYear).toBeNull();
    const bytes = sampleWith('', '');
    const { kept, written } = await keep(document, 'drafter', bytes);
    const { digest } = accepted(kept);
    expect(digest).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(await getContent(world.db, digest)).toEqual(bytes);
    // The ledger entry of the command names the file, and holds no text of it.
    const [row] = written.filter(({ table }) => table === 'last_year_file');
    expect(row?.row).toMatchObject({ digest, file_name: '2020年度报告.txt', author: PEOPLE.drafter });
    expect(row?.row).not.toHaveProperty('report');
    const { lastYear } = accepted(await viewContext(world.db, document, PEOPLE.colleague));
    expect(lastYear).toMatchObject({ from: 'file', fileName: '2020年度报告.txt' });
    expect((lastYear!.report as AnnualReport).year).toBe(2020);
  });

  it('puts another file in its place, and the first stays in the store', async () => {
    const document = await startFor('organ-3', 2021);
    const first = accepted((await keep(document, 'drafter')).kept);
    const second = accepted((await keep(document, 'colleague', sampleWith('一是', '首先'))).kept);
    expect(second.digest).not.toBe(first.digest);
    expect(await rows(world.db, 'SELECT digest FROM last_year_file WHERE report_id = $1', [document])).toEqual([
      { digest: second.digest },
    ]);
    expect((await getContent(world.db, first.digest)).length).toBeGreaterThan(0);
  });

  it('takes no file of another year, and none from anybody but the drafters', async () => {
    const document = await startFor('organ-1', 2025);
    expect((await keep(document, 'drafter')).kept).toMatchObject({
      refused: 'year_differs',
      data: { found: 2020, expected: 2024 },
    });
    expect((await keep(document, 'stranger')).kept).toMatchObject({ refused: 'not_found' });
    expect(await rows(world.db, 'SELECT 1 FROM last_year_file WHERE report_id = $1', [document])).toEqual([]);
  });

  it('lists revisions and shows each, to drafters alone, also while others read the report', async () => {
    const document = await world.start('organ-2');
    accepted(await world.write(document, sampleWith('', '')));
    const saved = accepted(await world.write(document, sampleWith('一是', '首先'), 'colleague'));
    const { items } = accepted(await viewRevisions(world.db, document, PEOPLE.drafter));
    expect(items.map(({ revision, author }) => [revision, author])).toEqual([
      [2, PEOPLE.colleague],
      [1, PEOPLE.drafter],
    ]);
    expect(accepted(await viewRevision(world.db, { document, revision: 2 }, PEOPLE.drafter))).toMatchObject({
      digest: saved.digest,
      importedFrom: 'report.txt',
    });
    expect(await viewRevision(world.db, { document, revision: 9 }, PEOPLE.drafter)).toMatchObject({
      refused: 'not_found',
    });
    expect(await viewRevision(world.db, { document, revision: 1 }, PEOPLE.stranger)).toMatchObject({
      refused: 'not_found',
    });
    accepted(await world.submit(document));
    for (const view of [
      viewRevisions(world.db, document, PEOPLE.reviewer),
      viewRevision(world.db, { document, revision: 1 }, PEOPLE.reviewer),
      viewContext(world.db, document, PEOPLE.reviewer),
    ])
      expect(await view).toMatchObject({ refused: 'not_allowed' });
  });

  it('says who would sign, and which stage nobody could', async () => {
    const document = await startFor('organ-2', 2022);
    const preview = accepted(await previewRoute(world.db, { document, kind: 'publish' }, PEOPLE.drafter, world.ports));
    expect(preview.stages.map(({ id, leg, need, slots }) => [id, leg, need, slots[0]])).toEqual([
      ['review', 'review', 1, { role: 'first-reviewer', organ: 'organ-2', person: null }],
      ['approval', 'approval', 1, { role: 'principal', organ: 'organ-2', person: null }],
    ]);
    expect(preview.unfillable).toBeNull();
    expect(await previewRoute(world.db, { document, kind: 'correct' }, PEOPLE.drafter, world.ports)).toMatchObject({
      refused: 'no_route',
      data: { organ: 'organ-2', kind: 'correct' },
    });
    expect(await previewRoute(world.db, { document, kind: 'publish' }, PEOPLE.stranger, world.ports)).toMatchObject({
      refused: 'not_found',
    });
  });
});
