import { describe, expect, it } from '@jest/globals';
import type { InboxItem, LegCase, Signable } from '../api/answers.js';
import { isReady, readinessOf, signByPasskey, signTogether } from './signing-together.js';

const item = { case: 'c', leg: 'approval', seat: 's' } as InboxItem;
const own = { seat: 's', onBehalfOf: null, checklist: [], digest: 'd' } as unknown as Signable;
const viewed = { at: '2026-01-01T00:00:00.000Z', fromContent: null } as LegCase['viewed'];

describe('what can be signed with others', () => {
  it.each([
    ['what was looked at and asks for nothing else', { signable: [own], viewed }, null],
    ['not what was never opened', { signable: [own], viewed: null }, 'look'],
    ['not what has a checklist', { signable: [{ ...own, checklist: [{ id: 'a', text: 'a' }] }], viewed }, 'checklist'],
    ['not what is signed for another', { signable: [{ ...own, onBehalfOf: 'p' }], viewed }, 'gone'],
    ['not a seat somebody took', { signable: [], viewed }, 'gone'],
  ] as const)('is %s', (_what, leg, why) => {
    expect(readinessOf(item, leg as unknown as LegCase).why).toBe(why);
  });

  const ready = [
    { signable: [own], viewed },
    { signable: [], viewed },
  ]
    .map((leg) => readinessOf(item, leg))
    .filter(isReady);
  const signed = { leg: 'approval', case: 'c', seat: 's', statement: 'd', onBehalfOf: null, checked: [] };

  it('goes as one signature each, under one proof by password', () => {
    expect(signTogether(ready)).toEqual({
      path: '/signatures',
      body: { items: [signed] },
      receipt: null,
      needsProof: true,
    });
  });

  it('goes one by one with what a passkey answered for it, and needs no other proof', () => {
    const passkey = { credential: 'c', authenticatorData: 'a', clientDataJSON: 'j', signature: 's' };
    expect(signByPasskey(ready[0]!, passkey)).toEqual({
      path: '/signatures',
      body: { items: [{ ...signed, passkey }] },
      receipt: null,
    });
  });
});
