import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { instant } from '#domain/instant';
import type { RouteStage } from '#evidence/statements';
import type { Offices } from './directory.js';
import { routeFillability, type StageDemand, type Unfillable, unfillable } from './fillability.js';

const AT = instant('2026-01-20T01:00:00.000Z');
const officesOf = (holders: Record<string, readonly string[]>): Offices => ({
  holders: (role) => holders[role] ?? [],
  holds: (person, role) => holders[role]?.includes(person) === true,
  actsFor: () => false,
  countsStill: () => true,
});
const demand = (stage: string, need: number, ...roles: string[]): StageDemand => ({
  stage,
  need,
  slots: roles.map((role) => ({ role, organ: 'o' })),
});

/** Tries every way to seat people, one slot after the other. Slow and obviously right. */
function canFill(demands: readonly StageDemand[], offices: Offices, excluded: readonly string[]): boolean {
  const slots = demands.flatMap((one, stage) => one.slots.map((slot) => ({ ...slot, stage })));
  const seat = (index: number, used: readonly string[], filled: readonly number[]): boolean => {
    const slot = slots[index];
    if (slot === undefined) return demands.every(({ need }, stage) => (filled[stage] ?? 0) >= need);
    const people = offices.holders(slot.role, slot.organ, AT).filter((one) => !used.includes(one));
    const more = filled.map((count, stage) => (stage === slot.stage ? count + 1 : count));
    return people.some((one) => seat(index + 1, [...used, one], more)) || seat(index + 1, used, filled);
  };
  const none = demands.map(() => 0);
  return seat(0, excluded, none);
}

describe('a route', () => {
  it('names the first stage that distinct people cannot fill', () => {
    const offices = officesOf({ first: ['zhang'], principal: ['zhang', 'li'], leader: ['li'] });
    const demands = [demand('first-review', 1, 'first'), demand('lead', 1, 'leader'), demand('issue', 1, 'principal')];
    expect(unfillable(demands, offices, [], AT)).toEqual({ stage: 'issue', seats: ['principal@o'] });
  });

  it('is fillable when somebody can give up a seat for another', () => {
    const offices = officesOf({ any: ['zhang', 'li', 'wang'], narrow: ['zhang'] });
    expect(
      unfillable([demand('board', 2, 'any', 'any', 'any'), demand('issue', 1, 'narrow')], offices, [], AT),
    ).toBeNull();
  });

  it('whose stage is signed in order has nobody for the first slot, though enough for the others', () => {
    const offices = officesOf({ second: ['zhang', 'li'] });
    const slots = ['first', 'second'].map((role) => ({ role, organ: 'self' }));
    const stage = (ordered: boolean): RouteStage => ({ id: 's', leg: 'review', name: '初审', meaning: '同意', need: 1, ordered, grade: 'attested', dueWorkingDays: 0, slots }); // prettier-ignore
    const judged = (ordered: boolean): Unfillable | null =>
      routeFillability({ schema: 'sunward.route/1', kind: 'publish', name: '', undoSeconds: 0, stages: [stage(ordered)] }, 'o', offices, [], AT); // prettier-ignore
    expect(judged(false)).toBeNull();
    expect(judged(true)).toEqual({ stage: 's', seats: ['first@o'] });
  });

  it('cannot be filled by the excluded', () => {
    const offices = officesOf({ first: ['zhang', 'li'] });
    expect(unfillable([demand('one', 1, 'first')], offices, ['zhang'], AT)).toBeNull();
    expect(unfillable([demand('one', 1, 'first')], offices, ['zhang', 'li'], AT)).toMatchObject({ stage: 'one' });
  });

  it('is judged as trying every way to seat people judges it', () => {
    const person = fc.constantFrom('p', 'q', 'r', 's');
    const people = fc.record({ a: fc.uniqueArray(person), b: fc.uniqueArray(person), c: fc.uniqueArray(person) });
    const stages = fc.array(
      fc.tuple(fc.nat(3), fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 })),
      {
        maxLength: 3,
      },
    );
    fc.assert(
      fc.property(people, stages, fc.uniqueArray(person, { maxLength: 2 }), (holders, list, excluded) => {
        const demands = list.map(([need, roles], index) => demand(`s${index}`, Math.min(need, roles.length), ...roles));
        const offices = officesOf(holders);
        expect(unfillable(demands, offices, excluded, AT) === null).toBe(canFill(demands, offices, excluded));
      }),
      { numRuns: 2000 },
    );
  });
});
