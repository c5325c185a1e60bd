import { describe, expect, it } from '@jest/globals';
import { digest } from '#domain/identifiers';
import { type Instant, instant } from '#domain/instant';
import type { BundleSummary } from '#evidence/verify-bundle';
import type { OwnDeputy } from '../persistence/own-deputies.queries.js';
import { deputiesDefect } from './deputies-gate.js';

const at = (text: string): Instant => instant(`2026-01-05T${text}.000Z`);
type Seat = BundleSummary['seats'][number];
const seat = (over: Partial<Seat> = {}): Seat => ({
  leg: 'approval',
  stageName: '签发',
  seat: 's',
  stage: 'issue',
  role: 'head',
  organ: 'a',
  actor: 'li',
  onBehalfOf: 'zhou',
  decision: digest('1'.repeat(64)),
  at: at('10:00:00'),
  ...over,
});
const granted = (over: Partial<OwnDeputy> = {}): OwnDeputy => ({
  principal: 'zhou',
  agent: 'li',
  role: 'head',
  organ: 'a',
  since: at('08:00:00'),
  until: at('18:00:00'),
  revokedAt: null,
  ...over,
});

describe('whoever signed for another', () => {
  it.each([
    ['passes by a grant in force', [seat()], [granted()]],
    [
      'passes by the office of the superior he took the seat by',
      [seat({ as: { role: 'deputy', organ: 'a' } })],
      [granted({ role: 'deputy' })],
    ],
    ['passes when it was revoked afterwards', [seat()], [granted({ revokedAt: at('10:00:01') })]],
    [
      'passes when the leg could not have heard of the revocation yet',
      [seat()],
      [granted({ revokedAt: at('09:59:30') })],
    ],
    ['is not asked for by signatures for oneself', [seat({ onBehalfOf: null })], []],
  ] as [string, Seat[], OwnDeputy[]][])('%s', (_what, seats, deputies) => {
    expect(deputiesDefect(seats, deputies)).toBeUndefined();
  });

  it.each([
    ['later', 'deputy_unknown', 'by a grant not known here', [seat()], []],
    ['later', 'deputy_unknown', 'for another principal', [seat()], [granted({ principal: 'yang' })]],
    ['later', 'deputy_unknown', 'in another office', [seat()], [granted({ organ: 'b' })]],
    ['later', 'deputy_unknown', 'before it began', [seat()], [granted({ since: at('10:00:01') })]],
    ['later', 'deputy_unknown', 'when it had ended', [seat()], [granted({ until: at('10:00:00') })]],
    ['held', 'deputy_revoked', 'after it was revoked', [seat()], [granted({ revokedAt: at('09:59:00') })]],
    [
      'held',
      'deputy_revoked',
      'though another seat is well',
      [seat({ actor: 'wang', onBehalfOf: null }), seat()],
      [granted({ revokedAt: at('08:30:00') })],
    ],
  ] as ['later' | 'held', string, string, Seat[], OwnDeputy[]][])(
    'is %s (%s) %s',
    (answer, code, _when, seats, deputies) => {
      expect(deputiesDefect(seats, deputies)).toMatchObject({ answer, defect: code });
    },
  );
});
