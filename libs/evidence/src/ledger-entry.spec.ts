import { describe, expect, it } from '@jest/globals';
import { digest } from '#domain/identifiers';
import { instant } from '#domain/instant';
import { canonicalBytes } from './canonical.js';
import { isDefect } from './defect.js';
import { entryBytes, entryHash, type LedgerAct, nextEntry, readEntry } from './ledger-entry.js';
import { leafHash } from './merkle-tree.js';
import { nodeCrypto } from './node-crypto.js';

const person = '5f0d7b8e-6c53-4b0e-9d5c-0d6f3c1a2b3c';
const act: LedgerAct = {
  report: 'a3c1d9d2-1f0e-4a55-8a3e-2b7a5b6c7d8e',
  case: null,
  epoch: '0b0e7b0a-5d0c-4c55-9a51-3f0f7d3f5a11',
  at: instant('2026-01-31T16:00:00.000Z'),
  actor: person,
  action: 'approval.grant',
  outcome: 'accepted',
  digests: { content: digest('ab'.repeat(32)) },
  requestId: '9b2f6d10-7c3b-4d6e-8f3a-1a2b3c4d5e6f',
};
const first = nextEntry(null, act);
const text = new TextDecoder().decode(entryBytes(first));

describe('a ledger entry', () => {
  it('is one canonical text, whose hash is its leaf in the log', () => {
    expect(text).toBe(
      '{"action":"approval.grant","actor":"5f0d7b8e-6c53-4b0e-9d5c-0d6f3c1a2b3c","at":"2026-01-31T16:00:00.000Z",' +
        '"case":null,"digests":{"content":"abababababababababababababababababababababababababababababababab"},' +
        '"epoch":"0b0e7b0a-5d0c-4c55-9a51-3f0f7d3f5a11","outcome":"accepted","prev":null,' +
        '"report":"a3c1d9d2-1f0e-4a55-8a3e-2b7a5b6c7d8e","requestId":"9b2f6d10-7c3b-4d6e-8f3a-1a2b3c4d5e6f","seq":1,"v":1}',
    );
    expect(entryHash(first, nodeCrypto)).toBe(leafHash(entryBytes(first), nodeCrypto));
  });

  it('continues the chain of its report', () => {
    expect(first).toMatchObject({ seq: 1, prev: null });
    const hash = entryHash(first, nodeCrypto);
    expect(nextEntry({ seq: 1, hash }, act)).toEqual({ ...act, v: 1, seq: 2, prev: hash });
  });

  it.each([
    ['a first entry', first],
    [
      'a deputy’s refused act in a case',
      nextEntry(
        { seq: 7, hash: digest('cd'.repeat(32)) },
        {
          ...act,
          case: person,
          onBehalfOf: person,
          outcome: 'case_closed',
          digests: {},
        },
      ),
    ],
    ['an act of a service', nextEntry(null, { ...act, actor: 'service:publication', action: 'publication.go-live' })],
  ])('is read as it was written: %s', (_what, entry) => {
    expect(readEntry(entryBytes(entry))).toEqual(entry);
  });

  it.each<[what: string, change: object]>([
    ['a name for an actor', { actor: '张三' }],
    ['a name for a principal', { onBehalfOf: 'Zhang San' }],
    ['words for a refusal', { outcome: 'the case is closed' }],
    ['words for an action', { action: 'Grant it' }],
    ['a text for a digest', { digests: { reason: '数字有误' } }],
    ['a text for a kind of digest', { digests: { '张 三': act.digests['content'] } }],
    ['a list for digests', { digests: [] }],
    ['a free text for a request', { requestId: 'my request' }],
    ['a field nobody reads', { note: 'x' }],
    ['another version', { v: 2 }],
    ['a place before the first', { seq: 0 }],
    ['a place between two', { seq: 1.5 }],
    ['no link, though not the first', { seq: 2 }],
    ['a link, though the first', { prev: act.digests['content'] }],
    ['a local time', { at: '2026-01-31 16:00' }],
  ])('is neither written nor read with %s', (_what, change) => {
    const entry = { ...first, ...change };
    expect(() => entryBytes(entry as typeof first)).toThrow(RangeError);
    expect(readEntry(canonicalBytes(entry))).toMatchObject({ defect: 'bad_shape' });
  });

  it('is not written with a principal left undefined: the field would vanish unnoticed', () => {
    expect(() => entryBytes({ ...first, onBehalfOf: undefined } as unknown as typeof first)).toThrow(RangeError);
  });

  it('is not read in any other spelling', () => {
    for (const other of [text.replace(',', ', '), `${text}\n`, text.slice(1), '', '\ufeff' + text])
      expect(readEntry(new TextEncoder().encode(other))).toMatchObject({ defect: 'not_canonical' });
    expect(isDefect(readEntry(new TextEncoder().encode('null')))).toBe(true);
    expect(isDefect(readEntry(Uint8Array.of(0xff)))).toBe(true);
  });
});
