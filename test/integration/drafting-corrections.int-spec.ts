import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { getContent } from '#content-store/content-store';
import type { AnnualReport } from '#report/model';
import { rows } from '#persistence/sql';
import { saveReport } from '../../apps/drafting/src/use-cases/save-report.use-case.js';
import { accepted, asker, DraftingWorld, PEOPLE, sampleWith } from '../support/drafting-world.js';

const organs = Array.from({ length: 8 }, (_, index) => `organ-${index}`);
const CELL = 't3.1.natural-person';
const BESIDE = 't3.1.commercial';
const TOTAL = 't3.1.total';
const SIXTH = 'chapter-6.0';
const REASON = '第六章同一件事也要补一句。';

let world: DraftingWorld;
let next = 0;
beforeAll(async () => {
  world = await DraftingWorld.open(organs);
}, 60_000);
afterAll(() => world?.close());

/** A public report, and what is in it. */
async function live(): Promise<{ document: string; report: AnnualReport }> {
  const document = await world.start(organs[next++]!);
  accepted(await world.write(document, sampleWith('', '')));
  await world.took('live', accepted(await world.submit(document)));
  return { document, report: (await world.view(document)).report as AnnualReport };
}

/** The report with these figures more, totals not looked at. */
const plus = (report: AnnualReport, more: Readonly<Record<string, number>>): AnnualReport => {
  const cells = Object.entries(more).map(([id, by]) => {
    const cell = report.tables['t3']![id]!;
    const value = String(Number(cell.state === 'value' ? cell.value : 0) + by);
    return [id, { state: 'value' as const, value, original: value }];
  });
  return { ...report, tables: { ...report.tables, t3: { ...report.tables['t3'], ...Object.fromEntries(cells) } } };
};

/** The report with a sentence more in chapter six, of which no figure speaks. */
const told = (report: AnnualReport): AnnualReport => ({
  ...report,
  chapters: report.chapters.map((chapter) =>
    chapter.no === 6
      ? { ...chapter, paragraphs: chapter.paragraphs.with(0, `${chapter.paragraphs[0]}另有补充。`) }
      : chapter,
  ),
});

async function save(document: string, report: AnnualReport): ReturnType<typeof saveReport> {
  const { revision: baseRevision } = await world.view(document);
  const body = { document, baseRevision, report: report as unknown as Record<string, unknown>, importedFrom: null };
  return world.inTx((tx) => saveReport(tx, body, asker('drafter'), world.ports));
}

it('a correction changes what is open and the sums that follow; whatever else is opened has a reason that goes along', async () => {
  const { document, report } = await live();
  accepted(await world.correct(document, 'colleague', [CELL]));
  expect(await save(document, plus(report, { [BESIDE]: 1 }))).toMatchObject({
    refused: 'place_locked',
    data: { ids: [BESIDE] },
  });
  expect(await save(document, plus(report, { [CELL]: 1, [BESIDE]: -1 }))).toMatchObject({ data: { ids: [BESIDE] } });
  accepted(await save(document, plus(report, { [CELL]: 1, [TOTAL]: 1 })));
  expect(await save(document, told(report))).toMatchObject({ data: { ids: [SIXTH] } });
  expect(await world.open(document, SIXTH, null)).toMatchObject({ refused: 'reason_required' });
  expect(await world.open(document, SIXTH, '理由\u202e如此')).toMatchObject({ refused: 'unsafe_text' });
  expect(await world.open(document, SIXTH, REASON, 'stranger')).toMatchObject({ refused: 'not_found' });
  expect(accepted(await world.open(document, SIXTH, REASON))).toMatchObject({ edition: 2, place: SIXTH });
  expect(await world.open(document, SIXTH, REASON)).toMatchObject({ refused: 'place_open' });
  accepted(await save(document, told(report)));

  const opened = [
    { place: CELL, reason: null, person: PEOPLE.colleague },
    { place: SIXTH, reason: REASON, person: PEOPLE.drafter },
  ];
  expect((await world.view(document)).correction).toMatchObject({ edition: 2, base: 1, opened });
  const second = accepted(await world.submit(document, 'correct'));
  expect((await world.view(document, 'reviewer')).correction).toMatchObject({ opened });
  expect(await world.open(document, 'title', REASON)).toMatchObject({ refused: 'case_open' });
  const frozen = await getContent(world.db, (await world.statementOf(second)).checks);
  expect(JSON.parse(new TextDecoder().decode(frozen))).toMatchObject({
    opened: opened.map(({ place, reason }) => ({ place, reason })),
  });

  await world.hear('review.ended', { ...second, kind: 'returned' });
  expect(await save(document, plus(report, { 't3.1.other': 1 }))).toMatchObject({ refused: 'place_locked' });
  await world.took('live', accepted(await world.submit(document, 'correct')));
  expect((await world.view(document)).correction).toMatchObject({ edition: 2, opened });
  accepted(await world.correct(document));
  expect((await world.view(document)).correction).toMatchObject({ edition: 3, opened: [] });
});

it('a correction begun without a place begins with the first that is changed', async () => {
  const { document, report } = await live();
  accepted(await world.correct(document));
  expect(await save(document, plus(report, { [CELL]: 1, [BESIDE]: 1 }))).toMatchObject({
    data: { ids: [CELL, BESIDE] },
  });
  accepted(await save(document, plus(report, { [CELL]: 1 })));
  expect((await world.view(document)).correction?.opened).toMatchObject([{ place: CELL, reason: null }]);
  expect(await save(document, plus(report, { [CELL]: 1, [BESIDE]: 1 }))).toMatchObject({ data: { ids: [BESIDE] } });
  accepted(await save(document, report));
});

it('of a file a correction takes what is open, names what it leaves, and refuses one of which nothing is left', async () => {
  const { document, report } = await live();
  const [before] = report.chapters.find(({ no }) => no === 6)!.paragraphs;
  const file = new TextEncoder().encode(
    new TextDecoder().decode(sampleWith('其它方式', '其他方式')).replace(before!, `${before}另有补充。`),
  );
  expect(await world.correct(document, 'drafter', ['chapter-99.0'])).toMatchObject({ refused: 'place_unknown' });
  accepted(await world.correct(document, 'drafter', [SIXTH]));
  const taken = accepted(await world.write(document, file));
  expect(taken.left).toMatchObject([
    { place: 'chapter-2.0', name: expect.stringContaining('二、主动公开政府信息情况') },
  ]);
  const now = (await world.view(document)).report as AnnualReport;
  expect(now.chapters.find(({ no }) => no === 6)!.paragraphs[0]).toBe(`${before}另有补充。`);
  expect(JSON.stringify(now)).toContain('其它方式');
  expect(await world.write(document, sampleWith('其它方式', '其他方式'))).toMatchObject({ refused: 'place_locked' });
});

it('a correction begun before there were locks is written to its end without them, and the next one has them', async () => {
  const { document, report } = await live();
  accepted(await world.correct(document));
  await rows(world.db, 'UPDATE report SET locked_edition = 0 WHERE id = $1', [document]);
  expect((await world.view(document)).correction).toBeNull();
  expect(await world.open(document, CELL, REASON)).toMatchObject({ refused: 'nothing_locked' });
  accepted(await save(document, told({ ...report, preface: `${report.preface}另附说明。` })));
  await world.took('live', accepted(await world.submit(document, 'correct')));
  accepted(await world.correct(document, 'drafter', ['title']));
  expect((await world.view(document)).correction).toMatchObject({ edition: 3, opened: [{ place: 'title' }] });
});

it('after a withdrawal nothing is public, and nothing locked', async () => {
  const { document, report } = await live();
  await world.took('withdrawn', accepted(await world.withdraw(document)));
  accepted(await world.correct(document, 'drafter', ['title']));
  accepted(await save(document, plus(report, { [CELL]: 1, [BESIDE]: 1 })));
  expect((await world.view(document)).correction).toBeNull();
});
