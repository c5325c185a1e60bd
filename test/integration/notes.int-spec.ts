import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MakeNote, ReplyToNote } from '#contracts/http/notes.api';
import type { AnnualReport } from '#report/model';
import { accepted, NotesWorld, REPORT } from '../support/notes-world.js';
import type { Submitted } from '../support/signoff-world.js';

const [FIRST_CHAPTER] = REPORT.chapters;
const PARAGRAPH = FIRST_CHAPTER!.paragraphs[0]!;
const SENTENCE = `${PARAGRAPH.split('。')[0]}。`;
const CELL = 't3.1.natural-person';

/** The report with other paragraphs in its first chapter. */
const rewritten = (change: (paragraphs: readonly string[]) => readonly string[]): AnnualReport => ({
  ...REPORT,
  chapters: REPORT.chapters.map((one) => (one.no === 1 ? { ...one, paragraphs: change(one.paragraphs) } : one)),
});

let world: NotesWorld;
beforeAll(async () => {
  world = await NotesWorld.open();
}, 60_000);
afterAll(() => world?.close());

const sign = async (submitted: Submitted): Promise<unknown> =>
  world.legs.sign('review', submitted, 'reviewer', await world.legs.signable('review', submitted, 'reviewer'));
const sendBack = async (submitted: Submitted): Promise<void> => {
  const { seat } = await world.legs.signable('review', submitted, 'reviewer');
  accepted(await world.legs.return('review', submitted, 'reviewer', seat));
};

describe('a note on a report under sign-off', () => {
  it('is bound to a cell, a chapter or a sentence, and shown to whoever may read the case', async () => {
    const submitted = await world.submit();
    const made = [
      accepted(await world.note('review', submitted, 'reviewer', { cell: CELL }, { suggestion: '3' })),
      accepted(await world.note('review', submitted, 'reviewer', { chapter: 5 })),
      accepted(await world.note('review', submitted, 'reviewer', { quote: SENTENCE })),
    ];
    expect(made.map(({ found }) => found.state)).toEqual(['exact', 'exact', 'exact']);
    for (const person of ['reviewer', 'drafter', 'principalOne'] as const)
      expect(accepted(await world.notes('review', submitted, person))).toMatchObject({ open: 3, round: 1, items: made });
    expect(await world.notes('review', submitted, 'stranger')).toMatchObject({ refused: 'not_found' });
    expect(await world.notes('review', { ...submitted, case: randomUUID() }, 'reviewer')).toMatchObject({ refused: 'not_found' });
    expect(await world.notes('review', { ...submitted, case: 'no-case' }, 'reviewer')).toMatchObject({ refused: 'not_found' });
  }); // prettier-ignore

  it('is made only by whoever may act now or was asked for an opinion', async () => {
    const submitted = await world.submit();
    const byOthers = await Promise.all(
      (['drafter', 'principalOne', 'stranger'] as const).map((person) => world.note('review', submitted, person, { cell: CELL })),
    );
    expect(byOthers).toMatchObject([{ refused: 'not_acting' }, { refused: 'not_acting' }, { refused: 'not_found' }]);
    await world.database.sql(
      `INSERT INTO review.leg_consultation (id, case_id, round, stage, content, asked_by, person, question, asked_at, expires_at)
       SELECT gen_random_uuid(), $1, 1, 'first-review', $2, gen_random_uuid(), u.person, '如何', now(), now() + u.left
       FROM (VALUES ($3::uuid, interval '1 hour'), ($4::uuid, interval '-1 second')) AS u (person, left)`.replaceAll('u.left', 'u."left"').replaceAll('(person, left)', '(person, "left")'),
      [submitted.case, submitted.content, world.asker('principalOne').person, world.asker('principalTwo').person],
    );
    expect(await world.note('review', submitted, 'principalOne', { cell: CELL })).toMatchObject({ state: 'open' });
    expect(await world.note('review', submitted, 'principalTwo', { cell: CELL })).toMatchObject({ refused: 'not_acting' });
    await sendBack(submitted);
    expect(await world.note('review', submitted, 'reviewer', { cell: CELL })).toMatchObject({ refused: 'not_in_review' });
  }); // prettier-ignore

  it('is refused with the way out where its place is not there, not one, or the content another', async () => {
    const submitted = await world.submit();
    const twice = rewritten((paragraphs) => [...paragraphs, '情况属实。情况属实。']);
    const repeated = await world.submit(twice);
    const last = twice.chapters[0]!.paragraphs.length - 1;
    expect(await world.note('review', submitted, 'reviewer', { cell: 't9.x' })).toMatchObject({ refused: 'place_not_found' });
    expect(await world.note('review', submitted, 'reviewer', { quote: '没有这句话' })).toMatchObject({ refused: 'quote_not_found' });
    expect(await world.note('review', repeated, 'reviewer', { quote: '情况属实。' })).toMatchObject({ refused: 'quote_repeated', data: { count: 2 } });
    const second = { quote: '情况属实。', chapter: 1, paragraph: last, from: 5 };
    expect(await world.note('review', repeated, 'reviewer', second)).toMatchObject({ found: { state: 'exact', place: { from: 5 } } });
    const old = { content: 'a'.repeat(64) };
    expect(await world.note('review', submitted, 'reviewer', { cell: CELL }, old)).toMatchObject({ refused: 'content_changed' });
    expect(await world.note('review', submitted, 'reviewer', { quote: '没有' }, old)).toMatchObject({ refused: 'content_changed' });
    expect(await world.note('review', submitted, 'reviewer', { cell: CELL }, { suggestion: '约3' })).toMatchObject({ refused: 'suggestion_unreadable' });
    expect(await world.note('review', submitted, 'reviewer', { chapter: 1 }, { suggestion: '改' })).toMatchObject({ refused: 'suggestion_needs_place' });
  }); // prettier-ignore

  it('is answered by the drafter, resolved by its author or a holder of the stage, and never changed', async () => {
    const submitted = await world.submit();
    const { note } = accepted(await world.note('review', submitted, 'reviewer', { cell: CELL }));
    expect(await world.answer('review', submitted, 'principalOne', note, 'reply')).toMatchObject({ refused: 'not_party_to_note' });
    accepted(await world.answer('review', submitted, 'drafter', note, 'reply', '台账如此。'));
    expect(await world.answer('review', submitted, 'drafter', note, 'resolve')).toMatchObject({ refused: 'not_note_holder' });
    expect(await world.answer('review', submitted, 'drafter', note, 'withdraw')).toMatchObject({ refused: 'not_note_author' });
    expect(await world.answer('review', submitted, 'reviewer', randomUUID(), 'resolve')).toMatchObject({ refused: 'not_found' });
    expect(await world.answer('review', submitted, 'reviewer', 'no-note', 'resolve')).toMatchObject({ refused: 'not_found' });
    const resolved = accepted(await world.answer('review', submitted, 'reviewer', note, 'resolve'));
    expect(resolved).toMatchObject({ state: 'resolved', blocks: null, events: [{ kind: 'replied', text: '台账如此。' }, { kind: 'resolved' }] });
    expect(await world.answer('review', submitted, 'reviewer', note, 'withdraw')).toMatchObject({ refused: 'note_closed', data: { state: 'resolved' } });
    for (const statement of [`UPDATE review.note SET text = ''`, 'DELETE FROM review.note', `UPDATE review.note_event SET text = ''`, 'TRUNCATE review.note_event'])
      await expect(world.database.sql(statement)).rejects.toThrow('append-only');
    const other = await world.submit();
    expect(await world.answer('review', other, 'reviewer', note, 'reply')).toMatchObject({ refused: 'not_found' });
  }); // prettier-ignore

  it('leaves one entry in the ledger for each command, accepted or refused', async () => {
    const submitted = await world.submit();
    const { note } = accepted(await world.note('review', submitted, 'reviewer', { quote: SENTENCE }, { suggestion: '改。' }));
    await world.note('review', submitted, 'drafter', { cell: CELL });
    await world.note('review', submitted, 'stranger', { cell: CELL });
    await world.answer('review', submitted, 'drafter', note, 'reply');
    await world.answer('review', submitted, 'drafter', note, 'resolve');
    await world.answer('review', submitted, 'reviewer', note, 'withdraw');
    const entries = await world.ledger('review', submitted.document);
    expect(entries.filter((entry) => entry.includes('note'))).toEqual([
      'review.make-note accepted',
      'review.make-note not_acting',
      'review.reply-to-note accepted',
      'review.resolve-note not_note_holder',
      'review.withdraw-note accepted',
    ]);
    expect(await world.ledger('review', '00000000-0000-0000-0000-000000000000')).toContain('review.make-note not_found');
  }); // prettier-ignore

  it('keeps markup, emoji and 2000 characters as they were written, and takes nothing that cannot be seen', async () => {
    const submitted = await world.submit();
    const texts = ['<script>alert("1")</script> & <b>粗</b> {count} \\n', '👩‍👩‍👧'.repeat(10), '批'.repeat(2000), '😀'.repeat(2000), '一行\n二行'];
    for (const text of texts) {
      const body = MakeNote.parse({ content: submitted.content, place: { cell: CELL }, text });
      const { note } = accepted(await world.note('review', submitted, 'reviewer', { cell: CELL }, { text: body.text }));
      expect(accepted(await world.notes('review', submitted, 'drafter')).items.find((one) => one.note === note)?.text).toBe(text);
    }
    for (const text of ['', '  \n', '批'.repeat(2001), '😀'.repeat(2001), '有\u0000', '\ud800', '反\u202e转'])
      for (const schema of [MakeNote, ReplyToNote])
        expect(schema.safeParse({ content: submitted.content, place: { cell: CELL }, text }).success && schema === MakeNote).toBe(false);
    for (const suggestion of ['两\n段', '有\u0000'])
      expect(MakeNote.safeParse({ content: submitted.content, place: { cell: CELL }, text: '改', suggestion }).success).toBe(false);
  }); // prettier-ignore
});

describe('a deputy who may sign for a principal', () => {
  it('makes notes for him, shown with both names, which block and close as the principal’s own', async () => {
    const submitted = await world.submit();
    const forReviewer = { principal: 'reviewer' } as const;
    const wish = () => world.note('review', submitted, 'counsel', { cell: CELL }, forReviewer);
    expect(await wish()).toMatchObject({ refused: 'not_found' });
    await world.legs.entrust('reviewer', 'counsel', 'reviewer');
    const made = accepted(await wish());
    const [agent, principal] = [world.asker('counsel').person, world.asker('reviewer').person];
    expect(made).toMatchObject({ author: agent, onBehalfOf: principal, state: 'open', blocks: 'first-review' });
    expect(await sign(submitted)).toMatchObject({ refused: 'notes_open', data: { count: 1 } });
    expect(accepted(await world.notes('review', submitted, 'drafter')).items).toEqual([made]);
    const replied = accepted(await world.answer('review', submitted, 'counsel', made.note, 'reply', '见附表。', 'reviewer'));
    expect(replied.events).toMatchObject([{ kind: 'replied', by: agent, onBehalfOf: principal }]);
    expect(await world.answer('review', submitted, 'reviewerTwo', made.note, 'withdraw')).toMatchObject({ refused: 'not_note_author' });
    accepted(await world.answer('review', submitted, 'reviewer', made.note, 'withdraw'));
    const own = accepted(await world.note('review', submitted, 'reviewer', { chapter: 2 }));
    accepted(await world.answer('review', submitted, 'counsel', own.note, 'resolve', '已核。', 'reviewer'));
    expect(await sign(submitted)).toMatchObject({ state: 'cleared' });
    const [entry] = await world.database.sql<{ said: string }>(
      `SELECT convert_from(bytes, 'UTF8') AS said FROM review.ledger_entry WHERE report = $1 AND bytes::text LIKE '%' || encode('make-note', 'hex') || '%' ORDER BY seq LIMIT 1`,
      [submitted.document],
    );
    expect(JSON.parse(entry!.said)).toMatchObject({ actor: agent, onBehalfOf: principal, outcome: 'accepted' });
  }); // prettier-ignore

  it('makes none in an office nobody entrusted to him, nor for a contributor, nor once it is revoked', async () => {
    const submitted = await world.submit();
    const elsewhere = accepted(await world.note('review', submitted, 'reviewer', { chapter: 3 }));
    // Who may read the case himself is told why; who may not is told nothing, whoever he says he acts for.
    expect(await world.note('review', submitted, 'reviewer', { cell: CELL }, { principal: 'reviewerTwo' })).toMatchObject({ refused: 'not_deputy' });
    expect(await world.note('review', submitted, 'stranger', { quote: '没有' }, { principal: 'reviewerTwo' })).toMatchObject({ refused: 'not_found' });
    expect(await world.answer('review', submitted, 'stranger', elsewhere.note, 'withdraw', '', 'reviewer')).toMatchObject({ refused: 'not_found' });
    const grant = await world.legs.entrust('reviewerTwo', 'stranger', 'reviewer');
    accepted(await world.note('review', submitted, 'stranger', { cell: CELL }, { principal: 'reviewerTwo' }));
    for (const leg of ['review', 'approval'] as const)
      await world.legs.handle(leg, 'gateway.deputy-revoked', { id: grant, at: new Date().toISOString() });
    expect(await world.note('review', submitted, 'stranger', { cell: CELL }, { principal: 'reviewerTwo' })).toMatchObject({ refused: 'not_found' });
    await world.legs.entrust('reviewer', 'drafter', 'reviewer');
    expect(await world.note('review', submitted, 'drafter', { cell: CELL }, { principal: 'reviewer' })).toMatchObject({ refused: 'not_acting' });
    expect(await world.answer('review', submitted, 'drafter', elsewhere.note, 'reply', '好', 'reviewer')).toMatchObject({ state: 'open' });
  }); // prettier-ignore
});

describe('open notes', () => {
  it('block the stage that made them until they are closed', async () => {
    const submitted = await world.submit();
    expect(await world.blocking('review', submitted, 'first-review')).toBe(0);
    const notes = [
      accepted(await world.note('review', submitted, 'reviewer', { cell: CELL })),
      accepted(await world.note('review', submitted, 'reviewer', { chapter: 2 })),
    ];
    expect(notes.map(({ blocks }) => blocks)).toEqual(['first-review', 'first-review']);
    expect(await world.blocking('review', submitted, 'first-review')).toBe(2);
    expect(await world.blocking('review', submitted, 'issue')).toBe(0);
    expect(await sign(submitted)).toMatchObject({ refused: 'notes_open', data: { count: 2 } });
    accepted(await world.answer('review', submitted, 'reviewer', notes[0]!.note, 'resolve'));
    accepted(await world.answer('review', submitted, 'reviewer', notes[1]!.note, 'withdraw'));
    expect(await world.blocking('review', submitted, 'first-review')).toBe(0);
    expect(await sign(submitted)).toMatchObject({ state: 'cleared' });
  });

  it('block in the leg that made them and in no other', async () => {
    const submitted = await world.submit();
    await sign(submitted);
    await world.legs.deliver();
    expect(await world.note('review', submitted, 'reviewer', { cell: CELL })).toMatchObject({ refused: 'passed_on' });
    accepted(await world.note('approval', submitted, 'principalOne', { quote: SENTENCE }));
    expect(await world.blocking('approval', submitted, 'issue')).toBe(1);
    expect(await world.blocking('review', submitted, 'first-review')).toBe(0);
    expect(accepted(await world.notes('approval', submitted, 'drafter'))).toMatchObject({ leg: 'approval', open: 1 });
  });

  it('go over into the next round, are bound to its content anew, and block again', async () => {
    const first = await world.submit();
    const kept = accepted(await world.note('review', first, 'reviewer', { quote: SENTENCE }));
    const settled = accepted(await world.note('review', first, 'reviewer', { cell: CELL }));
    accepted(await world.answer('review', first, 'reviewer', settled.note, 'resolve'));
    await sendBack(first);
    const second = await world.submit(rewritten((paragraphs) => ['今年新增一段说明。', ...paragraphs]), first);
    const shown = accepted(await world.notes('review', second, 'drafter'));
    expect(shown).toMatchObject({ round: 2, open: 1, content: second.content });
    expect(shown.items).toMatchObject([
      { note: kept.note, round: 1, fromEarlierRound: true, blocks: 'first-review', found: { state: 'moved', likeness: 1, text: SENTENCE, place: { passage: { paragraph: 1 } } } },
      { note: settled.note, fromEarlierRound: false, blocks: null, found: { state: 'exact' } },
    ]);
    expect(await world.blocking('review', second, 'first-review')).toBe(1);
    expect(await world.blocking('review', first, 'first-review')).toBe(1);
    await sendBack(second);
    const third = await world.submit(rewritten((paragraphs) => [paragraphs[0]!.replace(SENTENCE, ''), ...paragraphs.slice(1)]), second);
    expect(accepted(await world.notes('review', third, 'reviewer')).items[0]).toMatchObject({ state: 'open', found: { state: 'gone', text: SENTENCE } });
    expect(await world.blocking('review', third, 'first-review')).toBe(1);
    accepted(await world.answer('review', third, 'reviewer', kept.note, 'resolve'));
    expect(await world.blocking('review', third, 'first-review')).toBe(0);
  }); // prettier-ignore

  it('of a stage a newer route no longer has block the last stage of the leg', async () => {
    const submitted = await world.submit();
    accepted(await world.note('review', submitted, 'reviewer', { cell: CELL }));
    await world.database.sql(
      `UPDATE review.leg_case SET stages = replace(stages, '"id":"first-review"', '"id":"other-review"') WHERE case_id = $1`,
      [submitted.case],
    );
    expect(await world.blocking('review', submitted, 'first-review')).toBe(0);
    expect(await world.blocking('review', submitted, 'other-review')).toBe(1);
  });

  it('take turns with a signature on the locked case: what is counted is what there is', async () => {
    const submitted = await world.submit();
    const notes = Promise.all(Array.from({ length: 8 }, () => world.note('review', submitted, 'reviewer', { cell: CELL })));
    const counts = await Promise.all(Array.from({ length: 4 }, () => world.blocking('review', submitted, 'first-review')));
    expect((await notes).filter((one) => 'refused' in one)).toEqual([]);
    expect(await world.blocking('review', submitted, 'first-review')).toBe(8);
    expect(Math.max(...counts)).toBeLessThanOrEqual(8);
    const { note } = accepted(await world.note('review', submitted, 'reviewer', { cell: CELL }));
    const closings = await Promise.all(Array.from({ length: 6 }, () => world.answer('review', submitted, 'reviewer', note, 'resolve')));
    expect(closings.filter((one) => !('refused' in one))).toHaveLength(1);
  }); // prettier-ignore
});
