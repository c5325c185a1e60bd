import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { nodeCrypto } from '#evidence/node-crypto';
import { acceptsGzip, hasAlready, isPackable, SentBytesOf } from './sent-bytes.js';

const page = new TextEncoder().encode('政府信息公开工作年度报告。'.repeat(200));
const HTML = 'text/html; charset=utf-8';
const digest = nodeCrypto.sha256(page);

describe('bytes to be sent', () => {
  it('are hashed and packed once for as long as they are held', async () => {
    let hashed = 0;
    const count = (bytes: Uint8Array): ReturnType<typeof nodeCrypto.sha256> => {
      hashed += 1;
      return nodeCrypto.sha256(bytes);
    };
    const sent = new SentBytesOf({ sha256: count });
    const [first, second] = await Promise.all([sent.for(page, HTML, 'gzip'), sent.for(page, HTML, 'br, gzip')]);
    expect(second).toBe(first);
    expect(sent.plain(page)).toBe(sent.plain(page));
    expect(hashed).toBe(1);
  });

  it('say what they are, and unpack to what they were', async () => {
    const sent = new SentBytesOf(nodeCrypto);
    const plain = await sent.for(page, HTML, 'br');
    expect([plain.encoding, plain.tag, Buffer.compare(plain.bytes, page)]).toEqual([undefined, `"${digest}"`, 0]);
    const packed = await sent.for(page, HTML, 'gzip');
    expect([packed.encoding, packed.tag]).toEqual(['gzip', `"${digest}-gzip"`]);
    expect(packed.bytes.byteLength).toBeLessThan(page.byteLength / 10);
    expect(Buffer.compare(gunzipSync(packed.bytes), page)).toBe(0);
  });

  it.each([
    [page, HTML, true],
    [page, 'application/json; charset=utf-8', true],
    [page, 'application/atom+xml; charset=utf-8', true],
    [page, 'text/csv; charset=utf-8; header=present', true],
    [page, 'application/zip', false],
    [page, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', false],
    [page, 'application/pdf', false],
    [page.subarray(0, 800), HTML, false],
  ])('%#: are worth packing or not', (bytes, type, expected) => {
    expect(isPackable(bytes, type)).toBe(expected);
  });
});

it.each([
  ['gzip', true],
  ['br, GZIP;q=0.5', true],
  ['*', true],
  ['', false],
  ['br', false],
  ['identity', false],
  ['gzip;q=0', false],
  ['gzip; q=0, *;q=1', false],
])('Accept-Encoding %j takes gzip: %s', (accepted, expected) => {
  expect(acceptsGzip(accepted)).toBe(expected);
});

it.each([
  [`"${digest}"`, true],
  [`"${digest}-gzip"`, true],
  [`W/"${digest}", "x"`, true],
  [`"${'0'.repeat(64)}"`, false],
  ['*', false],
  [undefined, false],
])('If-None-Match %j has the bytes: %s', (header, expected) => {
  expect(hasAlready(header, `"${digest}-gzip"`)).toBe(expected);
});
