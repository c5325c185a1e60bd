import { describe, expect, it } from '@jest/globals';
import { AttemptTrail } from './attempt-trail.js';

function trailAt(): { trail: AttemptTrail; at: (ms: number) => AttemptTrail } {
  let now = 0;
  const trail = new AttemptTrail(1000, () => now);
  return {
    trail,
    at: (ms) => {
      now = ms;
      return trail;
    },
  };
}

describe('the trail of an attempt', () => {
  it('measures each step from when it was entered to when it ended', () => {
    const { at } = trailAt();
    at(10).enter('proof');
    at(15).done({ signatures: 6 });
    at(20).enter('read-back');
    at(50).fail({ code: 'address_unreachable', data: { status: 500 } });
    expect(at(60).unwritten()).toEqual([
      { step: 'proof', beganMs: 1010, endedMs: 1015, figures: { signatures: 6 }, defect: null },
      {
        step: 'read-back',
        beganMs: 1020,
        endedMs: 1050,
        figures: {},
        defect: { code: 'address_unreachable', data: { status: 500 } },
      },
    ]);
  });

  it('tells nothing of a step that was entered and did not end', () => {
    const { trail } = trailAt();
    trail.enter('proof');
    expect(trail.unwritten()).toEqual([]);
    trail.enter('page');
    trail.done({ sizeBytes: 9 });
    expect(trail.unwritten().map(({ step }) => step)).toEqual(['page']);
  });

  it('gives no step twice once it is written, and the same ones again while it is not', () => {
    const { trail } = trailAt();
    trail.enter('proof');
    trail.done({});
    expect(trail.unwritten()).toEqual(trail.unwritten());
    trail.written(1);
    trail.enter('receipt');
    expect(trail.unwritten({ receipt: 'a' }).map(({ step }) => step)).toEqual(['receipt']);
    expect(trail.unwritten({ receipt: 'a' })).toHaveLength(1);
    expect(trail.unwritten()).toEqual([]);
  });

  it('of an attempt that fails between two steps names none', () => {
    const { trail } = trailAt();
    trail.fail({ code: 'fault', data: {} });
    expect(trail.unwritten()).toEqual([]);
  });
});
