import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { isRefusal } from '#domain/decision';
import { instant } from '#domain/instant';
import { defect } from '#evidence/defect';
import { nodeCrypto } from '#evidence/node-crypto';
import type { Leg } from '#evidence/statements';
import { type Handle, row, rows } from '#persistence/sql';
import { readAtOnce, runInTransaction } from '#persistence/transaction';
import { auditChains } from '#ledger/audit/audit-chains';
import { askIn } from '#ledger/audit/batches';
import { FaultList } from '#ledger/audit/fault-list';
import { recordEntry } from '#ledger/record-entry';
import { type ReplayFinding, replayAgainstRows } from '#signoff/replay-against-rows';
import { releaseNextDue } from '#signoff/use-cases/release-case.use-case';
import { viewLeg } from '#signoff/use-cases/view-leg.use-case';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { PEOPLE, type Person, SignoffWorld, type Submitted } from '../support/signoff-world.js';

let database: TestDatabase;
let world: SignoffWorld;
let owner: pg.Client;

beforeAll(async () => {
  database = await testDatabase();
  world = await SignoffWorld.open((service) => database.url(service));
  owner = new pg.Client({ connectionString: database.adminUrl });
  await owner.connect();
}, 60_000);
afterAll(async () => {
  await owner?.end();
  await world?.close();
  await database?.drop();
});

/** The owner's one connection, so that what it altered it can read and take back. */
const asOwner = {
  query: async (statement: string, values: unknown[]) => (await owner.query(statement, values)).rows as unknown,
} as unknown as Handle;
const replayDifferences = async (handle: Handle, leg: Leg): Promise<readonly ReplayFinding[]> =>
  (await replayAgainstRows(handle, leg)).differences;
const LEGS = ['review', 'approval'] as const;
const OFFICE = { chief: 'chief', counsel: 'counsel' } as const;

/** Numbers that look random and are the same each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const ACTS = [
  'sign', 'sign', 'sign', 'sign', 'sign', 'sign', 'sign', 'sign', 'return', 'back', 'take-back', 'take-back', 'hand-over', 'add', 'remove', 'remove', 'withdraw', 'recall', 'postpone',
  'postpone', 'cancel', 'release', 'next', 'next', 'next', 'next',
] as const; // prettier-ignore

/** What the case offers this person in whichever leg it is; undefined when he may not see it. */
async function seenBy(person: Person, { case: caseId }: Submitted) {
  for (const leg of ['approval', 'review'] as const) {
    const detail = await viewLeg(world.legs[leg], caseId, PEOPLE[person], nodeCrypto);
    if (!isRefusal(detail) && (leg === 'review' || detail.state !== 'sent-back')) return { leg, detail };
  }
  return undefined;
}

const PERSONS = Object.keys(PEOPLE).filter((person) => person !== 'stranger') as Person[];
const OWN: Readonly<Record<string, 'takeable' | 'removable' | 'signable'>> = {
  'take-back': 'takeable',
  remove: 'removable',
};

/** Somebody the case offers this to, beginning with anyone; now and then somebody it does not. */
async function someoneFor(of: Submitted, act: string, pick: (below: number) => number): Promise<Person> {
  if (['withdraw', 'recall', 'postpone', 'cancel', 'next'].includes(act)) return pick(5) === 0 ? 'head' : 'drafter';
  const first = pick(PERSONS.length);
  for (let n = 0; n < PERSONS.length && pick(8) > 0; n += 1) {
    const person = PERSONS[(first + n) % PERSONS.length]!;
    const seen = await seenBy(person, of);
    if (seen !== undefined && seen.detail[OWN[act] ?? 'signable'].length > 0) return person;
  }
  return PERSONS[first]!;
}

/** Does one thing, or is refused; answers the outcome and, when drafting went on, the next round. */
async function step(of: Submitted, act: (typeof ACTS)[number], pick: (below: number) => number): Promise<{ outcome: string; next?: Submitted }> {
  const person = await someoneFor(of, act, pick);
  const seen = await seenBy(person, of);
  if (seen === undefined) return { outcome: 'unseen' };
  const { leg, detail } = seen;
  const content = { content: detail.content };
  const seat = detail.signable[0]?.seat ?? detail.seats[pick(detail.seats.length)]!.seat;
  const does = async (name: string, body: object): Promise<{ outcome: string }> => {
    const outcome = await world.act(leg, of, person, name, body);
    return { outcome: `${name} ${isRefusal(outcome) ? outcome.refused : 'done'}` };
  };
  switch (act) {
    case 'sign': {
      await does('views', content);
      const { digest: statement = detail.content, checklist = [] } = detail.signable[0] ?? {};
      return does('signatures', { seat, statement, checked: checklist.map(({ id }) => id) });
    }
    case 'return':
      return does('returns', { seat, ...content, reason: '表二有误' });
    case 'back':
      return does('returns', { seat, ...content, reason: '再核', to: pick(2) === 0 ? 'first-review' : 'examine' });
    case 'take-back':
      return does('take-backs', { seat: detail.takeable[0] ?? seat, ...content });
    case 'hand-over':
      return does('hand-overs', { seat, ...content, to: PEOPLE[(['principalThree', 'principalTwo', 'reviewerTwo'] as const)[pick(3)]!] });
    case 'add': {
      const who = (['chief', 'counsel'] as const)[pick(2)]!;
      return does('added-signers', { seat, ...content, person: PEOPLE[who], role: OFFICE[who], organ: 'xiangyang' });
    }
    case 'remove':
      return does('removed-signers', { seat: detail.removable[0] ?? seat, ...content });
    case 'withdraw':
      return does('withdrawal', { ...content, reason: '另有安排' });
    case 'recall':
      return does('recall', { ...content, reason: '另有安排' });
    case 'cancel':
      return pick(4) === 0 ? does('cancellation', { ...content, reason: '不再公开' }) : { outcome: 'kept' };
    case 'postpone':
      return does('postponement', { ...content, until: instant(new Date(Date.now() + 7_200_000 + pick(1000) * 1000)) });
    case 'release': {
      await runInTransaction(world.legs.approval, (tx) => releaseNextDue(tx, world.portsOf('approval')));
      return { outcome: 'released' };
    }
    default: {
      if (!['returned', 'withdrawn'].includes(detail.state)) return { outcome: 'kept' };
      return { outcome: 'submitted', next: await world.submit({ ...of, round: detail.round }) };
    }
  }
} // prettier-ignore

/** Every act that changes a case, done at least once. */
const ALL_DONE = [
  'added-signers done', 'cancellation done', 'hand-overs done', 'postponement done', 'recall done', 'removed-signers done', 'returns done',
  'signatures done', 'take-backs done', 'withdrawal done',
]; // prettier-ignore
const STEPS = { least: 700, most: 4000 };

/** True when nothing more can happen to a case. */
async function isOver(of: Submitted): Promise<boolean> {
  const seen = await seenBy('drafter', of);
  return seen !== undefined && ['cancelled', 'released', 'done', 'held'].includes(seen.detail.state);
}

describe('the ledger told again', () => {
  const outcomes = new Set<string>();

  it('gives the rows of both legs after a random history, and each accepted command has one entry', async () => {
    const pick = numbers(20260120);
    const cases: Submitted[] = [];
    for (let n = 0; n < 8; n += 1) {
      await world.agree(n % 2 === 0 ? 0 : 3600, n % 4 < 2);
      cases.push(await world.submit());
    }
    const isOpen = (n: number): boolean => n < STEPS.least || !ALL_DONE.every((done) => outcomes.has(done));
    for (let n = 0; n < STEPS.most && isOpen(n); n += 1) {
      const at = pick(cases.length);
      const act = ACTS[pick(ACTS.length)]!;
      const { outcome, next } = await step(cases[at]!, act, pick);
      outcomes.add(outcome);
      if (next !== undefined) cases[at] = next;
      else if (n % 10 === 0 && (await isOver(cases[at]!))) cases[at] = await world.submit();
      if (n % 3 === 0) await world.deliver();
    }
    await world.deliver();
    for (const leg of LEGS) expect(await replayDifferences(world.legs[leg], leg)).toEqual([]);
    const done = [...outcomes].filter((outcome) => outcome.endsWith(' done'));
    expect(done.toSorted()).toEqual(ALL_DONE);
    for (const leg of LEGS) expect(await versionsWithoutEntry(leg)).toEqual([]);
  }, 240_000);

  it.each(LEGS)(
    'differs from the rows of %s as soon as anything of them is altered by hand',
    async (leg) => {
      const altered: string[] = [];
      await owner.query(`SET search_path = ${leg}`);
      for (const { table, column, expression } of await alterations(leg)) {
        await owner.query('BEGIN');
        // Of a stage that is not open, or an end that has not come, the row says nothing, whatever stands in one column of it.
        const telling =
          table === 'leg_seat' ? 'AND current' : column === 'escalated' ? 'AND open_stage IS NOT NULL' : '';
        const where = `id = (SELECT id FROM ${leg}.${table} WHERE ${column} IS NOT NULL ${telling} ORDER BY id LIMIT 1)`;
        const changed = await owner.query(`UPDATE ${leg}.${table} SET ${column} = ${expression} WHERE ${where}`).catch((error: Error) => error.message); // prettier-ignore
        // What the database itself refuses needs no replay to be found.
        if (typeof changed !== 'string' && changed.rowCount === 1) {
          altered.push(`${table}.${column}`);
          expect([`${table}.${column}`, (await replayDifferences(asOwner, leg).catch((error: Error) => [error.message])).length > 0]).toEqual([`${table}.${column}`, true]); // prettier-ignore
        }
        await owner.query('ROLLBACK');
      }
      expect(altered.length).toBeGreaterThan(25);
      expect(await replayDifferences(asOwner, leg)).toEqual([]);
    },
    120_000,
  );

  it.each(LEGS)('differs when a seat of %s is removed or put in', async (leg) => {
    await owner.query(`SET search_path = ${leg}`);
    for (const statement of [
      `DELETE FROM ${leg}.leg_seat WHERE id = (SELECT id FROM ${leg}.leg_seat WHERE current AND id NOT IN (SELECT seat FROM ${leg}.leg_decision) LIMIT 1)`,
      `INSERT INTO ${leg}.leg_seat (id, leg_case, place, current, stage, ordinal, role, organ) SELECT gen_random_uuid(), leg_case, 99, true, stage, 9, role, organ FROM ${leg}.leg_seat LIMIT 1`,
    ]) {
      await owner.query('BEGIN');
      expect((await owner.query(statement)).rowCount).toBe(1);
      expect(await replayDifferences(asOwner, leg)).toHaveLength(1);
      await owner.query('ROLLBACK');
    }
  });
});

it.each(LEGS)('an entry of %s that a superuser added, with its leaf on the way, is found by telling the case again and by nothing else', async (leg) => {
  await owner.query(`SET search_path = ${leg}`);
  const found = await row<{ document: string; case_id: string }>(world.legs[leg], 'SELECT document, case_id FROM leg_case LIMIT 1');
  const { document, case_id: caseId } = found!;
  const ending = { kind: 'withdrawn', actor: PEOPLE.stranger, reason: '冒名', at: instant(new Date()) };
  const before = (await replayDifferences(asOwner, leg)).length;
  await runInTransaction(world.legs[leg], (tx) =>
    recordEntry(tx, world.portsOf(leg), {
      report: document, case: caseId, actor: PEOPLE.stranger, action: `${leg}.withdraw`, outcome: 'accepted', requestId: document,
      body: { events: [{ type: 'ended', ending }] },
    }),
  );
  const faults = new FaultList();
  const about = { crypto: nodeCrypto, faults, proveErasure: () => defect('none', '', '') };
  await readAtOnce(world.legs[leg], async (tx) => auditChains(await askIn(tx), leg, about));
  expect(faults.listed).toEqual([]);
  const differences = await replayDifferences(asOwner, leg);
  expect(differences).toHaveLength(before + 1);
  expect(differences.map((one) => one.case)).toContain(caseId);
}); // prettier-ignore

/** What the replay does not tell, and why: counters, notes of sweeps that are made anew, and what the row is given from outside. */
const UNTOLD = [
  'version', 'turn', 'judged_by', 'blocked', 'reminded_at', 'opened_at', 'current', 'route_envelope', 'leg', 'id', 'place', 'leg_case',
]; // prettier-ignore

async function alterations(leg: Leg): Promise<readonly { table: string; column: string; expression: string }[]> {
  const columns = await database.sql<{ table_name: string; column_name: string; data_type: string }>(
    `SELECT table_name, column_name, data_type FROM information_schema.columns
     WHERE table_schema = $1 AND table_name IN ('leg_case', 'leg_seat') ORDER BY 1, ordinal_position`,
    [leg],
  );
  const other = (column: string): Record<string, string> => ({
    uuid: 'gen_random_uuid()',
    text: `coalesce(${column}, '') || 'a'`,
    integer: `${column} + 1`,
    boolean: `NOT ${column}`,
    'timestamp with time zone': `coalesce(${column}, now()) + interval '1 s'`,
    ARRAY: `${column} || gen_random_uuid()`,
  });
  return columns
    .filter(({ column_name: column }) => !UNTOLD.includes(column) && !(leg === 'approval' && column === 'dossier'))
    .map(({ table_name: table, column_name: column, data_type: type }) => ({ table, column, expression: other(column)[type] ?? 'NULL' })); // prettier-ignore
}

/** Rows whose version says more was done to them than the ledger keeps entries with events. Judging by a new directory counts no entry. */
async function versionsWithoutEntry(leg: Leg): Promise<readonly object[]> {
  const found = await row<{ n: number }>(world.legs[leg], 'SELECT sum(version)::int AS n FROM (SELECT max(version) AS version FROM leg_case GROUP BY case_id) x'); // prettier-ignore
  const entries = await rows<{ bytes: Buffer }>(world.legs[leg], 'SELECT bytes FROM ledger_entry');
  const kept = entries.map(({ bytes }) => JSON.parse(bytes.toString('utf8')) as { case: string | null; outcome: string; digests: Record<string, string> }); // prettier-ignore
  const accepted = kept.filter(
    (one) => one.case !== null && one.outcome === 'accepted' && one.digests['events'] !== undefined,
  );
  return accepted.length === found?.n ? [] : [{ versions: found?.n, entries: accepted.length }];
}
