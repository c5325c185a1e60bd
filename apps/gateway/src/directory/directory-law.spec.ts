import { describe, expect, it } from '@jest/globals';
import { digest } from '#domain/identifiers';
import { type Instant, instant } from '#domain/instant';
import type { DirectoryDocument, RouteDocument, RouteStage } from '#evidence/statements';
import { defectSentence } from './defect-sentence.js';
import { directoryDefect } from './directory-law.js';

const AT = instant('2026-01-05T00:00:00.000Z');
const JUNE = instant('2026-06-01T00:00:00.000Z');
const JULY = instant('2026-07-01T00:00:00.000Z');

const stage = (id: string, leg: RouteStage['leg'], role: string, person: string | null = null): RouteStage => ({
  id,
  leg,
  name: id,
  meaning: id,
  need: 'all',
  ordered: false,
  grade: 'attested',
  dueWorkingDays: 1,
  slots: [{ role, organ: 'self', person }],
  checklist: [],
  duty: role === 'secrecy' ? 'secrecy' : null,
  escalation: null,
});
const route = (kind: RouteDocument['kind'], ...stages: RouteStage[]): RouteDocument => ({
  schema: 'sunward.route/2',
  kind,
  name: '路线',
  undoSeconds: 0,
  stages,
});
const publish = route('publish', stage('secrecy', 'review', 'secrecy'), stage('head', 'approval', 'head'));
const emergency = route(
  'emergency',
  stage('check', 'review', 'secrecy', 'wang'),
  stage('issue', 'approval', 'head', 'li'),
);

type Grant = DirectoryDocument['grants'][number];
const grant = (person: string, role: string, from: Instant = AT, until: Instant | null = null): Grant => ({
  person,
  role,
  organ: 'a',
  from,
  until,
});
const STAFF = [grant('zhang', 'drafter'), grant('wang', 'secrecy'), grant('li', 'head')];

const listed = (
  hex: string,
  kind: RouteDocument['kind'],
  extra: Partial<DirectoryDocument['routes'][number]> = {},
): DirectoryDocument['routes'][number] => ({
  digest: digest(hex.repeat(64)),
  envelope: digest('f'.repeat(64)),
  kind,
  appliesTo: '*',
  levels: '*',
  from: AT,
  until: null,
  ...extra,
});
const book = new Map([
  [digest('1'.repeat(64)), publish],
  [digest('2'.repeat(64)), emergency],
  [
    digest('3'.repeat(64)),
    route('publish', stage('head', 'review', 'head'), stage('other', 'approval', 'secrecy-not')),
  ],
]);
const directory = (grants: readonly Grant[], routes = [listed('1', 'publish')]): DirectoryDocument => ({
  schema: 'sunward.directory/2',
  version: 1,
  at: AT,
  organs: [{ code: 'a', name: '甲', level: 'county', parent: null }],
  persons: ['zhang', 'wang', 'li', 'zhao'].map((id) => ({ id, active: true })),
  grants,
  routes,
});
const without = (role: string, ...more: Grant[]): Grant[] => [...STAFF.filter((one) => one.role !== role), ...more];

describe('a directory is lawful', () => {
  it.each([
    ['when distinct people fill every stage', directory(STAFF)],
    ['without anybody in office where nobody drafts', directory([])],
    [
      'when a successor follows at the very instant',
      directory(without('head', grant('li', 'head', AT, JUNE), grant('zhao', 'head', JUNE))),
    ],
    [
      'when nobody drafts any more at that time',
      directory([grant('zhang', 'drafter', AT, JUNE), grant('wang', 'secrecy'), grant('li', 'head', AT, JULY)]),
    ],
    [
      'when one route follows another',
      directory(STAFF, [listed('1', 'publish', { until: JUNE }), listed('1', 'publish', { from: JUNE })]),
    ],
    [
      'when an emergency route names people in office',
      directory(STAFF, [listed('1', 'publish'), listed('2', 'emergency')]),
    ],
  ])('%s', (_when, document) => {
    expect(directoryDefect(document, book, AT)).toBeNull();
  });
});

describe('a directory is refused', () => {
  const gap = { defect: 'unfillable', organ: 'a', kind: 'publish', stage: 'head', seats: ['head@a'] };
  it.each([
    ['when an office is empty (B-55)', gap, directory(without('head'))],
    ['when the drafter alone could sign (B-53)', gap, directory(without('head', grant('zhang', 'head')))],
    ['when one person holds all offices (B-52)', { ...gap, at: AT }, directory(without('head', grant('wang', 'head')))],
    [
      'when the office falls empty later',
      { ...gap, at: JUNE },
      directory(without('head', grant('li', 'head', AT, JUNE), grant('zhao', 'head', JULY))),
    ],
    [
      'when somebody starts to draft for the organ he signs for',
      { ...gap, at: JUNE },
      directory([...STAFF, grant('li', 'drafter', JUNE)]),
    ],
    [
      'when a route without secrecy review is listed',
      { defect: 'route_unlawful' },
      directory(STAFF, [listed('3', 'publish')]),
    ],
    [
      'when a route is listed for another kind',
      { defect: 'route_unlawful' },
      directory(STAFF, [listed('1', 'withdraw')]),
    ],
    ['when a route is not there', { defect: 'route_unknown' }, directory(STAFF, [listed('9', 'publish')])],
    [
      'when two routes apply at once',
      { defect: 'two_routes', at: AT },
      directory(STAFF, [listed('1', 'publish'), listed('1', 'publish')]),
    ],
    [
      'when two routes will apply at once',
      { defect: 'two_routes', at: JUNE },
      directory(STAFF, [listed('1', 'publish', { until: JULY }), listed('1', 'publish', { from: JUNE })]),
    ],
    [
      'when one grant overlaps another',
      { defect: 'grants_overlap', office: 'head@a' },
      directory([...STAFF, grant('li', 'head', JUNE)]),
    ],
    [
      'when an emergency route names somebody out of office',
      { defect: 'unfillable', kind: 'emergency', stage: 'issue' },
      directory(without('head', grant('zhao', 'head')), [listed('2', 'emergency')]),
    ],
    [
      'when a person an emergency route names leaves',
      { defect: 'unfillable', kind: 'emergency', at: JULY },
      directory(without('head', grant('li', 'head', AT, JULY), grant('zhao', 'head')), [listed('2', 'emergency')]),
    ],
  ])('%s', (_when, defect, document) => {
    const found = directoryDefect(document, book, AT);
    expect(found).toMatchObject(defect);
    expect(defectSentence(found!)).toMatch(/\p{Script=Han}/u);
  });
});

describe('a route as law', () => {
  it.each([
    ['no stages (B-50)', route('publish'), '审核段没有环节'],
    [
      'a need above its slots (B-51)',
      route('publish', { ...stage('secrecy', 'review', 'secrecy'), need: 2 }, stage('head', 'approval', 'head')),
      '环节 secrecy 需 2 人签批，只有 1 个席位',
    ],
    [
      'a need of nobody (B-51)',
      route('publish', { ...stage('secrecy', 'review', 'secrecy'), need: 0 }, stage('head', 'approval', 'head')),
      '环节 secrecy 需 0 人签批',
    ],
    [
      'nobody named in an emergency',
      route('emergency', stage('a', 'review', 'head'), stage('b', 'approval', 'head')),
      '应急路线须逐一指名签批人',
    ],
  ])('is not one with %s, and says so in Chinese', (_what, unlawful, sentence) => {
    const routes = new Map([[digest('4'.repeat(64)), unlawful]]);
    const found = directoryDefect(directory(STAFF, [listed('4', unlawful.kind)]), routes, AT);
    expect(defectSentence(found!)).toContain(sentence);
  });
});
