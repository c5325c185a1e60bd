import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { instant } from '#domain/instant';
import { toBase64 } from '#evidence/base64';
import { canonicalBytes } from '#evidence/canonical';
import { generateKeyPem, nodeCrypto, signerFromPem } from '#evidence/node-crypto';
import { verifyFiles } from '#evidence/verify-files';
import { type BrowserVerifier, openBrowserVerifier, said, type Said } from '../support/browser-verifier.js';
import { administrators, buildBundle, type Changes, id, signers, withPasskeys } from '../support/bundle-builder.js';
import {
  alteredEnvelopes,
  alteredLists,
  alteredStatements,
  flipCodes,
  flipped,
  type Mutation,
} from '../support/bundle-mutations.js';
import { alteredPasskeys } from '../support/passkey-mutations.js';
import { inclusionFile, inclusionOf, logSigner, sealEntry } from '../support/log-builder.js';
import { publicationFiles, sampleContent } from '../support/publication-files.js';
import { laterTrust } from '../support/trust-builder.js';

const NOW = instant('2026-06-01T00:00:00.000Z');
const content = canonicalBytes({
  schema: 'sunward.edition/1',
  document: id(3),
  edition: 1,
  organ: { code: 'xiangyang' },
  year: 2020,
  report: { title: '年度报告' },
});
const story: Changes = { content };
const { bundle, bytes } = buildBundle(story);
/** Another case of the same office, properly signed from beginning to end. */
const other = buildBundle({
  content: sampleContent(),
  plan: (plan) => plan.map((seat) => ({ ...seat, seat: id(Number(seat.seat.slice(-2)) + 20) })),
});
const trust = laterTrust();
const strangers = { ...signers, administrator: administrators[0]!, nobody: signerFromPem(generateKeyPem()) };

type Beside = Parameters<BrowserVerifier['judge']>[1];

let browser: BrowserVerifier;
let program: ChildProcess;
beforeAll(async () => {
  browser = await openBrowserVerifier();
  program = fork('test/support/program-verifier.mjs', { execArgv: [], env: { PATH: process.env['PATH'] } });
}, 120_000);
afterAll(async () => {
  program?.kill();
  await browser?.close();
});

function askProgram(question: object): Promise<Said[]> {
  return new Promise((resolve, reject) => {
    program.once('message', (answer) => resolve(answer as Said[]));
    program.once('error', reject);
    program.send({ now: NOW, ...question });
  });
}

const programFiles = ({ report, inclusion, receipt }: Beside): object =>
  Object.fromEntries(
    Object.entries({
      'trust.json': canonicalBytes(trust),
      'report.json': report,
      'inclusion.json': inclusion,
      'receipt.json': receipt,
    }).flatMap(([name, file]) => (file === undefined ? [] : [[name, toBase64(file)]])),
  );

/** The verdicts of all three on each bundle; that they are the same is asserted here. */
async function judgedByAll(bundles: readonly Uint8Array[], beside: Beside = {}): Promise<Said[]> {
  const whole = { report: content, ...beside };
  const [inBrowser, byProgram] = await Promise.all([
    browser.judge(bundles, whole, trust, new Date(NOW)),
    askProgram({ bundles: bundles.map((one) => toBase64(one)), files: programFiles(whole) }),
  ]);
  const inNode = bundles.map((evidence) => said(verifyFiles({ evidence, ...whole }, trust, nodeCrypto, NOW)));
  expect(inBrowser).toEqual(inNode);
  expect(byProgram).toEqual(inNode);
  return inNode;
}

const codeOf = (verdict: Said): string => verdict.split(' @ ')[0]!;
const inclusion = inclusionFile(bytes, { index: 6 });

/** What was refused with another code than its kind of damage, or accepted. */
async function misjudged(mutations: readonly Mutation[], beside: Beside): Promise<unknown[]> {
  const verdicts = await judgedByAll(
    mutations.map((mutation) => mutation.bytes),
    beside,
  );
  return mutations.flatMap(({ what, codes }, index) =>
    codes.includes(codeOf(verdicts[index]!)) ? [] : [[what, verdicts[index], codes]],
  );
}

describe.each<[string, Beside]>([
  ['with no place in the log', {}],
  ['with its place in the log', { inclusion }],
])('a bundle %s', (_where, beside) => {
  it('is proved by Node, by verify.mjs and in Chromium', async () => {
    expect(await judgedByAll([bytes], beside)).toEqual(['ok']);
  });

  it('is refused by all, with the code of the damage, whichever value of whichever statement is altered or taken out', async () => {
    const mutations = alteredStatements(bundle);
    expect(mutations.length).toBeGreaterThan(500);
    expect(await misjudged(mutations, beside)).toEqual([]);
  }, 300_000);

  it('is refused by all with any envelope signed by somebody else, twice, by nobody, renamed, or gone', async () => {
    const mutations = alteredEnvelopes(bundle, strangers);
    expect(mutations.length).toBeGreaterThan(150);
    expect(await misjudged(mutations, beside)).toEqual([]);
  }, 300_000);

  it('is refused by all with any entry dropped, doubled, out of order, or of another case', async () => {
    expect(await judgedByAll([other.bytes], { report: sampleContent() })).toEqual(['ok']);
    expect(await misjudged(alteredLists(bundle, other.bundle), beside)).toEqual([]);
  }, 120_000);
});

describe('a bundle signed with passkeys', () => {
  // ES256, EdDSA and RS256.
  const { bundle: withThem, bytes: evidence } = buildBundle({ ...story, plan: withPasskeys(0, 1, 2) });
  const ofPasskeys = (mutations: readonly Mutation[]): Mutation[] =>
    mutations.filter(({ what }) => what.includes('.passkey'));

  it('is proved by all', async () => {
    expect(await judgedByAll([evidence])).toEqual(['ok']);
    expect(await judgedByAll([evidence], { inclusion: inclusionFile(evidence, { index: 6 }) })).toEqual(['ok']);
  });

  it('is refused by all, with the code of the damage, whichever part of a passkey’s signature is altered', async () => {
    const mutations = alteredPasskeys(withThem, signers.gateway);
    expect(mutations.length).toBeGreaterThan(800);
    expect(await misjudged(mutations, {})).toEqual([]);
  }, 300_000);

  it('is refused by all, with the code of the damage, whichever part of a registration is altered, or signed by another', async () => {
    const mutations = [
      ...ofPasskeys(alteredStatements(withThem)),
      ...ofPasskeys(alteredEnvelopes(withThem, strangers)),
    ];
    expect(mutations.length).toBeGreaterThan(150);
    expect(await misjudged(mutations, {})).toEqual([]);
  }, 300_000);

  it('is refused by all with any one byte of a registration altered', async () => {
    const registration = new TextDecoder().decode(canonicalBytes(withThem.review.decisions[0]!.passkey));
    const from = new TextDecoder().decode(evidence).indexOf(registration);
    const to = from + registration.length;
    const [inBrowser, byProgram] = await Promise.all([
      browser.judgeFlips(evidence, [from, to], trust, new Date(NOW)),
      askProgram({ flips: { evidence: toBase64(evidence), from, to }, files: programFiles({ report: content }) }),
    ]);
    const allowed = flipCodes(withThem, evidence);
    const wrong = inBrowser.flatMap((verdict, offset) => {
      const inNode = said(verifyFiles({ evidence: flipped(evidence, from + offset) }, trust, nodeCrypto, NOW));
      const agreed = inNode === verdict && byProgram[offset] === verdict;
      return agreed && allowed[from + offset]!.includes(codeOf(verdict))
        ? []
        : [[from + offset, inNode, verdict, byProgram[offset]]];
    });
    expect(inBrowser.length).toBeGreaterThan(1500);
    expect(wrong).toEqual([]);
  }, 300_000);
});

describe('the proof itself', () => {
  // A verifier that believes every signature must be found out, or the above proves nothing.
  it('finds out a verifier that takes every signature for good', () => {
    const credulous = { ...nodeCrypto, verifyEd25519: () => true };
    const accepted = (mutations: readonly Mutation[]): number =>
      mutations.filter(
        (mutation) =>
          !mutation.codes.includes(
            codeOf(said(verifyFiles({ evidence: mutation.bytes, report: content }, trust, credulous, NOW))),
          ),
      ).length;
    expect(accepted(alteredStatements(bundle))).toBeGreaterThan(50);
  });

  it('finds out a verifier that takes every passkey’s signature for good', () => {
    const evidence = alteredPasskeys(buildBundle({ ...story, plan: withPasskeys(0, 2) }).bundle, signers.gateway);
    const credulous = { ...nodeCrypto, verifyP256: () => true, verifyRsa: () => true };
    const judged = evidence.map(({ bytes: one }) =>
      said(verifyFiles({ evidence: one, report: content }, trust, credulous, NOW)),
    );
    expect(judged.filter((verdict) => verdict === 'ok').length).toBeGreaterThan(100);
  });
});

describe('a place in the log', () => {
  const place = inclusionOf(sealEntry(bytes), { index: 6, size: 11 });
  const files: readonly [code: string, what: string, file: Uint8Array][] = [
    ['inclusion_unreadable', 'nothing', new Uint8Array()],
    ['inclusion_unreadable', 'a field more', canonicalBytes({ ...place, note: '' })],
    ['inclusion_unreadable', 'an entry that is none', canonicalBytes({ ...place, entry: 'AAAA' })],
    [
      'inclusion_other',
      'the entry of another bundle',
      canonicalBytes(inclusionOf(sealEntry(other.bytes), { index: 6 })),
    ],
    [
      'inclusion_other',
      'an entry that was refused',
      canonicalBytes(inclusionOf(sealEntry(bytes, { outcome: 'not_your_seat' }), { index: 6 })),
    ],
    ['inclusion_proof', 'another number', canonicalBytes({ ...place, index: 7 })],
    ['inclusion_proof', 'a step less', canonicalBytes({ ...place, proof: place.proof.slice(1) })],
    ['inclusion_proof', 'another step', canonicalBytes({ ...place, proof: place.proof.with(0, 'f'.repeat(64)) })],
    ['inclusion_checkpoint', 'a head by a stranger', inclusionFile(bytes, { index: 6, signer: strangers.nobody })],
    ['inclusion_checkpoint', 'a head by another service', inclusionFile(bytes, { index: 6, signer: signers.approval })],
    [
      'inclusion_checkpoint',
      'a head made larger',
      canonicalBytes({ ...place, checkpoint: place.checkpoint.replace('\n11\n', '\n12\n') }),
    ],
    ['ok', 'the log’s own', inclusionFile(bytes, { index: 6, signer: logSigner })],
  ];

  it.each(files)('answers %s of all for %s', async (code, _what, file) => {
    expect((await judgedByAll([bytes], { inclusion: file })).map(codeOf)).toEqual([code]);
  });
});

describe('a small bundle', () => {
  const small = buildBundle({
    ...story,
    route: (route) => ({
      ...route,
      name: '审签',
      stages: route.stages.filter(({ id: stage }) => stage === 'secrecy-review' || stage === 'principal'),
    }),
    plan: (plan) => plan.filter(({ stage }) => stage === 'secrecy-review' || stage === 'principal'),
    directory: (directory) => ({
      ...directory,
      persons: directory.persons.filter(({ id: person }) => person === id(12) || person === id(15)),
      grants: directory.grants.filter(({ person }) => person === id(12) || person === id(15)),
    }),
  });

  it('is refused by all with any one of its bytes altered', async () => {
    const evidence = small.bytes;
    const span = [0, evidence.byteLength] as const;
    const inNode = (index: number): Said =>
      said(verifyFiles({ evidence: flipped(evidence, index) }, trust, nodeCrypto, NOW));
    expect(said(verifyFiles({ evidence }, trust, nodeCrypto, NOW))).toBe('ok');
    const [inBrowser, byProgram] = await Promise.all([
      browser.judgeFlips(evidence, span, trust, new Date(NOW)),
      askProgram({
        flips: { evidence: toBase64(evidence), from: span[0], to: span[1] },
        files: programFiles({ report: content }),
      }),
    ]);
    const allowed = flipCodes(small.bundle, evidence);
    const wrong: unknown[] = [];
    for (let index = 0; index < evidence.byteLength; index += 1) {
      const verdict = inNode(index);
      const agreed = inBrowser[index] === verdict && byProgram[index] === verdict;
      if (!agreed || !allowed[index]!.includes(codeOf(verdict)))
        wrong.push([index, verdict, inBrowser[index], byProgram[index], allowed[index]]);
    }
    expect(wrong).toEqual([]);
  }, 900_000);
});

describe('the files of a publication', () => {
  it('get one verdict: report, receipt and SM2 too', async () => {
    const sm2 = signerFromPem(generateKeyPem('sm2'));
    const files = publicationFiles({ index: 6, changes: { signers: { review: sm2 } } });
    const anchors = laterTrust({ review: sm2 });
    const { evidence, ...beside } = files;
    const judge = async (given: Beside): Promise<Said[]> => [
      said(verifyFiles({ evidence, ...given }, anchors, nodeCrypto, NOW)),
      ...(await browser.judge([evidence], given, anchors, new Date(NOW))),
      ...(await askProgram({
        bundles: [toBase64(evidence)],
        files: { ...programFiles({ report: files.report, ...given }), 'trust.json': toBase64(canonicalBytes(anchors)) },
      })),
    ];
    const alike = (code: string): Said[] =>
      Array.from({ length: 3 }, () => expect.stringMatching(`^${code}`) as unknown as Said);
    expect(await judge(beside)).toEqual(alike('ok'));
    expect(await judge({ ...beside, receipt: flipped(beside.receipt!, 400) })).toEqual(alike('receipt_'));
    expect(await judge({ ...beside, report: flipped(files.report, 400) })).toEqual(alike('report_bytes'));
    expect(await judge({ ...beside, inclusion: flipped(beside.inclusion!, 400) })).toEqual(alike('inclusion_'));
  });

  it('need no more than 40 kB of a browser', () => {
    expect(gzipSync(readFileSync('dist/web/verifier.js'), { level: 9 }).byteLength).toBeLessThan(40_000);
  });
});
