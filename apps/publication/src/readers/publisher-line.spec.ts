import { describe, expect, it } from '@jest/globals';
import type { SiteAddress } from '../site/site-folder.js';
import { answerReader, type ReaderNeeds } from './answer-reader.js';
import { PublisherLine } from './publisher-line.js';
import type { ReaderQuestion } from './reader.messages.js';

const SIGNED = new TextEncoder().encode('signed');
const DIGESTS = new Map([['report.pdf', 'a'.repeat(64)]]);

/** A reader and the publisher at the two ends of a line; what is put on it is copied as between processes. */
function line(needs: Partial<ReaderNeeds> = {}) {
  const asked: ReaderQuestion[] = [];
  const faults: unknown[] = [];
  const changed: SiteAddress[] = [];
  let hear: (message: unknown) => void = () => undefined;
  const publisher: ReaderNeeds = {
    derived: { digestsFor: async () => DIGESTS },
    renew: async () => undefined,
    ...needs,
  };
  const reader = new PublisherLine(
    {
      send: (question) => {
        asked.push(question);
        void answerReader(structuredClone(question), publisher, (error) => faults.push(error)).then((word) =>
          hear(structuredClone(word)),
        );
      },
      onMessage: (heard) => (hear = heard),
    },
    (address) => changed.push(address),
  );
  return { reader, asked, faults, changed, tell: (message: unknown) => hear(message) };
}

describe('a reader of the public site', () => {
  it('asks the publisher for digests once for the same signed bytes', async () => {
    const seen: unknown[] = [];
    const { reader, asked } = line({
      derived: {
        digestsFor: async (content, signed) => {
          seen.push([content, new TextDecoder().decode(signed)]);
          return DIGESTS;
        },
      },
    });
    expect(await reader.digestsFor('c1', SIGNED)).toEqual(DIGESTS);
    expect(await reader.digestsFor('c1', SIGNED)).toEqual(DIGESTS);
    expect(seen).toEqual([['c1', 'signed']]);
    expect(asked).toHaveLength(1);
  });

  it('asks again where the files could not all be made', async () => {
    const { reader, asked } = line({ derived: { digestsFor: async () => undefined } });
    expect(await reader.digestsFor('c1', SIGNED)).toBeUndefined();
    expect(await reader.digestsFor('c1', SIGNED)).toBeUndefined();
    expect(asked).toHaveLength(2);
  });

  it('gets each answer to the question it asked, in whatever order they come', async () => {
    const waiting = new Map<string, (digests: ReadonlyMap<string, string>) => void>();
    const { reader } = line({
      derived: { digestsFor: (content) => new Promise((resolve) => waiting.set(content, resolve)) },
    });
    const [one, two] = [reader.digestsFor('c1', SIGNED), reader.digestsFor('c2', SIGNED)];
    waiting.get('c2')?.(new Map([['b', '2']]));
    waiting.get('c1')?.(new Map([['a', '1']]));
    expect([await one, await two]).toEqual([new Map([['a', '1']]), new Map([['b', '2']])]);
  });

  it('has files laid out anew, and hears why that failed', async () => {
    const renewed: string[] = [];
    const good = line({ renew: async (content) => void renewed.push(content) });
    await good.reader.renew('c1');
    expect(renewed).toEqual(['c1']);

    const bad = line({ renew: () => Promise.reject(new RangeError('disk')) });
    await expect(bad.reader.renew('c1')).rejects.toThrow('RangeError');
    expect(bad.faults).toHaveLength(1);
  });

  it('is told of addresses the publisher changed', () => {
    const { changed, tell } = line();
    const address = { organ: 'scjg', year: 2026, edition: null };
    tell({ tell: 'changed', address });
    expect(changed).toEqual([address]);
  });

  it.each([
    ['nothing', undefined],
    ["Node's own words", { cmd: 'NODE_HANDLE', seq: 1 }],
    ['an address of another kind', { tell: 'changed', address: { organ: 'scjg', year: '2026', edition: null } }],
    ['an answer nobody asked for', { tell: 'answer', id: 99 }],
  ])('is not moved by %s', (_what, message) => {
    const { changed, tell } = line();
    tell(message);
    expect(changed).toEqual([]);
  });
});

describe('the publisher', () => {
  it.each([
    ['nothing', undefined],
    ['an unknown question', { ask: 'sign', id: 1, content: 'c1' }],
    ['signed bytes that are none', { ask: 'digests', id: 1, content: 'c1', signed: 'text' }],
  ])('answers no %s', async (_what, message) => {
    const needs: ReaderNeeds = {
      derived: { digestsFor: () => Promise.reject(new Error('asked')) },
      renew: () => Promise.reject(new Error('asked')),
    };
    expect(await answerReader(message, needs, () => undefined)).toBeNull();
  });
});
