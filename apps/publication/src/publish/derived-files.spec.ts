import { describe, expect, it } from '@jest/globals';
import { nodeCrypto } from '#evidence/node-crypto';
import { barrier } from '../../../../test/support/gate.js';
import { DerivedFiles } from './derived-files.js';
import { QuietTime } from './quiet-time.js';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const SIGNED = bytesOf('signed');
const CONTENT = nodeCrypto.sha256(SIGNED);

describe('files made of signed bytes', () => {
  it('are never made of other bytes than those whose digest they are kept under', async () => {
    const made: string[] = [];
    const writer = {
      write: async (signed: Uint8Array) => {
        made.push(new TextDecoder().decode(signed));
        return [{ name: 'report.csv' as const, bytes: signed }];
      },
    };
    const derived = new DerivedFiles(writer, nodeCrypto);
    await expect(derived.digestsFor(CONTENT, bytesOf('nobody signed this'))).rejects.toThrow(RangeError);
    await expect(derived.of(CONTENT, bytesOf('nobody signed this'))).rejects.toThrow(RangeError);
    expect([derived.ready(CONTENT), derived.digestsOf(CONTENT)]).toEqual([undefined, undefined]);
    expect((await derived.digestsFor(CONTENT, SIGNED))?.get('report.csv')).toBe(CONTENT);
    expect(made).toEqual(['signed']);
  });

  // What is published is read back while it is at work: a file made only when that is over would never come.
  it('are made at once when somebody waits for them, whatever is at work and whoever let them wait before', async () => {
    const quiet = new QuietTime({ forMs: 600_000, atMostMs: 600_000, lookMs: 1 });
    const end = barrier(2);
    const urgent = quiet.during(end);
    const writer = {
      write: async (signed: Uint8Array) => {
        await quiet.come(new AbortController().signal);
        return [{ name: 'report.csv' as const, bytes: signed }];
      },
    };
    const derived = new DerivedFiles(writer, nodeCrypto, quiet);
    const patient = derived.of(CONTENT, SIGNED);
    expect((await derived.digestsFor(CONTENT, SIGNED))?.get('report.csv')).toBe(CONTENT);
    expect((await patient).files).toHaveLength(1);
    await Promise.all([end(), urgent]);
  });
});
