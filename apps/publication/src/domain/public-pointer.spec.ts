import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { CASE_KINDS, type CaseKind } from '#domain/case-kind';
import {
  actOn,
  isShowing,
  type PointerAnswer,
  type PublicAct,
  type PublicPointer,
  type ShownEmergency,
} from './public-pointer.js';

const live = (edition: number, of = 'shown'): PublicPointer => ({ state: 'live', edition, case: of, round: 1 });
const gone = (edition: number, of = 'gone'): PublicPointer => ({ state: 'withdrawn', edition, case: of, round: 1 });
const act = (kind: CaseKind, edition: number, replaces: number | null, of = 'new'): PublicAct => ({
  kind,
  edition,
  replaces,
  case: of,
  round: 1,
});
const said = (answer: PointerAnswer): string =>
  answer.answer === 'refused' ? answer.code : answer.answer === 'superseded' ? `superseded by ${answer.by}` : 'may';

describe('what every act does to every state', () => {
  const states = {
    none: undefined,
    'live 1': live(1),
    'live 2': live(2),
    'live 3': live(3),
    'gone 1': gone(1),
    'gone 2': gone(2),
  };
  type State = keyof typeof states;
  const table: readonly [PublicAct, Record<State, string>][] = [
    [
      act('publish', 2, null),
      {
        none: 'may',
        'live 1': 'correction_expected',
        'live 2': 'edition_taken',
        'live 3': 'superseded by 3',
        'gone 1': 'may',
        'gone 2': 'superseded by 2',
      },
    ],
    [
      act('correct', 2, 1),
      {
        none: 'nothing_to_replace',
        'live 1': 'may',
        'live 2': 'edition_taken',
        'live 3': 'superseded by 3',
        'gone 1': 'may',
        'gone 2': 'superseded by 2',
      },
    ],
    [
      act('emergency', 2, 1),
      {
        none: 'nothing_to_replace',
        'live 1': 'may',
        'live 2': 'edition_taken',
        'live 3': 'superseded by 3',
        'gone 1': 'may',
        'gone 2': 'superseded by 2',
      },
    ],
    [
      act('emergency', 2, null),
      {
        none: 'may',
        'live 1': 'notice_outdated',
        'live 2': 'edition_taken',
        'live 3': 'superseded by 3',
        'gone 1': 'may',
        'gone 2': 'superseded by 2',
      },
    ],
    [
      act('withdraw', 2, 2),
      {
        none: 'nothing_to_withdraw',
        'live 1': 'nothing_to_withdraw',
        'live 2': 'may',
        'live 3': 'superseded by 3',
        'gone 1': 'nothing_to_withdraw',
        'gone 2': 'superseded by 2',
      },
    ],
    [
      act('ratify', 2, null),
      {
        none: 'nothing_to_ratify',
        'live 1': 'may',
        'live 2': 'may',
        'live 3': 'may',
        'gone 1': 'may',
        'gone 2': 'may',
      },
    ],
  ];
  const emergency: ShownEmergency = { edition: 2, isWithdrawn: false, ratifiedBy: null };

  it.each(table)('%j', (one, expected) => {
    const found = Object.fromEntries(
      Object.entries(states).map(([name, state]) => [name, said(actOn(state, one, emergency))]),
    );
    expect(found).toEqual(expected);
  });

  it('a correction of another edition than readers have is refused', () => {
    expect(said(actOn(live(2), act('correct', 3, 1), undefined))).toBe('notice_outdated');
  });

  it('an act that took effect may be repeated by its own round, and by no other', () => {
    expect(said(actOn(live(2, 'new'), act('correct', 2, 1), undefined))).toBe('may');
    expect(said(actOn(gone(2, 'new'), act('withdraw', 2, 2), undefined))).toBe('may');
    expect(said(actOn(gone(2), act('withdraw', 2, 2), undefined))).toBe('superseded by 2');
    const ratifiedBy = { case: 'new', round: 1 };
    expect(said(actOn(live(2), act('ratify', 2, null), { ...emergency, ratifiedBy }))).toBe('may');
    expect(said(actOn(live(2), act('ratify', 2, null, 'other'), { ...emergency, ratifiedBy }))).toBe('superseded by 2');
  });

  it('only an emergency that was shown, and still is, is ratified', () => {
    expect(said(actOn(gone(2), act('ratify', 2, null), { ...emergency, isWithdrawn: true }))).toBe('superseded by 2');
    expect(said(actOn(live(3), act('ratify', 2, null), { ...emergency, isWithdrawn: true }))).toBe('superseded by 3');
    expect(said(actOn(live(2), act('ratify', 2, null), undefined))).toBe('nothing_to_ratify');
    expect(said(actOn(live(2), act('ratify', 1, null), emergency))).toBe('nothing_to_ratify');
  });
});

const acts = fc.array(
  fc.record({
    kind: fc.constantFrom(...CASE_KINDS),
    edition: fc.integer({ min: 1, max: 6 }),
    replaces: fc.option(fc.integer({ min: 1, max: 5 })),
    of: fc.integer({ min: 1, max: 12 }),
    again: fc.boolean(),
  }),
  { minLength: 20, maxLength: 80, size: 'max' },
);

/** Lets random releases, late and doubled ones too, act; answers the first broken promise, or null. */
function broken(
  drawn: readonly { kind: CaseKind; edition: number; replaces: number | null; of: number; again: boolean }[],
  law = actOn,
): string | null {
  let pointer: PublicPointer | undefined;
  const withdrawn = new Set<number>();
  const shownBy = new Map<number, string>();
  const emergencies = new Map<number, ShownEmergency>();
  for (const one of drawn.flatMap((drawnAct) => (drawnAct.again ? [drawnAct, drawnAct] : [drawnAct]))) {
    const released = act(one.kind, one.edition, one.replaces, `case-${one.of}`);
    if (law(pointer, released, emergencies.get(one.edition)).answer !== 'may') continue;
    if (one.kind === 'ratify') {
      if (withdrawn.has(one.edition)) return 'a withdrawn edition was ratified';
      emergencies.set(one.edition, { edition: one.edition, isWithdrawn: false, ratifiedBy: released });
      continue;
    }
    const next = isShowing(one.kind) ? live(one.edition, released.case) : gone(one.edition, released.case);
    if (pointer !== undefined && next.edition < pointer.edition) return 'the edition went back';
    if (next.state === 'live' && withdrawn.has(next.edition)) return 'a withdrawn edition came back';
    if (next.state === 'live' && (shownBy.get(next.edition) ?? next.case) !== next.case)
      return 'an edition became public twice';
    if (
      next.state === 'live' &&
      pointer?.state === 'live' &&
      pointer.edition !== next.edition &&
      one.replaces !== pointer.edition
    )
      return 'an edition was replaced without saying so';
    if (next.state === 'live') shownBy.set(next.edition, next.case);
    else withdrawn.add(next.edition);
    if (one.kind === 'emergency' && !emergencies.has(one.edition))
      emergencies.set(one.edition, { edition: one.edition, isWithdrawn: false, ratifiedBy: null });
    if (next.state === 'withdrawn')
      for (const [edition, shown] of emergencies) emergencies.set(edition, { ...shown, isWithdrawn: true });
    pointer = next;
  }
  return null;
}

describe('whatever is released, in any order, late and doubled', () => {
  it('the edition never goes back, a withdrawn one never comes back, and each is public at most once', () => {
    fc.assert(
      fc.property(acts, (drawn) => {
        expect(broken(drawn)).toBeNull();
      }),
      { numRuns: 2000 },
    );
  });

  it.each<[string, typeof actOn]>([
    [
      'what was taken back may be ratified',
      (pointer, one, of) => actOn(pointer, one, of && { ...of, isWithdrawn: false }),
    ],
    [
      'an older edition may come late',
      (pointer, one, of) => (pointer && one.edition < pointer.edition ? { answer: 'may' } : actOn(pointer, one, of)),
    ],
    [
      'a withdrawn edition may be shown again',
      (pointer, one, of) =>
        pointer?.state === 'withdrawn' && one.edition === pointer.edition ? { answer: 'may' } : actOn(pointer, one, of),
    ],
    [
      'a first publication may replace one',
      (pointer, one, of) =>
        pointer && one.kind === 'publish' && one.edition > pointer.edition
          ? { answer: 'may' }
          : actOn(pointer, one, of),
    ],
    [
      'another case may show the same edition',
      (pointer, one, of) =>
        pointer?.state === 'live' && pointer.edition === one.edition ? { answer: 'may' } : actOn(pointer, one, of),
    ],
  ])('and would not hold, if %s', (_what, law) => {
    expect(
      fc.check(
        fc.property(acts, (drawn) => broken(drawn, law) === null),
        { numRuns: 2000, seed: 1 },
      ).failed,
    ).toBe(true);
  });
});
