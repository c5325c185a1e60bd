import { describe, expect, it } from '@jest/globals';
import { nodeCrypto } from '#evidence/node-crypto';
import { DerivedFiles } from './derived-files.js';

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
});
