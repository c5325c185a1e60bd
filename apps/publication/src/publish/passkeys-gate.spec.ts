import { describe, expect, it } from '@jest/globals';
import { digest } from '#domain/identifiers';
import { instant } from '#domain/instant';
import type { BundleSummary } from '#evidence/verify-bundle';
import { passkeysDefect } from './passkeys-gate.js';

const at = (text: string): ReturnType<typeof instant> => instant(`2026-01-05T${text}.000Z`);
const seat: BundleSummary['seats'][number] = {
  leg: 'approval',
  stageName: '签发',
  seat: 's',
  stage: 'issue',
  role: 'head',
  organ: 'a',
  actor: 'li',
  decision: digest('1'.repeat(64)),
  at: at('10:00:00'),
};

describe('a signature with a passkey', () => {
  it.each([
    ['passes while it is not revoked', 'p', 'other', '09:00:00'],
    ['passes when it was revoked afterwards', 'p', 'p', '10:00:01'],
    ['passes when the leg could not have heard of it yet', 'p', 'p', '09:59:01'],
    ['is not asked for where a password was entered', undefined, 'p', '09:00:00'],
  ])('%s', (_what, passkey, revoked, end) => {
    const seats = [{ ...seat, ...(passkey === undefined ? {} : { passkey }) }];
    expect(passkeysDefect(seats, new Map([[revoked, at(end)]]))).toBeUndefined();
  });

  it('is held when it had been revoked by then', () => {
    const found = passkeysDefect([seat, { ...seat, passkey: 'p' }], new Map([['p', at('09:59:00')]]));
    expect(found).toMatchObject({ defect: 'passkey_revoked', where: 'seat s' });
  });
});
