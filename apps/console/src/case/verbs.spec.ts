import { describe, expect, it } from '@jest/globals';
import type { LegCase, Me } from '../api/answers.js';
import type { CaseFile } from '../api/case-file.js';
import { verbsOf } from './verbs.js';

const me = { person: 'me', grants: [] } as unknown as Me;
const drafter = { person: 'me', grants: [{ role: 'drafter', organ: 'north' }] } as unknown as Me;

function fileWith(current: Partial<LegCase>): CaseFile {
  const bare = { organ: 'north', submitter: 'other', state: 'in-review', seats: [], signable: [] };
  const lists = { takeable: [], removable: [], consultations: [] };
  return { line: {}, review: null, current: { ...bare, ...lists, ...current } } as unknown as CaseFile;
}
const signable = [{ onBehalfOf: null }] as unknown as LegCase['signable'];
const open = [{ state: 'open', signedBy: null, signedAt: null }] as unknown as LegCase['seats'];
const signedByMe = [
  { state: 'signed', signedBy: 'other', signedAt: '2026-01-01T00:00:00.000Z' },
  { state: 'signed', signedBy: 'me', signedAt: '2026-01-02T00:00:00.000Z' },
] as unknown as LegCase['seats'];

describe('the verbs offered', () => {
  it.each([
    ['nothing to whoever only reads', fileWith({ seats: open }), me, []],
    ['a signer', fileWith({ signable, seats: open }), me, ['handOver', 'addSigner', 'consult', 'copy']],
    [
      'a deputy, who cannot give away what is not his',
      fileWith({ signable: [{ onBehalfOf: 'chief' }] as unknown as LegCase['signable'] }),
      me,
      ['addSigner', 'consult', 'copy'],
    ],
    [
      'the submitter',
      fileWith({ submitter: 'me', seats: open }),
      me,
      ['consult', 'copy', 'urge', 'withdraw', 'cancel'],
    ],
    ['another drafter of the organ', fileWith({ seats: open }), drafter, ['consult', 'copy', 'cancel']],
    [
      'the last signer of what is approved',
      fileWith({ state: 'approved', seats: signedByMe }),
      me,
      ['copy', 'recall', 'postpone'],
    ],
    ['the drafter of what was returned', fileWith({ state: 'returned' }), drafter, ['copy', 'cancel']],
    ['nobody once it is public', fileWith({ state: 'done', submitter: 'other' }), me, []],
    [
      'whoever was asked',
      fileWith({ consultations: [{ person: 'me', answeredAt: null }] as unknown as LegCase['consultations'] }),
      me,
      ['opine'],
    ],
  ])('to %s', (_who, file, person, verbs) => {
    expect(verbsOf(file, person)).toEqual(verbs);
  });
});
