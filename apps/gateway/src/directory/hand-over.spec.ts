import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '#domain/decision';
import { digest } from '#domain/identifiers';
import { type Instant, instant } from '#domain/instant';
import { nodeCrypto } from '#evidence/node-crypto';
import type { DirectoryDocument, RouteDocument } from '#evidence/statements';
import { draftDirectory } from './directory-change.js';
import { directoryDefect } from './directory-law.js';
import { handOver, handOverChanges } from './hand-over.js';

const FROM = instant('2026-01-01T00:00:00.000Z');
const AT = instant('2026-03-01T00:00:00.000Z');
const JUNE = instant('2026-06-01T00:00:00.000Z');
const ROUTE = digest('1'.repeat(64));

const stage = (id: string, leg: 'review' | 'approval', role: string) =>
  ({ id, leg, name: id, meaning: id, need: 'all', ordered: false, grade: 'attested', dueWorkingDays: 1, slots: [{ role, organ: 'self', person: null }], checklist: [], duty: role === 'secrecy' ? 'secrecy' : null, escalation: null }) as const; // prettier-ignore
const route: RouteDocument = {
  schema: 'sunward.route/2',
  kind: 'publish',
  name: '路线',
  undoSeconds: 0,
  stages: [stage('s', 'review', 'secrecy'), stage('h', 'approval', 'head')],
};
const routes = new Map([[ROUTE, route]]);
const grant = (person: string, role: string, until: Instant | null = null) => ({
  person,
  role,
  organ: 'a',
  from: FROM,
  until,
});
const document: DirectoryDocument = {
  schema: 'sunward.directory/2',
  version: 1,
  at: FROM,
  organs: [{ code: 'a', name: '甲机关', level: 'county', parent: null }],
  persons: ['maker', 'wang', 'zhou', 'li', 'admin', 'gone'].map((id) => ({ id, active: true })),
  grants: [
    grant('maker', 'drafter'),
    grant('wang', 'secrecy'),
    grant('zhou', 'head'),
    grant('zhou', 'archivist'),
    grant('li', 'archivist'),
    grant('zhou', 'clerk', AT),
    grant('gone', 'clerk'),
  ],
  routes: [{ digest: ROUTE, envelope: ROUTE, kind: 'publish', appliesTo: '*', levels: '*', from: FROM, until: null }],
};
const leaving = { person: 'zhou', at: JUNE, deputies: [], apart: new Set(['admin', 'gone']) };

describe('the preview of a hand-over', () => {
  it('names the offices he still holds then, who else holds them, and what could not be signed off any more', () => {
    const { offices, gaps } = handOver({ document, routes }, leaving);
    expect(offices.map(({ role, others }) => [role, others])).toEqual([
      ['head', []],
      ['archivist', ['li']],
    ]);
    expect(gaps).toEqual([
      { defect: 'unfillable', organ: 'a', kind: 'publish', route: '路线', stage: 'h', seats: ['head@a'], at: JUNE },
    ]);
  });

  it('proposes only who would close the gap: no drafter of what the office signs, nobody who signs another stage alone', () => {
    const [head] = handOver({ document, routes }, leaving).offices;
    expect(head!.successors).toEqual(['li']);
    const [withDeputy] = handOver(
      { document, routes },
      { ...leaving, deputies: [{ agent: 'li', role: 'head', organ: 'a' }] },
    ).offices;
    expect(withDeputy!.successors).toEqual(['li']);
  });

  it('proposes his deputy first, and people of the organs next to his', () => {
    const near: DirectoryDocument = {
      ...document,
      organs: [...document.organs, { code: 'b', name: '乙机关', level: 'department', parent: 'a' }],
      persons: [...document.persons, { id: 'chen', active: true }, { id: 'wu', active: true }],
      grants: [...document.grants, { ...grant('chen', 'clerk'), organ: 'b' }, { ...grant('wu', 'clerk'), organ: 'c' }],
    };
    const successors = (deputies: { agent: string; role: string; organ: string }[]): readonly string[] =>
      handOver({ document: near, routes }, { ...leaving, deputies }).offices[0]!.successors;
    expect(successors([])).toEqual(['li', 'chen']);
    expect(successors([{ agent: 'chen', role: 'head', organ: 'a' }])).toEqual(['chen', 'li']);
  });

  it('finds nothing amiss where somebody else can sign', () => {
    expect(handOver({ document, routes }, { ...leaving, person: 'li' }).gaps).toEqual([]);
  });
});

describe('the changes of a hand-over', () => {
  const people = new Map(
    ['maker', 'wang', 'zhou', 'li'].map((id) => [id, { id, administrator: false, leavesAt: null }]),
  );
  const outcome = (successors: readonly { login: string; role: string; organ: string }[]) => {
    const ground = {
      document,
      people,
      at: AT,
      effectiveAt: JUNE,
      crypto: nodeCrypto,
      standingDeputies: new Set<string>(),
      newId: () => '',
    };
    const draft = draftDirectory(handOverChanges({ login: 'zhou', at: JUNE }, successors), ground);
    if (isRefusal(draft)) throw new Error(draft.refused);
    return { draft, defect: directoryDefect(draft.document, routes, AT) };
  };

  it('end every office and let each successor begin at that very time', () => {
    const { draft, defect } = outcome([{ login: 'li', role: 'head', organ: 'a' }]);
    expect(defect).toBeNull();
    expect(draft.document.grants.filter(({ role }) => role === 'head')).toEqual([
      grant('zhou', 'head', JUNE),
      { person: 'li', role: 'head', organ: 'a', from: JUNE, until: null },
    ]);
    expect(draft.leavers).toEqual([{ person: 'zhou', at: JUNE }]);
  });

  it('are refused by the law without a successor where one is needed', () => {
    expect(outcome([]).defect).toMatchObject({ defect: 'unfillable', stage: 'h', at: JUNE });
  });
});
