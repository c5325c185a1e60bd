import { describe, expect, it } from '@jest/globals';
import { isDefect } from '#evidence/defect';
import { generateKeyPem, nodeCrypto, publicKeyOf, signerFromPem } from '#evidence/node-crypto';
import { toBase64 } from '#evidence/base64';
import type { CallerStatement } from '#evidence/statements';
import type { Trust } from '#evidence/trust';
import { instant } from '#domain/instant';
import { proveCaller, type ReceivedRequest, signCaller } from './caller-assertion.js';

const gatewayPem = generateKeyPem();
const gateway = signerFromPem(gatewayPem);
const publicKey = toBase64(publicKeyOf(gatewayPem));
const other = toBase64(publicKeyOf(generateKeyPem()));
const trust: Trust = {
  schema: 'sunward.trust/1',
  services: { gateway: publicKey, drafting: other, review: other, approval: other, publication: other },
  administrators: [],
  site: 'http://localhost:3080',
};

const rawBody = new TextEncoder().encode('{"seat":"x"}');
const statement: CallerStatement = {
  person: '00000000-0000-4000-8000-000000000001',
  session: 's',
  stepUpAt: null,
  audience: 'review',
  method: 'POST',
  path: '/review-cases/1/signatures',
  body: nodeCrypto.sha256(rawBody),
  key: 'k',
  correlationId: '00000000-0000-4000-8000-000000000002',
  issuedAt: instant('2026-01-31T00:00:00.000Z'),
  expiresAt: instant('2026-01-31T00:00:30.000Z'),
};
const request: ReceivedRequest = {
  audience: 'review',
  method: 'POST',
  path: '/review-cases/1/signatures',
  rawBody,
  nowMs: Date.parse('2026-01-31T00:00:10.000Z'),
};
const prove = (header: unknown, changes: Partial<ReceivedRequest> = {}): string => {
  const proved = proveCaller(header, { ...request, ...changes }, trust, nodeCrypto);
  return isDefect(proved) ? proved.defect : proved.statement.person;
};

describe('a caller assertion is refused', () => {
  const header = signCaller(gateway, statement);

  it.each([
    ['when there is none', undefined, 'missing'],
    ['when it is doubled', [header, header], 'missing'],
    ['when it is not base64url JSON', '{}', 'malformed'],
    ['when it is JSON of another shape', Buffer.from('{"payload":1}').toString('base64url'), 'malformed'],
    ['when somebody else signed it', signCaller(signerFromPem(generateKeyPem()), statement), 'unknown_key'],
    [
      'when it has a field too many',
      signCaller(gateway, { ...statement, admin: true } as CallerStatement),
      'bad_shape',
    ],
  ])('%s', (_when, value, defect) => expect(prove(value)).toBe(defect));

  it.each<[string, Partial<ReceivedRequest>, string]>([
    ['for another service', { audience: 'approval' }, 'other_request'],
    ['for another method', { method: 'GET' }, 'other_request'],
    ['for another path', { path: '/review-cases/2/signatures' }, 'other_request'],
    ['for another body', { rawBody: new TextEncoder().encode('{"seat":"y"}') }, 'other_request'],
    ['after its 30 seconds and the leeway', { nowMs: Date.parse('2026-01-31T00:00:35.001Z') }, 'stale'],
    ['before it was issued', { nowMs: Date.parse('2026-01-30T23:59:54.999Z') }, 'stale'],
  ])('%s', (_when, changes, defect) => expect(prove(header, changes)).toBe(defect));

  it('with one character of its payload altered', () => {
    const envelope = JSON.parse(Buffer.from(header, 'base64url').toString()) as { payload: string };
    const payload = Buffer.from(envelope.payload, 'base64').toString().replace('000000000001', '000000000009');
    const altered = { ...envelope, payload: Buffer.from(payload).toString('base64') };
    expect(prove(Buffer.from(JSON.stringify(altered)).toString('base64url'))).toBe('bad_signature');
  });
});

describe('a caller assertion is accepted', () => {
  it.each(['2026-01-30T23:59:55.000Z', '2026-01-31T00:00:00.000Z', '2026-01-31T00:00:35.000Z'])(
    'for its own request at %s',
    (at) => expect(prove(signCaller(gateway, statement), { nowMs: Date.parse(at) })).toBe(statement.person),
  );
});
