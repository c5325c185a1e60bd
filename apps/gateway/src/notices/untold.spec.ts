import { describe, expect, it } from '@jest/globals';
import { instant, plusSeconds } from '#domain/instant';
import { type KeptNotice, untoldBecause } from './untold.js';

const now = instant('2026-01-20T12:00:00.000Z');
const [before, soon] = [plusSeconds(now, -600), plusSeconds(now, 36_000)];
const kept = (over: Partial<KeptNotice>): KeptNotice => ({
  deliverAfter: before,
  deliveredAt: null,
  isVoid: false,
  leftAt: null,
  ...over,
});

describe('a notice', () => {
  it.each<[string, Partial<KeptNotice>, string | null]>([
    ['that was handed over has reached its person', { deliveredAt: before }, null],
    ['that was handed over and is past by now has, too', { deliveredAt: before, isVoid: true }, null],
    ['handed over before he left has, too', { deliveredAt: before, leftAt: now }, null],
    ['handed over after he had left was read by nobody', { deliveredAt: now, leftAt: before }, 'left'],
    ['that waits for whoever has left reaches nobody', { deliverAfter: soon, leftAt: before }, 'left'],
    ['whose person will leave waits like any other', { deliverAfter: soon, leftAt: soon }, 'quiet'],
    ['held back by quiet hours waits', { deliverAfter: soon }, 'quiet'],
    ['whose time has just come waits for the sweep', { deliverAfter: plusSeconds(now, -59) }, 'quiet'],
    ['that is overdue by a minute does not go out', { deliverAfter: plusSeconds(now, -60) }, 'late'],
    ['taken back before it went out never will', { deliverAfter: soon, isVoid: true }, 'void'],
  ])('%s', (_what, over, because) => {
    expect(untoldBecause(kept(over), now)).toBe(because);
  });
});
