import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { digest } from '#domain/identifiers';
import { instant } from '#domain/instant';
import {
  type Checkpoint,
  checkpointText,
  keyHash,
  type LogKey,
  openCheckpoint,
  signedCheckpoint,
} from './checkpoint.js';
import { isDefect } from './defect.js';
import { generateKeyPem, nodeCrypto, publicKeyOf, signerFromPem } from './node-crypto.js';

/** A checkpoint of Go's checksum database and its published key, the example of C2SP tlog-checkpoint under its true origin. */
const GO_KEY: LogKey = {
  origin: 'go.sum database tree',
  name: 'sum.golang.org',
  publicKey: Buffer.from('zjNy11rR7l7Nr4cnKT1LER2H6zdTHXyG1NMAPw64Cfw=', 'base64'),
};
const GO_NOTE = `go.sum database tree
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— sum.golang.org Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
`;

const pem = generateKeyPem();
const strangerPem = generateKeyPem();
const key: LogKey = { origin: 'sunward.example/log', name: 'sunward.example/log', publicKey: publicKeyOf(pem) };
const stranger: LogKey = { ...key, publicKey: publicKeyOf(strangerPem) };
const sign = (bytes: Uint8Array): Uint8Array => signerFromPem(pem).sign(bytes);
const strangerSign = (bytes: Uint8Array): Uint8Array => signerFromPem(strangerPem).sign(bytes);

const checkpoint: Checkpoint = {
  origin: key.origin,
  size: 200,
  root: digest('5d'.repeat(32)),
  at: instant('2026-01-31T16:00:00.000Z'),
  epoch: '0b0e7b0a-5d0c-4c55-9a51-3f0f7d3f5a11',
  extensions: ['witnessed twice'],
};
const note = signedCheckpoint(checkpoint, key, sign, nodeCrypto);
const [body = '', signatureLine = ''] = note.split('\n\n');
const strangerLine = signedCheckpoint(checkpoint, stranger, strangerSign, nodeCrypto).split('\n\n')[1]!;

/** Any text as a note signed by the key: what only the form can refuse. */
function signedText(text: string): string {
  const id = Buffer.from(keyHash(key, nodeCrypto), 'hex');
  const signature = Buffer.concat([id, sign(Buffer.from(text))]).toString('base64');
  return `${text}\n— ${key.name} ${signature}\n`;
}

function codeOf(given: string, by = key): string {
  const found = openCheckpoint(given, by, nodeCrypto);
  return isDefect(found) ? found.defect : 'ok';
}

describe('a checkpoint', () => {
  it('of another log in use opens, and is written byte for byte the same', () => {
    expect(keyHash(GO_KEY, nodeCrypto)).toBe('033de0ae');
    const opened = openCheckpoint(GO_NOTE, GO_KEY, nodeCrypto);
    expect(opened).toEqual({
      origin: 'go.sum database tree',
      size: 20_852_163,
      root: '0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62',
      at: null,
      epoch: null,
      extensions: [],
    });
    expect(checkpointText(opened as Checkpoint)).toBe(GO_NOTE.slice(0, GO_NOTE.indexOf('\n\n') + 1));
  });

  it('is written as lines: origin, size, root, time, epoch, and whatever else', () => {
    expect(checkpointText(checkpoint)).toBe(
      'sunward.example/log\n200\nXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV0=\ntime 2026-01-31T16:00:00.000Z\n' +
        'epoch 0b0e7b0a-5d0c-4c55-9a51-3f0f7d3f5a11\nwitnessed twice\n',
    );
  });

  it('opens with the key that signed it, as it was', () => {
    const any = fc.record({
      origin: fc.constant(key.origin),
      size: fc.maxSafeNat(),
      root: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => digest(Buffer.from(bytes).toString('hex'))),
      at: fc.constantFrom(null, checkpoint.at),
      epoch: fc.constantFrom(null, checkpoint.epoch),
      extensions: fc.array(fc.constantFrom('x', '— no signature', 'Ω é', 'size 3')),
    });
    const rule = fc.property(any, (given) => {
      expect(openCheckpoint(signedCheckpoint(given, key, sign, nodeCrypto), key, nodeCrypto)).toEqual(given);
    });
    fc.assert(rule, { numRuns: 100 });
  });

  it('may carry signatures by others, before or after', () => {
    expect(codeOf(`${body}\n\n${signatureLine}${strangerLine}`)).toBe('ok');
    expect(codeOf(`${body}\n\n${strangerLine.repeat(16)}${signatureLine}`)).toBe('ok');
    expect(codeOf(`${body}\n\n— witness.example/w AAAAAAA=\n${signatureLine}`)).toBe('ok');
    expect(codeOf(`${body}\n\n${signatureLine.replace(key.name, 'another')}${signatureLine}`)).toBe('ok');
  });

  it.each<[code: string, what: string, given: string]>([
    ['unknown_key', 'a stranger signed in its name', `${body}\n\n${strangerLine}`],
    ['unknown_key', 'it is signed under another name', `${body}\n\n${signatureLine.replace(key.name, 'another')}`],
    ['signed_twice', 'the key signed twice', note + signatureLine],
    ['bad_signature', 'the size is another', note.replace('\n200\n', '\n201\n')],
    ['bad_signature', 'a line was added', `${body}\nmore\n\n${signatureLine}`],
    ['bad_checkpoint', 'nobody signed', `${body}\n`],
    ['bad_checkpoint', 'nobody signed', `${body}\n\n`],
    ['bad_checkpoint', 'it is empty', ''],
    ['bad_checkpoint', 'bytes follow', `${note}x`],
    ['bad_checkpoint', 'an empty line follows', `${note}\n`],
    ['bad_checkpoint', 'its end is cut', note.slice(0, -1)],
    ['bad_checkpoint', 'lines end as on Windows', note.replaceAll('\n', '\r\n')],
    ['bad_checkpoint', 'half a character stands in it', note.replace('twice', '\ud800')],
    ['bad_checkpoint', 'the dash is another', note.replace('—', '-')],
    ['bad_checkpoint', 'the signature is in loose base64', note.replace(/=?=?\n$/, '\n')],
    ['bad_checkpoint', 'a signature is a key ID only', `${body}\n\n— w AAAAAA==\n${signatureLine}`],
    ['bad_checkpoint', 'there are too many signatures', `${body}\n\n${strangerLine.repeat(100)}${signatureLine}`],
    ['wrong_origin', 'it is of another log', signedText(`other.example\n200\n${body.split('\n')[2]}\n`)],
    ['bad_checkpoint', 'the size has a leading zero', signedText(body.replace('\n200\n', '\n0200\n') + '\n')],
    ['bad_checkpoint', 'the size is negative', signedText(body.replace('\n200\n', '\n-1\n') + '\n')],
    [
      'bad_checkpoint',
      'the size cannot be counted',
      signedText(body.replace('\n200\n', '\n9007199254740993\n') + '\n'),
    ],
    ['bad_checkpoint', 'the root is short', signedText(`${key.origin}\n200\nAAAA\n`)],
    ['bad_checkpoint', 'the root is missing', signedText(`${key.origin}\n200\n`)],
    ['bad_checkpoint', 'the root is in loose base64', signedText(`${body.replace('XV0=', 'XV1=')}\n`)],
    ['bad_checkpoint', 'a line is empty', signedText(`${body.replace('\ntime', '\n\ntime')}\n`)],
    ['bad_checkpoint', 'the origin is empty', signedText(body.replace(key.origin, '') + '\n')],
  ])('is refused with %s: %s', (code, _what, given) => {
    expect(codeOf(given)).toBe(code);
  });

  it('is refused with any character altered, left out or put in', () => {
    expect(codeOf(note)).toBe('ok');
    for (let at = 0; at < note.length; at += 1) {
      expect([at, codeOf(`${note.slice(0, at)}#${note.slice(at + 1)}`)]).not.toContain('ok');
      expect([at, codeOf(note.slice(0, at) + note.slice(at + 1))]).not.toContain('ok');
      expect([at, codeOf(`${note.slice(0, at)}A${note.slice(at)}`)]).not.toContain('ok');
    }
  });

  it('that cannot be written is not signed', () => {
    const impossible: Partial<Checkpoint>[] = [
      { size: -1 },
      { size: 1.5 },
      { size: 2 ** 53 },
      { root: 'AA' as Checkpoint['root'] },
      { extensions: [''] },
      { extensions: ['two\nlines'] },
      { extensions: ['tab\t'] },
      { origin: 'another.example/log' },
    ];
    for (const change of impossible)
      expect(() => signedCheckpoint({ ...checkpoint, ...change }, key, sign, nodeCrypto)).toThrow(RangeError);
    for (const name of ['', 'two words', 'a+b', 'a\nb'])
      expect(() => signedCheckpoint(checkpoint, { ...key, name }, sign, nodeCrypto)).toThrow(RangeError);
  });
});
