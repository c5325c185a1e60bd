import { describe, expect, it } from '@jest/globals';
import { plusSeconds } from '#domain/instant';
import { buildBundle, type Changes, id, signers, trust } from '../../../test/support/bundle-builder.js';
import { toBase64 } from './base64.js';
import type { Bundle } from './bundle.js';
import { generateKeyPem, nodeCrypto, signerFromPem } from './node-crypto.js';
import type { DirectoryDocument, RouteDocument, RouteStage } from './statements.js';
import { verifyBundle } from './verify-bundle.js';

// What the second form of statements adds to the law: deputies, added seats, superiors, named persons, checklists, kinds.

const stranger = signerFromPem(generateKeyPem());
const NOTICE = new TextEncoder().encode('{"kind":"correct","reason":"表二数据有误"}');
const PRINCIPAL = id(31);
const SUPERIOR = id(32);
const ADDED = id(33);

const codeOf = (changes: Changes): string => {
  const verdict = verifyBundle(buildBundle(changes).bytes, trust, nodeCrypto);
  return verdict.ok ? 'ok' : verdict.defect.code;
};

type StageChange = (stage: RouteStage) => Partial<RouteStage>;

/** The story's route in the second form, with one stage told differently. */
const presentRoute =
  (kind: RouteDocument['kind'] = 'publish', stageId = '', change: StageChange = () => ({})) =>
  (route: RouteDocument): RouteDocument => ({
    ...route,
    schema: 'sunward.route/2',
    kind,
    stages: route.stages.map((stage) => {
      const { slots } = stage;
      const grown = {
        ...stage,
        slots: slots.map((slot) => ({ ...slot, person: slot.person ?? null })),
        checklist: [],
        duty: stage.id === 'secrecy-review' ? ('secrecy' as const) : null,
        escalation: null,
      };
      return stage.id === stageId ? { ...grown, ...change(grown) } : grown;
    }),
  });

/** A directory in which three more persons hold offices beside those of the story. */
const presentDirectory =
  (kind: RouteDocument['kind'] = 'publish') =>
  (directory: DirectoryDocument): DirectoryDocument => {
    const hold = (person: string, role: string, organ: string) => ({
      person,
      role,
      organ,
      from: directory.at,
      until: null,
    });
    return {
      ...directory,
      persons: [PRINCIPAL, SUPERIOR, ADDED].reduce(
        (persons, person) => [...persons, { id: person, active: true }],
        directory.persons,
      ),
      grants: [
        ...directory.grants,
        hold(PRINCIPAL, 'principal', 'xiangyang'),
        hold(SUPERIOR, 'chief', 'city'),
        hold(ADDED, 'lawyer', 'justice'),
      ],
      schema: 'sunward.directory/2',
      routes: directory.routes.map((route) => ({ ...route, kind, levels: '*', from: directory.at, until: null })),
    };
  };

const told = (changes: Changes = {}): Changes => ({
  route: presentRoute(changes.kind),
  directory: presentDirectory(changes.kind),
  ...changes,
});

/** The last signature given by a deputy. */
const byDeputy = (changes: Changes = {}): Changes =>
  told({
    plan: (plan) => plan.map((seat, index) => (index === 4 ? { ...seat, onBehalfOf: PRINCIPAL } : seat)),
    ...changes,
  });

describe('a signature for somebody else', () => {
  it.each<[string, string, Changes]>([
    ['ok', 'by his grant for that office and time', byDeputy()],
    [
      'deputy_not_granted',
      'without a grant',
      byDeputy({
        bundle: (bundle) => ({
          ...bundle,
          approval: {
            ...bundle.approval,
            decisions: bundle.approval.decisions.map(({ deputy: _deputy, ...decision }) => decision),
          },
        }),
      }),
    ],
    ['deputy_signature', 'by a grant of a stranger', byDeputy({ bundle: (bundle) => withDeputy(bundle, 'envelope') })],
    ['deputy_mismatch', 'for another office', byDeputy({ deputy: (one) => ({ ...one, role: 'countersigner' }) })],
    ['deputy_mismatch', 'of another principal', byDeputy({ deputy: (one) => ({ ...one, principal: id(77) }) })],
    ['deputy_mismatch', 'to another agent', byDeputy({ deputy: (one) => ({ ...one, agent: id(77) }) })],
    ['deputy_expired', 'after its end', byDeputy({ deputy: (one) => ({ ...one, until: plusSeconds(one.from, 59) }) })],
    [
      'deputy_expired',
      'before its beginning',
      byDeputy({ deputy: (one) => ({ ...one, from: plusSeconds(one.from, 61) }) }),
    ],
    ['deputy_caller', 'sent by somebody else', byDeputy({ deputyCaller: (one) => ({ ...one, person: id(77) }) })],
    ['deputy_caller', 'without a step-up', byDeputy({ deputyCaller: (one) => ({ ...one, stepUpAt: null }) })],
    ['deputy_caller', 'sent for something else', byDeputy({ deputyCaller: (one) => ({ ...one, path: '/reports' }) })],
    [
      'role_not_held',
      'who does not hold the office',
      byDeputy({ plan: (plan) => plan.map((seat, i) => (i === 4 ? { ...seat, onBehalfOf: ADDED } : seat)) }),
    ],
    [
      'person_twice',
      'who signed himself',
      byDeputy({ plan: (plan) => plan.map((seat, i) => (i === 4 ? { ...seat, onBehalfOf: id(13) } : seat)) }),
    ],
    [
      'contributor_signed',
      'who contributed',
      byDeputy({ plan: (plan) => plan.map((seat, i) => (i === 4 ? { ...seat, onBehalfOf: id(4) } : seat)) }),
    ],
    [
      'caller_mismatch',
      'that the signer did not ask for',
      byDeputy({ body: (body, i) => (i === 4 ? { ...body, onBehalfOf: id(77) } : body) }),
    ],
  ])('is %s: %s', (code, _what, changes) => {
    expect(codeOf(changes)).toBe(code);
  });

  it('is no grant beside a signature for oneself', () => {
    const { bundle } = buildBundle(byDeputy());
    const spare = bundle.approval.decisions.at(-1)?.deputy;
    const changes = told({
      bundle: (one) => ({
        ...one,
        approval: { ...one.approval, decisions: one.approval.decisions.map((d) => ({ ...d, deputy: spare ?? null })) },
      }),
    });
    expect(codeOf(changes)).toBe('deputy_not_granted');
  });
});

/** The bundle with the deputy's grant signed by a stranger. */
function withDeputy(bundle: Bundle, part: 'envelope'): Bundle {
  const forged = buildBundle(byDeputy({ signers: { gateway: stranger } })).bundle.approval.decisions.at(-1)?.deputy;
  const decisions = bundle.approval.decisions.map((decision) =>
    decision.deputy && forged ? { ...decision, deputy: { ...decision.deputy, [part]: forged[part] } } : decision,
  );
  return { ...bundle, approval: { ...bundle.approval, decisions } };
}

const addedSeat = {
  leg: 'approval',
  stage: 'countersign',
  role: 'lawyer',
  organ: 'justice',
  seat: id(29),
  actor: ADDED,
} as const;

describe('a seat beside the route', () => {
  it.each<[string, string, Changes]>([
    ['ok', 'added to an open stage', { plan: (plan) => [...plan, { ...addedSeat, second: 45, added: true }] }],
    ['slot_unknown', 'that nobody added', { plan: (plan) => [...plan, { ...addedSeat, second: 45, added: false }] }],
    [
      'need_not_met',
      'in place of one the route asks for',
      { plan: (plan) => plan.map((seat, i) => (i === 3 ? { ...addedSeat, second: 40, added: true } : seat)) },
    ],
    [
      'role_not_held',
      'by somebody without its office',
      { plan: (plan) => [...plan, { ...addedSeat, actor: PRINCIPAL, second: 45, added: true }] },
    ],
    [
      'stage_order',
      'signed after the next stage had begun',
      { plan: (plan) => [...plan, { ...addedSeat, second: 55, added: true }] },
    ],
  ])('is %s: %s', (code, _what, changes) => {
    expect(codeOf(told(changes))).toBe(code);
  });
});

describe('an overdue seat', () => {
  const route = presentRoute('publish', 'principal', () => ({ escalation: { role: 'chief', organ: 'city' } }));
  const bySuperior: Changes['plan'] = (plan) =>
    plan.map((seat, i) => (i === 4 ? { ...seat, actor: SUPERIOR, as: { role: 'chief', organ: 'city' } } : seat));
  it.each<[string, string, Changes]>([
    ['ok', 'signed by the superior the route names', { route, plan: bySuperior }],
    [
      'ok',
      'signed by the superior before another named person of the same office signs',
      {
        route: presentRoute('publish', 'principal', ({ slots }) => ({
          escalation: { role: 'chief', organ: 'city' },
          slots: [id(15), id(16)].map((person) => ({ ...slots[0]!, person })),
        })),
        plan: (plan) => {
          const own = plan[4]!;
          const above = { ...own, seat: id(26), actor: SUPERIOR, as: { role: 'chief', organ: 'city' } };
          return [...plan.slice(0, 4), above, { ...own, second: own.second + 1 }, ...plan.slice(5)];
        },
      },
    ],
    [
      'ok',
      'the first of an ordered stage, signed by the superior in the second in which the next one signs',
      {
        route: presentRoute('publish', 'countersign', () => ({
          ordered: true,
          escalation: { role: 'chief', organ: 'city' },
        })),
        plan: (plan) =>
          plan.map((seat, i) => {
            if (i === 2) return { ...seat, actor: SUPERIOR, as: { role: 'chief', organ: 'city' } };
            return i === 3 ? { ...seat, second: plan[2]!.second } : seat;
          }),
      },
    ],
    ['escalation_unknown', 'signed by a superior it does not name', { plan: bySuperior }],
    [
      'role_not_held',
      'signed by somebody who is no such superior',
      { route, plan: (plan) => bySuperior(plan).map((seat, i) => (i === 4 ? { ...seat, actor: ADDED } : seat)) },
    ],
  ])('is %s: %s', (code, _what, changes) => {
    expect(codeOf(told(changes))).toBe(code);
  });
});

describe('a stage', () => {
  const named = presentRoute('publish', 'principal', ({ slots }) => ({
    slots: slots.map((slot) => ({ ...slot, person: id(15) })),
  }));
  const listed = presentRoute('publish', 'principal', () => ({ checklist: [{ id: 'facts', text: '数据属实' }] }));
  it.each<[string, string, Changes]>([
    ['ok', 'names its signer', { route: named }],
    [
      'slot_twice',
      'names another',
      { route: named, plan: (plan) => plan.map((seat, i) => (i === 4 ? { ...seat, actor: PRINCIPAL } : seat)) },
    ],
    ['ok', 'has a checklist that was gone through', { route: listed }],
    [
      'checklist_incomplete',
      'has a checklist with an item left out',
      { route: listed, body: (body, i) => (i === 4 ? { ...body, checked: [] } : body) },
    ],
  ])('is %s: %s', (code, _what, changes) => {
    expect(codeOf(told(changes))).toBe(code);
  });
});

describe('an act other than the first publication', () => {
  const correct = (changes: Changes = {}): Changes => told({ kind: 'correct', notice: NOTICE, ...changes });
  it.each<[string, string, Changes]>([
    ['ok', 'a correction with its notice', correct()],
    ['ok', 'a ratification without one', told({ kind: 'ratify', notice: null })],
    ['notice_missing', 'a correction that tells the public nothing', correct({ notice: null })],
    ['notice_missing', 'a withdrawal that tells the public nothing', told({ kind: 'withdraw', notice: null })],
    [
      'notice_digest',
      'another notice than was signed',
      correct({ bundle: (one) => ({ ...one, notice: toBase64(new Uint8Array([1])) }) }),
    ],
    ['notice_digest', 'a notice left out', correct({ bundle: (one) => ({ ...one, notice: null }) })],
    [
      'notice_digest',
      'a notice nobody signed',
      told({ notice: null, bundle: (one) => ({ ...one, notice: toBase64(NOTICE) }) }),
    ],
    [
      'route_not_listed',
      'a correction along the route to publish',
      correct({ directory: presentDirectory('publish') }),
    ],
    ['route_unlawful', 'a route that is for another act', correct({ route: presentRoute('publish') })],
    [
      'decision_mismatch',
      'decisions that speak of another act',
      correct({ decision: (one) => ({ ...one, act: 'publish' }) }),
    ],
    [
      'submission_mismatch',
      'a submission for another act',
      correct({ submission: (one) => ({ ...one, kind: 'publish' }) }),
    ],
    ['seal_signature', 'a seal by another service', correct({ signers: { approval: signers.review } })],
  ])('is %s: %s', (code, _what, changes) => {
    expect(codeOf(changes)).toBe(code);
  });

  it('says what it was in the summary', () => {
    const verdict = verifyBundle(buildBundle(correct()).bytes, trust, nodeCrypto);
    expect(verdict).toMatchObject({ ok: true, summary: { kind: 'correct' } });
  });
});
