import { describe, expect, it } from '@jest/globals';
import { assert, boolean, integer, property } from 'fast-check';
import {
  afterMessage,
  type JobMessage,
  type JobState,
  type PublicationJob,
  retrySeconds,
  type Round,
} from './publication-job.js';

const round: Round = { case: 'case', round: 1, document: 'document', edition: 1, content: 'content' };
const submitted: JobMessage = { kind: 'submitted', organ: 'xiangyang', year: 2020, act: 'publish' };
const granted: JobMessage = { kind: 'granted', bundle: 'bundle' };
const released: JobMessage = { kind: 'released', bundle: 'bundle' };
const ended: JobMessage = { kind: 'ended' };

const after = (...messages: JobMessage[]): PublicationJob =>
  messages.reduce<PublicationJob | undefined>((job, message) => afterMessage(job, round, message), undefined)!;
const jobIn = (state: JobState): PublicationJob => ({ ...after(submitted, granted), state });

describe('a publication job', () => {
  it.each<[string, JobMessage[], JobState, string | null]>([
    [
      'another bundle than the granted one',
      [granted, { kind: 'released', bundle: 'other' }],
      'held',
      'bundle_contradicted',
    ],
    ['a release after the end', [granted, ended, released], 'held', 'released_after_end'],
    ['the end of a waiting round', [submitted, granted, ended], 'dropped', null],
    ['a grant alone', [submitted, granted], 'waiting', null],
    ['a release', [submitted, granted, released], 'publishing', null],
    ['a release before anything else is known', [released], 'publishing', null],
    [
      'a release after it was sent back within the round',
      [submitted, { kind: 'sent-back' }, granted, released],
      'publishing',
      null,
    ],
    ['an end after the release', [granted, released, ended], 'publishing', null],
  ])('%s', (_, messages, state, defect) => expect(after(...messages)).toMatchObject({ state, defect }));

  it.each(['document', 'edition', 'content'] as const)('is held when a message contradicts its %s', (field) => {
    const other = { ...round, [field]: field === 'edition' ? 2 : 'other' };
    expect(afterMessage(jobIn('waiting'), other, released)).toMatchObject({
      state: 'held',
      defect: 'round_contradicted',
    });
  });

  it.each<[JobState]>([['live'], ['superseded'], ['withdrawn'], ['done'], ['passed']])(
    '%s stays so whatever is said later',
    (state) => {
      for (const message of [submitted, granted, released, ended, { kind: 'released', bundle: 'other' } as const])
        expect(afterMessage(jobIn(state), round, message).state).toBe(state);
    },
  );

  it('held stays held', () => {
    for (const message of [submitted, granted, released, ended])
      expect(afterMessage(jobIn('held'), round, message).state).toBe('held');
  });

  it('comes to the same whenever drafting is heard', () => {
    assert(
      property(integer({ min: 0, max: 2 }), boolean(), (at, twice) => {
        const messages: JobMessage[] = [granted, released];
        messages.splice(at, 0, submitted, ...(twice ? [submitted] : []));
        expect(after(...messages)).toEqual(after(submitted, granted, released));
      }),
    );
  });
});

describe('the wait before another attempt', () => {
  it('doubles from 0.2 s up to a minute', () =>
    expect([1, 2, 3, 9, 10, 1000].map(retrySeconds)).toEqual([0.2, 0.4, 0.8, 51.2, 60, 60]));
});
