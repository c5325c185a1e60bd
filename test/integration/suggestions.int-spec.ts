import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isRefusal } from '#domain/decision';
import { rows } from '#persistence/sql';
import { viewReport } from '../../apps/drafting/src/use-cases/view-report.use-case.js';
import { viewSuggestions } from '../../apps/drafting/src/use-cases/view-suggestions.use-case.js';
import { until } from '../support/message-world.js';
import { accepted, NotesWorld, REPORT } from '../support/notes-world.js';
import { backends } from '../support/queues.js';
import { PEOPLE, type Submitted } from '../support/signoff-world.js';

const CELL = 't2.20-9.procurement.projects';
const QUOTE = REPORT.chapters[0]!.paragraphs[0]!.split('。')[0]!;

describe.each(backends)('a suggestion (%s)', (backend) => {
  let world: NotesWorld;
  beforeAll(async () => {
    world = await NotesWorld.open();
    await world.introduceDrafting();
    await world.connect(backend);
  }, 60_000);
  afterAll(() => world?.close(), 60_000);

  const waiting = async (document: string) => {
    const found = accepted(await viewSuggestions(world.drafting, document, PEOPLE.drafter));
    return found.items;
  };

  it('is taken over by the drafter with one act after the return, and its note is accepted', async () => {
    const drafted = await world.drafted();
    const { document, case: caseId } = drafted;
    const submitted = { case: caseId, document, round: 1, content: drafted.content } as Submitted;
    await until('review opened', async () => !isRefusal(await world.notes('review', submitted, 'reviewer')));
    const place = { quote: QUOTE, chapter: 1, paragraph: 0 };
    const sentence = accepted(await world.note('review', submitted, 'reviewer', place, { suggestion: `经核对，${QUOTE}` }));
    const figure = accepted(await world.note('review', submitted, 'reviewer', { cell: CELL }, { suggestion: '42' }));
    const dropped = accepted(await world.note('review', submitted, 'reviewer', { cell: CELL }, { suggestion: '43' }));
    const stale = accepted(await world.note('review', submitted, 'reviewer', { cell: CELL }, { suggestion: '44' }));
    await until('four suggestions', async () => (await waiting(document)).length === 4);
    accepted(await world.answer('review', submitted, 'reviewer', dropped.note, 'withdraw'));
    await until('one closed', async () => (await waiting(document)).length === 3);

    expect(await world.accept(document, 1, caseId, figure.note)).toMatchObject({ refused: 'case_open', data: { case: caseId } });
    const { seat } = await world.legs.signable('review', submitted, 'reviewer');
    accepted(await world.legs.return('review', submitted, 'reviewer', seat));
    await until('returned', async () => {
      const report = await viewReport(world.drafting, document, PEOPLE.drafter, world.legs.portsOf('drafting'));
      return !isRefusal(report) && report.state === 'returned';
    });
    expect(await waiting(document)).toMatchObject(Array.from({ length: 3 }, () => ({ acceptable: true, found: { state: 'exact' } })));
    expect(await world.accept(document, 1, caseId, figure.note, 'reviewer')).toMatchObject({ refused: 'not_found' });
    expect(await world.accept(document, 1, caseId, randomUUID())).toMatchObject({ refused: 'not_found' });
    expect(await world.accept(document, 1, randomUUID(), figure.note)).toMatchObject({ refused: 'not_found' });
    expect(await world.accept(document, 1, caseId, dropped.note)).toMatchObject({ refused: 'suggestion_closed', data: { state: 'closed' } });

    const taken = accepted(await world.accept(document, 1, caseId, figure.note));
    expect(taken).toMatchObject({ revision: 2, note: figure.note });
    expect(await world.accept(document, 1, caseId, sentence.note)).toMatchObject({ refused: 'revision_not_latest' });
    expect(await world.accept(document, 2, caseId, figure.note)).toMatchObject({ refused: 'suggestion_closed', data: { state: 'accepted' } });
    const conflict = await world.accept(document, 2, caseId, stale.note);
    expect(conflict).toMatchObject({ refused: 'suggestion_conflict', data: { expected: expect.any(String), found: '42' } });
    const third = accepted(await world.accept(document, 2, caseId, sentence.note));
    const now = accepted(await viewReport(world.drafting, document, PEOPLE.drafter, world.legs.portsOf('drafting')));
    expect(now.report).toMatchObject({ tables: { t2: { [CELL]: { value: '42' } } } });
    expect(JSON.stringify(now.report)).toContain(`经核对，${QUOTE}`);

    await until('notes accepted', async () => {
      const { items } = accepted(await world.notes('review', submitted, 'reviewer'));
      return items.filter(({ state }) => state === 'accepted').length === 2;
    });
    const { items } = accepted(await world.notes('review', submitted, 'reviewer'));
    expect(items.map(({ state }) => state)).toEqual(['accepted', 'accepted', 'withdrawn', 'open']);
    expect(items[1]?.events).toMatchObject([{ kind: 'accepted', by: PEOPLE.drafter, revision: 2 }]);
    const authors = await rows<{ author: string }>(world.drafting, 'SELECT author FROM revision WHERE report_id = $1', [document]);
    expect(new Set(authors.map(({ author }) => author))).toEqual(new Set([PEOPLE.drafter]));

    const again = await world.handIn(third);
    await until('second round', async () => {
      const shown = await world.notes('review', submitted, 'reviewer');
      return !isRefusal(shown) && shown.round === 2;
    });
    const second = { ...submitted, round: again.round };
    expect(await world.blocking('review', second, 'first-review')).toBe(1);
    const carried = accepted(await world.notes('review', second, 'reviewer')).items[3];
    expect(carried).toMatchObject({ note: stale.note, fromEarlierRound: true, blocks: 'first-review', found: { state: 'exact', text: '42' } });
    expect(await world.ledger('review', document)).toContain('review.accept-suggestion accepted');
    expect(world.errors).toEqual([]);
  }, 120_000); // prettier-ignore

  it('that nobody made, or that says another thing than its message, changes nothing', async () => {
    const [document, caseId, note] = [randomUUID(), randomUUID(), randomUUID()];
    const suggestion = await world.legs.put({ schema: 'sunward.suggestion/1' });
    const body = { case: caseId, round: 1, document, leg: 'review', note, suggestion };
    await world.hear('review.suggestion-made', body);
    expect(await rows(world.drafting, `SELECT 1 FROM alarm WHERE kind = 'suggestion_unexpected' AND detail->>'note' = $1`, [note])).toHaveLength(1);
    const [known] = await rows<{ id: string; case_id: string }>(world.drafting, 'SELECT id, case_id FROM report LIMIT 1');
    const forged = { ...body, document: known?.id, case: known?.case_id };
    await expect(world.hear('review.suggestion-made', forged)).rejects.toThrow();
    await world.hear('approval.suggestion-made', forged);
    expect(await rows(world.drafting, 'SELECT 1 FROM suggestion WHERE note = $1', [note])).toEqual([]);
    const claimed = { case: caseId, document, leg: 'review', note, suggestion, by: PEOPLE.drafter, revision: 2, digest: suggestion };
    await world.legs.handle('review', 'drafting.suggestion-accepted', claimed);
    await world.legs.handle('approval', 'drafting.suggestion-accepted', claimed);
    const alarms = (leg: 'review' | 'approval') =>
      rows(world.legs.legs[leg], `SELECT 1 FROM alarm WHERE kind = 'suggestion_unexpected' AND detail->>'note' = $1`, [note]);
    expect([await alarms('review'), await alarms('approval')].map(({ length }) => length)).toEqual([1, 0]);
  }, 60_000); // prettier-ignore
});
