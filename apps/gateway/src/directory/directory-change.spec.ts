import { describe, expect, it } from '@jest/globals';
import { DirectoryChange } from '#contracts/http/directory.api';
import { isRefusal } from '#domain/decision';
import { digest } from '#domain/identifiers';
import { type Instant, instant, plusSeconds } from '#domain/instant';
import { nodeCrypto } from '#evidence/node-crypto';
import type { DirectoryDocument } from '#evidence/statements';
import { draftDirectory } from './directory-change.js';
import { type DirectoryDraft, type KnownPerson, UNSIGNED } from './directory-draft.js';

const FROM = instant('2026-01-01T00:00:00.000Z');
const AT = instant('2026-03-01T00:00:00.000Z');
const JUNE = instant('2026-06-01T00:00:00.000Z');
const JULY = instant('2026-07-01T00:00:00.000Z');
const DEPUTY = '00000000-0000-4000-8000-00000000000d';
const ROUTE = digest('1'.repeat(64));

const grant = (person: string, role: string, from: Instant = FROM, until: Instant | null = null) => ({
  person,
  role,
  organ: 'a',
  from,
  until,
});
const document: DirectoryDocument = {
  schema: 'sunward.directory/2',
  version: 4,
  at: FROM,
  organs: [{ code: 'a', name: '甲机关', level: 'county', parent: null }],
  persons: ['zhang', 'li', 'gone', 'admin'].map((id) => ({ id, active: true })),
  grants: [grant('zhang', 'head'), grant('li', 'head', FROM, JULY), grant('zhang', 'archivist', JULY)],
  routes: [
    {
      digest: ROUTE,
      envelope: digest('2'.repeat(64)),
      kind: 'publish',
      appliesTo: '*',
      levels: '*',
      from: FROM,
      until: null,
    },
  ],
};
const people = new Map<string, KnownPerson>([
  ['zhang', { id: 'zhang', administrator: false, leavesAt: null }],
  ['li', { id: 'li', administrator: false, leavesAt: null }],
  ['gone', { id: 'gone', administrator: false, leavesAt: FROM }],
  ['admin', { id: 'admin', administrator: true, leavesAt: null }],
]);
const draft = (changes: object[], effectiveAt: Instant | null = null, of = document) =>
  draftDirectory(
    changes.map((change) => DirectoryChange.parse(change)),
    {
      document: of,
      people,
      at: AT,
      effectiveAt,
      crypto: nodeCrypto,
      newId: () => 'fresh',
      standingDeputies: new Set([DEPUTY]),
    },
  );
const drafted = (...parameters: Parameters<typeof draft>): DirectoryDraft => {
  const found = draft(...parameters);
  if (isRefusal(found)) throw new Error(found.refused);
  return found;
};
const stage = (id: string, leg: string, role: string, more: object = {}) => ({
  id,
  leg,
  name: id,
  meaning: id,
  need: 'all',
  ordered: false,
  grade: 'attested',
  dueWorkingDays: 1,
  slots: [{ role, organ: 'self', ...more }],
});
const route = (more: object = {}) => ({
  name: '新路线',
  appliesTo: '*',
  undoSeconds: 0,
  stages: [stage('secrecy', 'review', 'secrecy-reviewer'), stage('head', 'approval', 'head')],
  ...more,
});

describe('a change is refused', () => {
  it.each([
    ['unknown_person', { type: 'leave', login: 'nobody' }],
    ['has_left', { type: 'grant', login: 'gone', role: 'head', organ: 'a' }],
    ['administrator_apart', { type: 'grant', login: 'admin', role: 'head', organ: 'a' }],
    ['administrator_apart', { type: 'leave', login: 'admin' }],
    [
      'administrator_apart',
      {
        type: 'add-route',
        route: route({
          stages: [stage('s', 'review', 'secrecy-reviewer'), stage('h', 'approval', 'head', { person: 'admin' })],
        }),
      },
    ],
    ['login_taken', { type: 'add-person', login: 'li', name: '李' }],
    ['unknown_organ', { type: 'grant', login: 'li', role: 'clerk', organ: 'b' }],
    ['unknown_organ', { type: 'rename-organ', organ: 'b', name: '乙机关' }],
    ['unknown_organ', { type: 'add-organ', code: 'c', name: '丙机关', level: 'county', parent: 'b' }],
    ['unknown_organ', { type: 'add-route', route: route({ appliesTo: ['b'] }) }],
    ['organ_exists', { type: 'add-organ', code: 'a', name: '甲机关', level: 'county', parent: null }],
    ['already_in_office', { type: 'grant', login: 'zhang', role: 'head', organ: 'a' }],
    ['already_in_office', { type: 'grant', login: 'li', role: 'head', organ: 'a', from: JUNE }],
    ['not_in_office', { type: 'end-grant', login: 'li', role: 'clerk', organ: 'a' }],
    ['not_in_office', { type: 'end-grant', login: 'li', role: 'head', organ: 'a', until: JULY }],
    ['back_dated', { type: 'end-grant', login: 'li', role: 'head', organ: 'a', until: FROM }],
    ['back_dated', { type: 'grant', login: 'li', role: 'clerk', organ: 'a', from: FROM }],
    ['back_dated', { type: 'grant', login: 'li', role: 'clerk', organ: 'a', from: JULY, until: JUNE }],
    ['unknown_deputy', { type: 'revoke-deputy', deputy: '00000000-0000-4000-8000-00000000000e' }],
    ['unknown_route', { type: 'retire-route', digest: '9'.repeat(64) }],
    ['unknown_route', { type: 'replace-route', digest: ROUTE, route: route({ kind: 'withdraw' }) }],
    [
      'unknown_person',
      {
        type: 'add-route',
        route: route({
          stages: [stage('s', 'review', 'secrecy-reviewer'), stage('h', 'approval', 'head', { person: 'nobody' })],
        }),
      },
    ],
    ['route_scope', { type: 'apply-route', digest: ROUTE, appliesTo: ['a'], levels: ['county'] }],
    ['nothing_changes', { type: 'rename-organ', organ: 'a', name: '甲机关' }],
  ])('%s', (code, change) => {
    expect(draft([change])).toMatchObject({ refused: code });
  });

  it('with the number of the change', () => {
    expect(
      draft([
        { type: 'add-organ', code: 'b', name: '乙机关', level: 'county', parent: 'a' },
        { type: 'leave', login: 'nobody' },
      ]),
    ).toMatchObject({ data: { change: 2 } });
  });
});

describe('a change', () => {
  it('counts the version up by one and carries the time of the proposal', () => {
    expect(drafted([{ type: 'grant', login: 'li', role: 'clerk', organ: 'a' }]).document).toMatchObject({
      version: 5,
      at: AT,
      schema: 'sunward.directory/2',
    });
  });

  it('that only adds takes effect at once; one that ends something an hour on, unless told otherwise', () => {
    expect(drafted([{ type: 'grant', login: 'li', role: 'clerk', organ: 'a' }])).toMatchObject({ endsFrom: null });
    const end = { type: 'end-grant', login: 'zhang', role: 'head', organ: 'a' };
    expect(drafted([end])).toMatchObject({ endsFrom: plusSeconds(AT, 3600) });
    expect(drafted([end], JUNE)).toMatchObject({ endsFrom: JUNE });
  });

  it('may speak of people and organs an earlier one added', () => {
    const {
      document: changed,
      newPeople,
      newPasswords,
    } = drafted([
      { type: 'add-organ', code: 'b', name: '乙机关', level: 'county', parent: 'a' },
      { type: 'add-person', login: 'new', name: '新人' },
      { type: 'grant', login: 'new', role: 'drafter', organ: 'b' },
    ]);
    expect(changed.grants.at(-1)).toEqual({ person: 'fresh', role: 'drafter', organ: 'b', from: AT, until: null });
    expect(newPeople).toEqual([{ id: 'fresh', login: 'new', name: '新人' }]);
    expect(newPasswords).toEqual(['fresh']);
    expect(JSON.stringify(changed)).not.toContain('新人');
  });

  it('that lets somebody leave ends every office of his with a time, and what had not begun never begins', () => {
    const { document: changed, leavers } = drafted([{ type: 'leave', login: 'zhang', until: JUNE }]);
    expect(changed.grants).toEqual([grant('zhang', 'head', FROM, JUNE), grant('li', 'head', FROM, JULY)]);
    expect(changed.persons).toContainEqual({ id: 'zhang', active: true });
    expect(leavers).toEqual([{ person: 'zhang', at: JUNE }]);
  });

  it('that only revokes a deputy changes no office', () => {
    const { document: changed, revokedDeputies } = drafted([{ type: 'revoke-deputy', deputy: DEPUTY }]);
    expect(changed.grants).toEqual(document.grants);
    expect(revokedDeputies).toEqual([DEPUTY]);
  });

  it('calls inactive who left before, and nobody else', () => {
    const { document: changed } = drafted([{ type: 'grant', login: 'li', role: 'clerk', organ: 'a' }]);
    expect(changed.persons.filter(({ active }) => !active)).toEqual([{ id: 'gone', active: false }]);
  });

  it('retires a route with a time and keeps it listed; a new one begins at that time, unsigned', () => {
    const {
      document: changed,
      newRoutes,
      endsFrom,
    } = drafted([{ type: 'replace-route', digest: ROUTE, route: route() }], JUNE);
    expect(changed.routes).toEqual([
      { ...document.routes[0], until: JUNE },
      {
        digest: newRoutes[0]!.digest,
        envelope: UNSIGNED,
        kind: 'publish',
        appliesTo: '*',
        levels: '*',
        from: JUNE,
        until: null,
      },
    ]);
    expect(newRoutes[0]!.document.stages.map(({ duty }) => duty)).toEqual(['secrecy', null]);
    expect(endsFrom).toBe(JUNE);
  });

  it('of what a route applies to lists the same route anew', () => {
    const { document: changed, newRoutes } = drafted(
      [{ type: 'apply-route', digest: ROUTE, appliesTo: '*', levels: ['county'] }],
      JUNE,
    );
    expect(newRoutes).toEqual([]);
    expect(changed.routes.map(({ levels, from, until }) => ({ levels, from, until }))).toEqual([
      { levels: '*', from: FROM, until: JUNE },
      { levels: ['county'], from: JUNE, until: null },
    ]);
  });

  it('of a directory of the first form says what the second needs', () => {
    const { levels: _levels, from: _from, until: _until, ...first } = document.routes[0]!;
    const old: DirectoryDocument = { ...document, schema: 'sunward.directory/1', routes: [first] };
    expect(drafted([{ type: 'grant', login: 'li', role: 'clerk', organ: 'a' }], null, old).document.routes).toEqual(
      document.routes,
    );
  });
});
