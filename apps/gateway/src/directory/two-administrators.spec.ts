import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DirectoryChange } from '#contracts/http/directory.api';
import { CASE_KINDS } from '#domain/case-kind';
import { isRefusal } from '#domain/decision';
import { digest } from '#domain/identifiers';
import { type Instant, instant, plusSeconds } from '#domain/instant';
import type { Signer } from '#evidence/crypto';
import { generateKeyPem, nodeCrypto, signerFromPem } from '#evidence/node-crypto';
import { resolveOrgan, routeDefect, routesFor, seatsNeeded } from '#evidence/route-law';
import type { DirectoryDocument, RouteDocument } from '#evidence/statements';
import { readDirectory } from '#signoff/directory';
import { draftDirectory } from './directory-change.js';
import type { KnownPerson } from './directory-draft.js';
import { directoryDefect, type RouteBook } from './directory-law.js';
import { awaitedAdministrator, type Endorsed, endorse, isAgreed } from './endorse.js';
import type { Administrator } from './first-directory.js';

const START = instant('2026-01-01T00:00:00.000Z');
const HOUR = 3600;
const LOGINS = ['p0', 'p1', 'p2', 'p3', 'p4'];
const ROLES = ['drafter', 'secrecy-reviewer', 'head'];
const ORGANS = ['a', 'b'];
const ADMINISTRATORS = ['admin-one', 'admin-two'];

/** What the simulation runs by; a broken variant replaces one. */
interface Rules {
  defect: (document: DirectoryDocument, routes: RouteBook, at: Instant) => unknown;
  endorse: (proposal: Endorsed, by: Administrator, other: Administrator) => Endorsed;
  isAgreed: (proposal: Endorsed) => boolean;
}
const rules: Rules = {
  defect: directoryDefect,
  endorse: (proposal, by) => endorse(proposal, by, nodeCrypto),
  isAgreed,
};

const stage = (id: string, leg: string, role: string, more: object = {}) => ({
  id, leg, name: id, meaning: id, need: 'all', ordered: false, grade: 'attested', dueWorkingDays: 1, slots: [{ role, organ: 'self', ...more }],
}); // prettier-ignore
const login = fc.constantFrom(...LOGINS);
const role = fc.constantFrom(...ROLES);
const organ = fc.constantFrom(...ORGANS);
/** Hours after the proposal; a list of changes has one time for what ends. */
const hours = fc.integer({ min: 0, max: 40 });
const secrecy = fc.constantFrom(['secrecy-reviewer'], ['secrecy-reviewer', 'head'], []);
const route = fc
  .record({
    kind: fc.constantFrom('publish', 'withdraw'),
    appliesTo: fc.constantFrom('*', ['a'], ['b']),
    roles: secrecy,
    name: fc.constantFrom('路线一', '路线二'),
  })
  .map(({ kind, appliesTo, roles, name }) => ({
    name,
    kind,
    appliesTo,
    undoSeconds: 0,
    stages: [
      ...(roles.length === 0 ? [stage('x', 'review', 'head')] : roles.map((of, n) => stage(`r${n}`, 'review', of))),
      stage('head', 'approval', 'head'),
    ],
  }));
const change = fc.oneof(
  fc.record({ type: fc.constant('grant'), login, role, organ, fromHours: hours }),
  fc.record({ type: fc.constant('end-grant'), login, role, organ }),
  fc.record({ type: fc.constant('leave'), login }),
  fc.record({ type: fc.constant('add-route'), route }),
  fc.record({ type: fc.constant('retire-route'), nth: fc.nat(3) }),
  fc.record({ type: fc.constant('replace-route'), nth: fc.nat(3), route }),
);
const step = fc.record({
  by: fc.constantFrom(0, 1),
  follow: fc.constantFrom('agree', 'again', 'ignore'),
  changes: fc.array(change, { minLength: 1, maxLength: 4 }),
  ends: hours,
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Two administrators and whoever is acting now; a key that signs in somebody else's act is noted. */
class Keys {
  acting = -1;
  readonly misused: string[] = [];
  readonly administrators: readonly [Administrator, Administrator];

  constructor() {
    const holder = (person: string, n: number): Administrator => {
      const real: Signer = signerFromPem(generateKeyPem());
      const sign = (bytes: Uint8Array): Uint8Array => {
        if (this.acting !== n) this.misused.push(person);
        return real.sign(bytes);
      };
      return { person, signer: { keyid: real.keyid, publicKey: real.publicKey, sign } };
    };
    this.administrators = [holder(ADMINISTRATORS[0]!, 0), holder(ADMINISTRATORS[1]!, 1)];
  }
}

const publishing: RouteDocument = { schema: 'sunward.route/2', kind: 'publish', name: '公开', undoSeconds: 0, stages: [
  { id: 's', leg: 'review', name: 's', meaning: 's', need: 'all', ordered: false, grade: 'attested', dueWorkingDays: 1, slots: [{ role: 'secrecy-reviewer', organ: 'self', person: null }], checklist: [], duty: 'secrecy', escalation: null },
  { id: 'h', leg: 'approval', name: 'h', meaning: 'h', need: 'all', ordered: false, grade: 'attested', dueWorkingDays: 1, slots: [{ role: 'head', organ: 'self', person: null }], checklist: [], duty: null, escalation: null },
] }; // prettier-ignore
const FIRST = digest('1'.repeat(64));

function firstDocument(): DirectoryDocument {
  const held = ORGANS.flatMap((of) =>
    [
      ['p0', 'drafter'],
      ['p1', 'secrecy-reviewer'],
      ['p2', 'head'],
    ].map(([person, office]) => ({ person: person!, role: office!, organ: of, from: START, until: null })),
  );
  return {
    schema: 'sunward.directory/2', version: 1, at: START,
    organs: ORGANS.map((code) => ({ code, name: code, level: 'county', parent: null })),
    persons: LOGINS.map((id) => ({ id, active: true })),
    grants: held,
    routes: [{ digest: FIRST, envelope: FIRST, kind: 'publish', appliesTo: '*', levels: '*', from: START, until: null }],
  }; // prettier-ignore
}

/** Plays proposals of two administrators and answers the first promise that was broken, or null. */
function play(steps: readonly Step[], by: Rules): string | null {
  const keys = new Keys();
  let document = firstDocument();
  let book: RouteBook = new Map([[FIRST, publishing]]);
  const people = new Map<string, KnownPerson>(LOGINS.map((id) => [id, { id, administrator: false, leavesAt: null }]));
  let at = START;
  for (const { by: proposer, follow, changes, ends } of steps) {
    at = plusSeconds(at, HOUR);
    const draft = draftDirectory(
      changes.map((one) => changeOf(one, document, at)),
      {
        document,
        people,
        at,
        effectiveAt: plusSeconds(at, ends * HOUR),
        crypto: nodeCrypto,
        newId: () => '',
        standingDeputies: new Set(),
      },
    );
    if (isRefusal(draft)) continue;
    const routes = new Map([...book, ...draft.newRoutes.map((one) => [one.digest as string, one.document] as const)]);
    if (by.defect(draft.document, routes, at) !== null) continue;
    let proposal: Endorsed = {
      document: draft.document,
      routes: draft.newRoutes.map((one) => ({ ...one, signatures: [] })),
      signatures: [],
    };
    const act = (n: 0 | 1): void => {
      keys.acting = n;
      proposal = by.endorse(proposal, keys.administrators[n], keys.administrators[n === 0 ? 1 : 0]);
      keys.acting = -1;
    };
    act(proposer);
    if (follow === 'again') for (let n = 0; n < 3; n += 1) act(proposer);
    if (follow === 'agree')
      while (!by.isAgreed(proposal)) {
        const awaited = awaitedAdministrator(proposal, ADMINISTRATORS);
        if (awaited === null) return 'nobody is awaited for what is not agreed';
        act(ADMINISTRATORS.indexOf(awaited) as 0 | 1);
      }
    if (keys.misused.length > 0) return 'a key was used outside its holder’s act';
    if (!by.isAgreed(proposal)) continue;
    if (follow !== 'agree') return 'one administrator alone published';
    ({ document } = proposal);
    book = routes;
    for (const { person, at: leavesAt } of draft.leavers)
      people.set(person, { id: person, administrator: false, leavesAt });
    const wrong = unlawful(document, book, at);
    if (wrong !== null) return wrong;
  }
  return null;
}

function changeOf(of: Step['changes'][number], { routes }: DirectoryDocument, at: Instant): DirectoryChange {
  const { nth, fromHours, ...rest } = { nth: 0, fromHours: 0, ...of };
  const from = rest.type === 'grant' ? { from: plusSeconds(at, fromHours * HOUR) } : {};
  const named = rest.type.endsWith('e-route') ? { digest: routes[nth % routes.length]!.digest } : {};
  return DirectoryChange.parse({ ...rest, ...from, ...named });
}

/** Asks by trying everything, at every hour there is: a second opinion on what `directoryDefect` proves. */
function unlawful(document: DirectoryDocument, book: RouteBook, at: Instant): string | null {
  if (document.routes.some(({ digest: of }) => routeDefect(book.get(of)!) !== null))
    return 'an unlawful route is listed';
  for (let hour = 0; hour <= 50; hour += 1) {
    const when = plusSeconds(at, hour * HOUR);
    const directory = readDirectory(document);
    for (const code of ORGANS) {
      const drafters = directory.holders('drafter', code, when);
      if (drafters.length === 0) continue;
      for (const kind of CASE_KINDS) {
        const listed = routesFor(document, code, kind, when);
        if (listed.length > 1) return 'two routes apply at once';
        const stages = book.get(listed[0]?.digest ?? '')?.stages ?? [];
        const seats = stages.flatMap((one) =>
          one.slots
            .slice(0, seatsNeeded(one))
            .map((slot) => directory.holders(slot.role, resolveOrgan(slot.organ, code), when)),
        );
        if (!canFill(seats, new Set(drafters))) return `nobody can complete ${kind} of ${code} in hour ${hour}`;
      }
    }
  }
  return null;
}

function canFill([first, ...rest]: readonly (readonly string[])[], taken: ReadonlySet<string>): boolean {
  if (first === undefined) return true;
  return first.some((person) => !taken.has(person) && canFill(rest, new Set([...taken, person])));
}

const history = fc.array(step, { minLength: 1, maxLength: 8 });
const foundIn = (broken: Partial<Rules>, runs = 3000): string | null => {
  let found: string | null = null;
  fc.assert(
    fc.property(history, (steps) => (found ??= play(steps, { ...rules, ...broken })) === null || true),
    { numRuns: runs, seed: 7 },
  );
  return found;
};

describe('whatever two administrators propose and agree', () => {
  it('the published directory is lawful and fillable at every hour, nobody publishes alone, keys sign in own acts only', () => {
    fc.assert(fc.property(history, (steps) => { expect(play(steps, rules)).toBeNull(); }), { numRuns: 1500 }); // prettier-ignore
  }, 120_000);

  it('changes are published at all', () => {
    let published = 0;
    fc.assert(fc.property(history, (steps) => void play(steps, { ...rules, isAgreed: (proposal) => { const agreed = isAgreed(proposal); published += agreed ? 1 : 0; return agreed; } })), { numRuns: 200, seed: 11 }); // prettier-ignore
    expect(published).toBeGreaterThan(20);
  }, 60_000);
});

describe('a law with a hole is found out:', () => {
  const withoutDates = (document: DirectoryDocument): DirectoryDocument => ({
    ...document,
    grants: document.grants.map((one) => ({ ...one, from: START, until: null })),
    routes: document.routes,
  });
  const bothKeys: Rules['endorse'] = (proposal, by, other) =>
    endorse(endorse(proposal, by, nodeCrypto), other, nodeCrypto);
  it.each([
    ['no law at all', { defect: () => null }, /./],
    [
      'only what is in force now is looked at',
      {
        defect: (document: DirectoryDocument, book: RouteBook, at: Instant) =>
          directoryDefect(
            {
              ...document,
              grants: document.grants
                .filter(({ from, until }) => from <= at && (until === null || until > at))
                .map((one) => ({ ...one, until: null })),
              routes: document.routes
                .filter(({ from, until }) => from! <= at && (until == null || until > at))
                .map((one) => ({ ...one, until: null })),
            },
            book,
            at,
          ),
      },
      /./,
    ],
    [
      'grants are taken to hold for ever',
      {
        defect: (document: DirectoryDocument, book: RouteBook, at: Instant) =>
          directoryDefect(
            withoutDates({
              ...document,
              grants: [
                ...new Map(document.grants.map((one) => [`${one.person} ${one.role} ${one.organ}`, one])).values(),
              ],
            }),
            book,
            at,
          ),
      },
      /nobody can complete/,
    ],
    [
      'drafters may sign too',
      {
        defect: (document: DirectoryDocument, book: RouteBook, at: Instant) =>
          directoryDefect(
            {
              ...document,
              grants: document.grants.map((one) => (one.role === 'drafter' ? { ...one, person: 'p9' } : one)),
              persons: [...document.persons, { id: 'p9', active: true }],
              organs: document.organs,
            },
            book,
            at,
          ) !== null && directoryDefect(document, book, at)?.defect !== 'unfillable'
            ? 'refused'
            : null,
      },
      /nobody can complete/,
    ],
    ['the proposer’s act signs with both keys', { endorse: bothKeys }, /key was used outside|alone published/],
    ['one signature is enough', { isAgreed: ({ signatures }: Endorsed) => signatures.length > 0 }, /alone published/],
  ] as [string, Partial<Rules>, RegExp][])(
    '%s',
    (_what, broken, complaint) => {
      expect(foundIn(broken)).toMatch(complaint);
    },
    120_000,
  );
});
