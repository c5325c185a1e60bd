import { describe, expect, it } from '@jest/globals';
import { digest } from '#domain/identifiers';
import { type Instant, instant, plusSeconds } from '#domain/instant';
import { generateKeyPem, nodeCrypto, publicKeyOf, signerFromPem } from '#evidence/node-crypto';
import type { DirectoryDocument, RouteDocument, RouteStage } from '#evidence/statements';
import type { Trust } from '#evidence/trust';
import { agreementDefect, contentDigest, type Endorsed, endorse, isAgreed } from './endorse.js';
import type { Administrator } from './first-directory.js';
import {
  signingRefusal,
  type SigningGround,
  type SigningRules,
  signingRules,
  type SignableProposal,
} from './proposal-rules.js';

const AT = instant('2026-01-05T00:00:00.000Z');
const ONE = '00000000-0000-4000-8000-000000000001';
const TWO = '00000000-0000-4000-8000-000000000002';
const pems: Readonly<Record<string, string>> = { [ONE]: generateKeyPem(), [TWO]: generateKeyPem() };
const administrator = (person: string): Administrator => ({ person, signer: signerFromPem(pems[person]!) });
const [one, two] = [administrator(ONE), administrator(TWO)];
const publicKey = (pem: string): string => Buffer.from(publicKeyOf(pem)).toString('base64');
const service = publicKey(generateKeyPem());
const trust: Trust = {
  schema: 'sunward.trust/1',
  services: { gateway: service, drafting: service, review: service, approval: service, publication: service },
  administrators: [ONE, TWO].map((person) => ({ person, publicKey: publicKey(pems[person]!) })),
  site: 'http://localhost:3080',
};

const stage = (id: string, leg: RouteStage['leg'], role: string): RouteStage => ({
  id, leg, name: id, meaning: id, need: 'all', ordered: false, grade: 'attested', dueWorkingDays: 1,
  slots: [{ role, organ: 'self', person: null }], checklist: [], duty: role === 'secrecy' ? 'secrecy' : null, escalation: null,
}); // prettier-ignore
const route: RouteDocument = {
  schema: 'sunward.route/2',
  kind: 'publish',
  name: '路线',
  undoSeconds: 0,
  stages: [stage('s', 'review', 'secrecy'), stage('h', 'approval', 'head')],
};
const ROUTE = digest('1'.repeat(64));
const grant = (person: string, role: string) => ({ person, role, organ: 'a', from: AT, until: null });
const p = (n: number): string => `00000000-0000-4000-8000-00000000001${n}`;
const document: DirectoryDocument = {
  schema: 'sunward.directory/2',
  version: 5,
  at: AT,
  organs: [{ code: 'a', name: '甲机关', level: 'county', parent: null }],
  persons: [p(1), p(2), p(3)].map((id) => ({ id, active: true })),
  grants: [grant(p(1), 'drafter'), grant(p(2), 'secrecy'), grant(p(3), 'head')],
  routes: [{ digest: ROUTE, envelope: ROUTE, kind: 'publish', appliesTo: '*', levels: '*', from: AT, until: null }],
};
const newest = { document: { ...document, version: 4 }, routes: new Map([[ROUTE, route]]) };
const unsigned: Endorsed = { document, routes: [], signatures: [] };
const proposed = (over: Partial<SignableProposal> = {}): SignableProposal => ({
  ...endorse({ ...unsigned, ...over }, one, nodeCrypto),
  state: 'open',
  basedOn: 4,
  endsFrom: null,
  ...over,
});
const ground = (proposal: SignableProposal, over: Partial<SigningGround> = {}): SigningGround => ({
  person: TWO,
  content: contentDigest(proposal, nodeCrypto),
  newest,
  administrators: [ONE, TWO],
  at: AT,
  crypto: nodeCrypto,
  ...over,
});
const soon = (seconds: number): Instant => plusSeconds(AT, seconds);
const emptied = { ...document, grants: document.grants.slice(0, 2) };

describe('the second signature', () => {
  it('is accepted on a proposal that is open, current, seen, in time and lawful', () => {
    for (const proposal of [proposed(), proposed({ endsFrom: soon(60) })])
      expect(signingRefusal(proposal, ground(proposal))).toBeNull();
  });

  const cases: [string, keyof SigningRules, SignableProposal, Partial<SigningGround>][] = [
    ['proposal_closed', 'isOpen', proposed({ state: 'withdrawn' }), {}],
    ['directory_moved_on', 'isCurrent', proposed({ basedOn: 3 }), {}],
    ['not_your_turn', 'isTurn', proposed(), { person: ONE }],
    ['content_changed', 'isSeen', proposed(), { content: '0'.repeat(64) }],
    ['proposal_too_late', 'isInTime', proposed({ endsFrom: soon(59) }), {}],
    ['directory_unfillable', 'lawRefusal', proposed({ document: emptied }), {}],
  ];

  it.each(cases)('is refused %s, and by no other guard', (code, guard, proposal, over) => {
    const asked = ground(proposal, over);
    expect(signingRefusal(proposal, asked)).toMatchObject({ refused: code });
    const broken = { ...signingRules, [guard]: guard === 'lawRefusal' ? () => null : () => true };
    expect(signingRefusal(proposal, asked, broken)).toBeNull();
  });

  it('says what differs when the directory has moved on', () => {
    const moved = { ...newest, document: { ...document, version: 7, grants: emptied.grants } };
    const proposal = proposed();
    expect(signingRefusal(proposal, ground(proposal, { newest: moved }))).toMatchObject({
      data: { basedOn: 4, newest: 7, difference: { offices: ['head@a'], organs: [], persons: [], routes: [] } },
    });
  });
});

describe('an agreed proposal', () => {
  const agreed = endorse(endorse(unsigned, one, nodeCrypto), two, nodeCrypto);
  const withRoute = endorse(
    endorse({ ...unsigned, routes: [{ digest: ROUTE, document: route, signatures: [] }] }, one, nodeCrypto),
    two,
    nodeCrypto,
  );

  it('carries two administrators’ signatures over the directory and over every new route', () => {
    expect(isAgreed(agreed)).toBe(true);
    expect(agreementDefect(agreed, trust, nodeCrypto)).toBeNull();
    expect(isAgreed(withRoute)).toBe(false);
    const complete = endorse(withRoute, one, nodeCrypto);
    expect(isAgreed(complete)).toBe(true);
    expect(agreementDefect(complete, trust, nodeCrypto)).toBeNull();
  });

  it.each([
    ['the directory was altered between the signatures', { ...agreed, document: emptied }, 'bad_signature'],
    ['one signature is missing', { ...agreed, signatures: agreed.signatures.slice(0, 1) }, 'directory_not_agreed'],
    [
      'one signature stands twice',
      { ...agreed, signatures: [agreed.signatures[0]!, agreed.signatures[0]!] },
      'signed_twice',
    ],
    [
      'a stranger signed',
      endorse(endorse(unsigned, one, nodeCrypto), { person: TWO, signer: signerFromPem(generateKeyPem()) }, nodeCrypto),
      'unknown_key',
    ],
    [
      'a route was altered between the signatures',
      (() => {
        const complete = endorse(withRoute, one, nodeCrypto);
        return {
          ...complete,
          routes: complete.routes.map((of) => ({ ...of, document: { ...route, undoSeconds: 9 } })),
        };
      })(),
      'bad_signature',
    ],
  ])('is published by nobody when %s', (_when, proposal, code) => {
    expect(agreementDefect(proposal, trust, nodeCrypto)).toMatchObject({ defect: code });
  });
});
