import { describe, expect, it } from '@jest/globals';
import { digest } from '#domain/identifiers';
import { instant, plusSeconds } from '#domain/instant';
import { administrators, buildBundle, type Changes, id, signers, trust } from '../../../test/support/bundle-builder.js';
import { toBase64 } from './base64.js';
import type { Bundle, Decision } from './bundle.js';
import { canonicalBytes } from './canonical.js';
import { type Envelope, PAYLOAD_TYPES, sealEnvelope } from './dsse.js';
import { generateKeyPem, nodeCrypto, signerFromPem } from './node-crypto.js';
import type { RouteDocument } from './statements.js';
import { type Verdict, verifyBundle } from './verify-bundle.js';

const stranger = signerFromPem(generateKeyPem());
const other = digest('0'.repeat(64));
const verify = (changes: Changes): Verdict => verifyBundle(buildBundle(changes).bytes, trust, nodeCrypto);
const codeOf = (verdict: Verdict): string => (verdict.ok ? 'ok' : verdict.defect.code);
/** Changes the first statement of its kind only. */
const first =
  (change: object) =>
  <T extends object>(value: T, index: number): T =>
    index === 0 ? { ...value, ...change } : value;
const withStages =
  (change: (stages: RouteDocument['stages']) => RouteDocument['stages']): NonNullable<Changes['route']> =>
  (route) => ({ ...route, stages: change(route.stages) });
const approvalDecisions =
  (change: (decisions: readonly Decision[]) => readonly Decision[]): NonNullable<Changes['bundle']> =>
  (bundle) => ({ ...bundle, approval: { ...bundle.approval, decisions: change(bundle.approval.decisions) } });
/** The first decision signed by a stranger, and listed as such by an honest dossier. */
function forgedDecision(): Changes {
  let forged: Envelope | undefined;
  return {
    dossier(dossier) {
      const { bundle } = buildBundle();
      const payload: unknown = JSON.parse(
        Buffer.from(bundle.review.decisions[0]!.envelope.payload, 'base64').toString(),
      );
      forged = sealEnvelope(PAYLOAD_TYPES.decision, payload as object, [stranger]);
      const decision = nodeCrypto.sha256(canonicalBytes(forged));
      return { ...dossier, seats: dossier.seats.map((seat, index) => (index === 0 ? { ...seat, decision } : seat)) };
    },
    bundle: (bundle) => ({
      ...bundle,
      review: {
        ...bundle.review,
        decisions: bundle.review.decisions.map((one, index) =>
          index === 0 && forged ? { ...one, envelope: forged } : one,
        ),
      },
    }),
  };
}

const refused: readonly [code: string, what: string, changes: Changes][] = [
  ['bad_shape', 'a field nobody checks', { bundle: (bundle) => ({ ...bundle, note: '' }) as Bundle }],
  ['bad_shape', 'a statement with a field more', { seal: (seal) => ({ ...seal, note: '' }) as typeof seal }],
  ['seal_signature', 'a seal by a stranger', { signers: { approval: stranger } }],
  ['seal_signature', 'a seal by another service', { signers: { approval: signers.drafting } }],
  [
    'content_digest',
    'other content than sealed',
    { bundle: (bundle) => ({ ...bundle, content: toBase64(new Uint8Array([1])) }) },
  ],
  ['directory_digest', 'another directory than sealed', { seal: (seal) => ({ ...seal, directory: other }) }],
  ['directory_not_agreed', 'one administrator', { administrators: administrators.slice(0, 1) }],
  ['directory_not_agreed', 'one administrator twice', { administrators: [administrators[0]!, administrators[0]!] }],
  ['directory_not_agreed', 'a stranger as administrator', { administrators: [administrators[0]!, stranger] }],
  ['route_not_listed', 'a route the directory does not know', { directory: (d) => ({ ...d, routes: [] }) }],
  [
    'route_not_listed',
    'a route for another organ',
    { directory: (d) => ({ ...d, routes: d.routes.map((r) => ({ ...r, appliesTo: ['x'] })) }) },
  ],
  [
    'route_not_listed',
    'the route for all where the organ has its own',
    {
      directory: (d) => ({
        ...d,
        routes: [...d.routes, { digest: other, envelope: other, kind: 'publish', appliesTo: ['xiangyang'] }],
      }),
    },
  ],
  [
    'route_digest',
    'another envelope than listed',
    { directory: (d) => ({ ...d, routes: d.routes.map((r) => ({ ...r, envelope: other })) }) },
  ],
  [
    'route_unlawful',
    'no review leg',
    {
      route: withStages((s) => s.filter(({ leg }) => leg === 'approval')),
      plan: (p) => p.filter(({ leg }) => leg === 'approval'),
    },
  ],
  ['route_unlawful', 'a stage that needs nobody', { route: withStages((s) => s.map((one) => ({ ...one, need: 0 }))) }],
  ['submission_digest', 'another submission than sealed', { seal: (seal) => ({ ...seal, submission: other }) }],
  ['submission_signature', 'a submission by a stranger', { signers: { drafting: stranger } }],
  ['submission_mismatch', 'another edition submitted', { submission: (s) => ({ ...s, edition: 2 }) }],
  [
    'submission_mismatch',
    'contributors left out of the seal',
    { seal: (seal) => ({ ...seal, contributors: [id(4)] }) },
  ],
  ['submission_mismatch', 'a submitter who is no contributor', { submission: (s) => ({ ...s, submitter: id(77) }) }],
  [
    'submission_mismatch',
    'an earlier not-before sealed',
    { notBefore: instant('2026-02-01T00:00:00.000Z'), seal: (seal) => ({ ...seal, notBefore: null }) },
  ],
  ['dossier_digest', 'another dossier than sealed', { seal: (seal) => ({ ...seal, dossier: other }) }],
  ['dossier_signature', 'a dossier by a stranger', { signers: { review: stranger } }],
  ['dossier_mismatch', 'a dossier about another round', { dossier: (d) => ({ ...d, round: 2 }) }],
  [
    'dossier_mismatch',
    'a dossier older than its signatures',
    { dossier: (d) => ({ ...d, at: plusSeconds(d.at, -1) }) },
  ],
  [
    'seal_mismatch',
    'a seal older than its signatures',
    { seal: (seal) => ({ ...seal, at: plusSeconds(seal.at, -1) }) },
  ],
  ['seat_twice', 'one seat listed twice', { plan: (p) => [...p, p[4]!] }],
  [
    'person_twice',
    'one person in both legs',
    {
      plan: (p) =>
        p.map((seat) => (seat.leg === 'approval' && seat.stage === 'principal' ? { ...seat, actor: id(11) } : seat)),
    },
  ],
  [
    'contributor_signed',
    'a contributor signs',
    { plan: (p) => p.map((seat, i) => (i === 4 ? { ...seat, actor: id(5) } : seat)) },
  ],
  [
    'slot_unknown',
    'an office the stage does not ask for',
    { plan: (p) => p.map((seat, i) => (i === 4 ? { ...seat, role: 'drafter' } : seat)) },
  ],
  [
    'slot_unknown',
    'a stage of the other leg',
    { plan: (p) => p.map((seat, i) => (i === 1 ? { ...seat, leg: 'approval', second: 25 } : seat)) },
  ],
  ['slot_twice', 'one slot signed by two', { plan: (p) => [...p, { ...p[4]!, seat: id(26), actor: id(16) }] }],
  ['need_not_met', 'a signature is missing', { plan: (p) => p.filter((_, i) => i !== 3) }],
  [
    'need_not_met',
    'k of n not reached',
    {
      route: withStages((s) => s.map((one) => (one.id === 'countersign' ? { ...one, need: 1 } : one))),
      plan: (p) => p.filter(({ stage }) => stage !== 'countersign'),
    },
  ],
  [
    'stage_order',
    'approval before review was complete',
    { plan: (p) => p.map((seat, i) => (i === 2 ? { ...seat, second: 5 } : seat)) },
  ],
  [
    'stage_order',
    'an ordered stage from the wrong end',
    {
      route: withStages((s) => s.map((one) => ({ ...one, ordered: true }))),
      plan: (p) => p.map((seat, i) => (i === 2 ? { ...seat, second: 45 } : seat)),
    },
  ],
  ['role_not_held', 'an office never granted', { directory: (d) => ({ ...d, grants: d.grants.slice(1) }) }],
  [
    'role_not_held',
    'an office that ended before',
    { directory: (d) => ({ ...d, grants: d.grants.map((g) => ({ ...g, until: plusSeconds(d.at, 15) })) }) },
  ],
  [
    'role_not_held',
    'an office that began later',
    { directory: (d) => ({ ...d, grants: d.grants.map((g) => ({ ...g, from: plusSeconds(d.at, 15) })) }) },
  ],
  [
    'role_not_held',
    'a person who has left',
    { directory: (d) => ({ ...d, persons: d.persons.map((p) => ({ ...p, active: false })) }) },
  ],
  ['decision_missing', 'a listed decision is not there', { bundle: approvalDecisions((all) => all.slice(1, 1)) }],
  ['seat_unlisted', 'a decision nobody listed', { bundle: approvalDecisions((all) => [...all, all[0]!]) }],
  ['decision_digest', 'decisions in another order', { bundle: approvalDecisions((all) => all.toReversed()) }],
  ['decision_signature', 'a decision by a stranger', forgedDecision()],
  ['decision_mismatch', 'a decision over other content', { decision: first({ content: other }) }],
  ['decision_mismatch', 'a return counted as a signature', { decision: first({ kind: 'return' }) }],
  ['decision_mismatch', 'another meaning than the route states', { decision: first({ meaning: '知悉' }) }],
  ['decision_mismatch', 'a decision by somebody else', { decision: first({ actor: id(19) }) }],
  ['decision_mismatch', 'for somebody the seal does not name', { decision: first({ onBehalfOf: id(19) }) }],
  [
    'grade_too_low',
    'a password where a passkey is asked for',
    { route: withStages((s) => s.map((one) => ({ ...one, grade: 'passkey' }))) },
  ],
  ['caller_signature', 'a caller vouched for by a stranger', { signers: { gateway: stranger } }],
  ['caller_mismatch', 'a request of somebody else', { caller: first({ person: id(19) }) }],
  ['caller_mismatch', 'a request about another case', { caller: first({ path: `/review-cases/${id(8)}/signatures` }) }],
  ['caller_mismatch', 'a request with another body', { caller: first({ body: other }) }],
  ['caller_mismatch', 'a request over another statement', { body: first({ statement: other }) }],
  ['caller_mismatch', 'a request with a field more', { body: first({ note: '' }) }],
  ['caller_stale', 'no password entered', { caller: first({ stepUpAt: null }) }],
  [
    'caller_stale',
    'a password entered too long ago',
    { caller: first({ stepUpAt: instant('2026-01-20T00:55:00.000Z') }) },
  ],
  [
    'caller_stale',
    'an assertion of another hour',
    { caller: first({ issuedAt: instant('2026-01-20T02:00:00.000Z') }) },
  ],
];

describe('a bundle', () => {
  it('proves who signed which office, when, over which content', () => {
    const { bytes, content } = buildBundle();
    const verdict = verifyBundle(bytes, trust, nodeCrypto);
    expect(verdict).toMatchObject({ ok: true, summary: { content: nodeCrypto.sha256(content), organ: 'xiangyang' } });
    if (!verdict.ok) return;
    expect(verdict.summary.seats.map(({ leg, stage, actor }) => [leg, stage, actor])).toEqual([
      ['review', 'first-review', id(11)],
      ['review', 'secrecy-review', id(12)],
      ['approval', 'countersign', id(13)],
      ['approval', 'countersign', id(14)],
      ['approval', 'principal', id(15)],
    ]);
  });

  it.each(refused)('is refused with %s: %s', (code, _what, changes) => {
    expect(codeOf(verify(changes))).toBe(code);
  });

  it('accepts k of n with any k, and an ordered stage in its order', () => {
    const oneOfTwo = withStages((s) => s.map((one) => (one.id === 'countersign' ? { ...one, need: 1 } : one)));
    expect(codeOf(verify({ route: oneOfTwo, plan: (p) => p.filter((_, i) => i !== 2) }))).toBe('ok');
    expect(codeOf(verify({ route: oneOfTwo, plan: (p) => p.filter((_, i) => i !== 3) }))).toBe('ok');
    expect(codeOf(verify({ route: withStages((s) => s.map((one) => ({ ...one, ordered: true }))) }))).toBe('ok');
  });

  it('counts the signature of a person whose office ended after it', () => {
    const ended: Changes['directory'] = (d) => ({
      ...d,
      persons: d.persons.map((person) => ({ ...person, active: person.id !== id(11) })),
      grants: d.grants.map((g) => (g.person === id(11) ? { ...g, until: plusSeconds(d.at, 15) } : g)),
    });
    expect(codeOf(verify({ directory: ended }))).toBe('ok');
  });

  it('is too early before its time, when asked with the time', () => {
    const { bytes } = buildBundle({ notBefore: instant('2026-02-01T00:00:00.000Z') });
    const at = (now: string): string => codeOf(verifyBundle(bytes, trust, nodeCrypto, { now: instant(now) }));
    expect(at('2026-01-31T23:59:59.999Z')).toBe('too_early');
    expect(at('2026-02-01T00:00:00.000Z')).toBe('ok');
  });

  it('is refused under anchors with one administrator, or one person with both keys', () => {
    const { bytes } = buildBundle();
    const under = (list: typeof trust.administrators): string =>
      codeOf(verifyBundle(bytes, { ...trust, administrators: list }, nodeCrypto));
    expect(under(trust.administrators.slice(0, 1))).toBe('trust_missing_key');
    expect(under(trust.administrators.map((one) => ({ ...one, person: id(91) })))).toBe('trust_missing_key');
  });

  it('is refused when it is no canonical JSON', () => {
    const { bundle, bytes } = buildBundle();
    const pretty = new TextEncoder().encode(JSON.stringify(bundle, null, 2));
    for (const broken of [pretty, bytes.subarray(0, -1), new Uint8Array(), new Uint8Array([0xff])])
      expect(codeOf(verifyBundle(broken, trust, nodeCrypto))).toBe('not_canonical');
  });
});
