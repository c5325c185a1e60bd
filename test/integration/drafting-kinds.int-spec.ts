import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { previewRoute } from '../../apps/drafting/src/use-cases/preview-route.use-case.js';
import { submitOwed } from '../../apps/drafting/src/sweeps.js';
import { getContent } from '#content-store/content-store';
import { CASE_KINDS } from '#domain/case-kind';
import { isRefusal } from '#domain/decision';
import { rows } from '#persistence/sql';
import { parseEdition } from '#report/edition';
import { parseNotice } from '#report/notice/public-notice';
import { accepted, DraftingWorld, PEOPLE, sampleWith, type Submitted } from '../support/drafting-world.js';

const organs = Array.from({ length: 12 }, (_, index) => `organ-${index}`);
const SAMPLE = sampleWith('', '');
/** One word of one sentence: what people find after publication. */
const BETTER = sampleWith('其它方式', '其他方式');

let world: DraftingWorld;
let next = 0;
beforeAll(async () => {
  world = await DraftingWorld.open(organs);
}, 60_000);
afterAll(() => world?.close());

async function written(): Promise<string> {
  const document = await world.start(organs[next++]!);
  accepted(await world.write(document, SAMPLE));
  return document;
}

async function published(kind: 'publish' | 'emergency' = 'publish'): Promise<{ document: string; first: Submitted }> {
  const document = await written();
  const first = accepted(await world.submit(document, kind));
  await world.took('live', first);
  return { document, first };
}

const noticeOf = async (submitted: Submitted): Promise<unknown> => {
  const { notice } = await world.statementOf(submitted);
  return notice == null ? null : parseNotice(await getContent(world.db, notice));
};

describe('a correction', () => {
  it('leaves what is public alone until the next edition is, and says what it changes', async () => {
    const { document, first } = await published();
    expect(await world.write(document, BETTER)).toMatchObject({ refused: 'already_live', data: { edition: 1 } });
    expect(await world.submit(document, 'correct')).toMatchObject({ refused: 'already_live' });
    expect(accepted(await world.correct(document, 'colleague'))).toMatchObject({ edition: 2, revision: 1 });
    expect(await world.correct(document)).toMatchObject({ refused: 'edition_open' });
    expect(await world.submit(document, 'correct')).toMatchObject({ refused: 'nothing_corrected' });
    accepted(await world.write(document, BETTER, 'colleague'));
    expect(await world.view(document)).toMatchObject({
      state: 'draft',
      fit: ['correct', 'emergency'],
      public: { state: 'live', edition: 1, content: first.content },
    });
    expect(await world.submit(document, 'publish')).toMatchObject({ refused: 'kind_unfit' });
    expect(await world.submit(document, 'correct', '  ')).toMatchObject({ refused: 'reason_required' });
    expect(await world.submit(document, 'correct', '理由\u202e')).toMatchObject({ refused: 'unsafe_text' });
    const second = accepted(await world.submit(document, 'correct'));
    expect(second).toMatchObject({ edition: 2, round: 1, kind: 'correct' });
    expect(second.case).not.toBe(first.case);
    const edition = accepted(parseEdition(await getContent(world.db, second.content)));
    expect(edition.edition).toBe(2);
    const notice = await noticeOf(second);
    expect(notice).toMatchObject({ kind: 'correct', edition: 2, replaces: 1, reason: '录入时数字颠倒。' });
    const texts = (notice as { changes: { texts: { before: string; after: string }[] } }).changes.texts;
    expect(texts.some(({ before, after }) => before.includes('其它方式') && after.includes('其他方式'))).toBe(true);
    const statement = await world.statementOf(second);
    expect(statement.contributors).toEqual([PEOPLE.colleague, PEOPLE.drafter].toSorted());
    expect((await world.view(document)).notices).toMatchObject([{ case: second.case, notice: { kind: 'correct' } }]);

    await world.took('live', second);
    await world.took('live', first); // late and doubled news
    expect(await world.view(document)).toMatchObject({
      state: 'live',
      public: { edition: 2, content: second.content },
    });
    expect(await world.alarms()).not.toContain('live_unexpected');
  });

  it('that was cancelled opens a fresh case for the same edition, with the next round', async () => {
    const { document } = await published();
    accepted(await world.correct(document));
    accepted(await world.write(document, BETTER));
    const second = accepted(await world.submit(document, 'correct'));
    await world.hear('approval.ended', { ...second, kind: 'cancelled' });
    expect(await world.view(document)).toMatchObject({ state: 'draft', case: null });
    const again = accepted(await world.submit(document, 'correct'));
    expect(again).toMatchObject({ edition: 2, round: 2 });
    expect(again.case).not.toBe(second.case);
    await world.hear('approval.ended', { ...second, kind: 'returned' }); // of the case that is over
    expect(await world.view(document)).toMatchObject({ state: 'submitted', case: again.case });
  });
});

describe('a withdrawal', () => {
  it('is about the very bytes that are public, by the same contributors and the submitter', async () => {
    const { document, first } = await published();
    expect(await world.withdraw(document, 'stranger')).toMatchObject({ refused: 'not_found' });
    const withdrawal = accepted(await world.withdraw(document, 'head'));
    expect(withdrawal).toMatchObject({ kind: 'withdraw', edition: 1, round: 1, content: first.content });
    const statement = await world.statementOf(withdrawal);
    expect(statement.contributors).toEqual([PEOPLE.drafter, PEOPLE.head].toSorted());
    expect(statement.checks).toBe((await world.statementOf(first)).checks);
    expect(await noticeOf(withdrawal)).toMatchObject({
      kind: 'withdraw',
      replaces: 1,
      reason: '误发，予以撤回。',
      changes: null,
    });
    expect(await world.withdraw(document)).toMatchObject({ refused: 'case_open', data: { case: withdrawal.case } });
    await world.hear('review.ended', { ...withdrawal, kind: 'returned' });
    const again = accepted(await world.withdraw(document));
    expect(again).toMatchObject({ case: withdrawal.case, round: 2 });
    await world.took('withdrawn', again);
    await world.took('withdrawn', again);
    await world.took('live', first);
    expect(await world.view(document)).toMatchObject({ state: 'withdrawn', public: { state: 'withdrawn' }, acts: [] });
    expect(await world.withdraw(document)).toMatchObject({ refused: 'nothing_public' });
    expect(await world.write(document, BETTER)).toMatchObject({ refused: 'withdrawn_publicly' });

    accepted(await world.correct(document));
    accepted(await world.write(document, BETTER));
    const anew = accepted(await world.submit(document, 'publish'));
    expect(anew).toMatchObject({ edition: 2, round: 1, kind: 'publish' });
    await world.took('live', anew);
    expect(await world.view(document)).toMatchObject({ state: 'live', public: { state: 'live', edition: 2 } });
  });

  it('stands beside a correction; whichever is first, the other goes on or comes to nothing', async () => {
    const { document } = await published();
    accepted(await world.correct(document));
    accepted(await world.write(document, BETTER));
    const second = accepted(await world.submit(document, 'correct'));
    const withdrawal = accepted(await world.withdraw(document));
    await world.took('live', second);
    await world.hear('publication.superseded', { ...withdrawal, kind: 'withdraw', by: 2, receipt: withdrawal.content });
    expect(await world.view(document)).toMatchObject({
      state: 'live',
      public: { state: 'live', edition: 2 },
      acts: [],
    });
    expect(accepted(await world.withdraw(document))).toMatchObject({ edition: 2, round: 1 });
  });

  it('of other bytes than the ones seen is refused, and nobody unknown withdraws', async () => {
    const { document, first } = await published();
    await world.hear('publication.withdrawn', { ...first, receipt: first.content });
    expect(await world.view(document)).toMatchObject({ state: 'live' });
    const unknown = { ...first, case: document, receipt: first.content };
    await world.hear('publication.withdrawn', unknown);
    expect(await world.alarms()).toContain('act_unexpected');
    expect(await world.view(document)).toMatchObject({ state: 'live' });
  });

  it('is seen by those who sign it with the public text alone, not with the correction in hand', async () => {
    const { document } = await published();
    accepted(await world.correct(document));
    accepted(await world.write(document, BETTER));
    accepted(await world.withdraw(document));
    expect((await world.view(document)).revision).toBe(2);
    expect((await world.view(document, 'principal')).revision).toBe(1);
    expect(await world.mayView(document, 'stranger')).toMatchObject({ refused: 'not_found' });
  });
});

describe('an emergency', () => {
  it('opens its ratification by itself, once, with a due time, and says so to the dashboards', async () => {
    const { document, first } = await published('emergency');
    expect(await noticeOf(first)).toMatchObject({ kind: 'emergency', replaces: null, changes: null });
    await world.took('live', first);
    const announced = await world.announced(document, 'drafting.edition-submitted');
    expect(announced.map(({ kind }) => kind)).toEqual(['emergency', 'ratify']);
    expect(announced[1]).toMatchObject({ edition: 1, round: 1, content: first.content, notice: null });
    const [told] = await world.announced(document, 'drafting.ratification-changed');
    expect(told).toMatchObject({ state: 'open', edition: 1, case: announced[1]!['case'] });
    expect(Date.parse(String(told!['dueAt']))).toBeGreaterThan(Date.now());
    const ratification = { ...first, ...announced[1] };
    expect((await world.statementOf(ratification)).contributors).toEqual((await world.statementOf(first)).contributors);

    accepted(await world.correct(document));
    accepted(await world.write(document, BETTER));
    expect(await world.submit(document, 'emergency')).toMatchObject({ refused: 'ratification_open' });
    await world.took('ratified', ratification);
    expect((await world.announced(document, 'drafting.ratification-changed')).at(-1)).toMatchObject({ state: 'done' });
    expect(isRefusal(await world.submit(document, 'emergency'))).toBe(false);
  });

  it('is shown beforehand with its signers and what is owed afterwards, or with why it cannot be', async () => {
    const document = await written();
    const preview = (kind: 'publish' | 'emergency') =>
      previewRoute(world.db, { document, kind }, PEOPLE.drafter, world.ports);
    const { stages, ratification } = accepted(await preview('emergency'));
    const named = stages.flatMap(({ slots }) => slots.map(({ person }) => person));
    expect(named).toEqual([PEOPLE.reviewer, PEOPLE.principal]);
    expect(ratification?.workingDays).toBeGreaterThan(0);
    expect(accepted(await preview('publish')).ratification).toBeNull();
    await world.took('live', accepted(await world.submit(document, 'emergency')));
    accepted(await world.correct(document));
    expect(await preview('emergency')).toMatchObject({ refused: 'ratification_open', data: { edition: 1 } });
  });

  it('nobody confirms has its withdrawal drafted, which the drafter or the office confirms', async () => {
    const { document, first } = await published('emergency');
    const ratify = (await world.announced(document, 'drafting.edition-submitted'))[1] as Submitted &
      Record<string, unknown>;
    await world.hear('approval.ended', { ...ratify, kind: 'sent-back' });
    expect(await world.view(document)).toMatchObject({ acts: [{ kind: 'ratify', state: 'submitted' }] });
    await world.hear('review.ended', { ...ratify, kind: 'returned' });
    await world.hear('review.ended', { ...ratify, kind: 'returned' });
    const { acts } = await world.view(document);
    expect(acts).toMatchObject([
      { kind: 'ratify', state: 'refused', edition: 1 },
      { kind: 'withdraw', state: 'prepared', edition: 1, case: null },
    ]);
    expect((await world.announced(document, 'drafting.ratification-changed')).at(-1)).toMatchObject({
      state: 'refused',
    });
    const withdrawal = accepted(await world.withdraw(document, 'head', '应急公开未获追认。'));
    expect(withdrawal).toMatchObject({ kind: 'withdraw', content: first.content });
    await world.took('withdrawn', withdrawal);
    expect(await world.view(document)).toMatchObject({ state: 'withdrawn', acts: [] });
    expect((await world.announced(document, 'drafting.ratification-changed')).at(-1)).toMatchObject({ state: 'moot' });
  });

  it('refused for a slip is put to signature again by somebody who looked at it', async () => {
    const { document } = await published('emergency');
    const ratify = (await world.announced(document, 'drafting.edition-submitted'))[1] as Submitted &
      Record<string, unknown>;
    expect(await world.ratify(document)).toMatchObject({ refused: 'case_open' });
    await world.hear('review.ended', { ...ratify, kind: 'returned' });
    const again = accepted(await world.ratify(document, 'head'));
    expect(again).toMatchObject({ case: ratify.case, round: 2, kind: 'ratify' });
    await world.took('ratified', again);
    expect((await world.view(document)).acts).toEqual([]);
  });

  it('is not begun where its ratification could not be completed; what is owed is submitted once it can be', async () => {
    const lone = await DraftingWorld.open(
      ['lone'],
      CASE_KINDS.filter((kind) => kind !== 'ratify'),
    );
    try {
      const document = await lone.start('lone');
      accepted(await lone.write(document, SAMPLE));
      expect(await lone.submit(document, 'emergency')).toMatchObject({ refused: 'no_route', data: { kind: 'ratify' } });
      await lone.publishDirectory(2, ['lone'], CASE_KINDS);
      const first = accepted(await lone.submit(document, 'emergency'));
      await lone.publishDirectory(
        3,
        ['lone'],
        CASE_KINDS.filter((kind) => kind !== 'ratify'),
      );
      await lone.took('live', first);
      expect(await lone.view(document)).toMatchObject({ acts: [{ kind: 'ratify', state: 'owed', case: null }] });
      expect(await lone.alarms()).toContain('ratification_blocked');
      await submitOwed({ ...lone.ports, db: lone.db });
      expect(await lone.view(document)).toMatchObject({ acts: [{ state: 'owed' }] });
      await lone.publishDirectory(4, ['lone'], CASE_KINDS);
      await Promise.all([1, 2].map(() => submitOwed({ ...lone.ports, db: lone.db })));
      expect(await lone.view(document)).toMatchObject({ acts: [{ state: 'submitted' }] });
      const kinds = (await lone.announced(document, 'drafting.edition-submitted')).map(({ kind }) => kind);
      expect(kinds).toEqual(['emergency', 'ratify']);
    } finally {
      await lone.close();
    }
  }, 60_000);
});

it('the database itself keeps one open act of a kind, and one ratification of an edition', async () => {
  const { document } = await published('emergency');
  const insert = (kind: string): Promise<unknown> =>
    rows(
      world.db,
      `INSERT INTO public_act (id, report_id, kind, edition, state, round, opened_at)
       VALUES (gen_random_uuid(), $1, $2, 1, 'prepared', 0, now())`,
      [document, kind],
    );
  await expect(insert('ratify')).rejects.toThrow('public_act_');
  await insert('withdraw');
  await expect(insert('withdraw')).rejects.toThrow('public_act_open');
});
