import { isRefusal } from '#domain/decision';
import { rows } from '#persistence/sql';
import { barrier } from './gate.js';
import { type Clone, type Offered, offered } from './signoff-clones.js';
import type { Circumstances, Person, SignoffWorld, Submitted } from './signoff-world.js';

/** Pairs that run at the same time; each holds two of the pool's ten connections. */
const SIDE_BY_SIDE = 4;
export type Isolation = NonNullable<Circumstances['isolation']>;

/** The code of a refusal, or `done`. */
export const codeOf = (outcome: unknown): string => (isRefusal(outcome) ? outcome.refused : 'done');
/** What one of two people does to a case; it begins when the gate lets it. */
export type Act = (clone: Clone, circumstances: Circumstances) => Promise<unknown>;

/** Runs two acts against each other on each clone; answers how often each pair of outcomes came about. */
export async function race(
  clones: readonly Clone[],
  one: Act,
  two: Act,
  isolation: Isolation,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const left = clones.map((clone, index) => ({ clone, index }));
  const runner = async (): Promise<void> => {
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      const { clone, index } = next;
      const circumstances = { gate: barrier(2), isolation };
      // Whoever is let go first has the better chance at the row; each side has it every other time.
      const acts = index % 2 === 0 ? [one, two] : [two, one];
      const outcomes = (await Promise.all(acts.map((act) => act(clone, circumstances)))).map(codeOf);
      const key = (index % 2 === 0 ? outcomes : outcomes.toReversed()).join(' / ');
      counts[key] = (counts[key] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, runner));
  return counts;
}

/** How the clones stand: state, signed seats, bundle there or not, and how often it was granted and released. */
export async function standing(world: SignoffWorld, clones: readonly Clone[]): Promise<Record<string, number>> {
  const found = await rows<{ standing: string; n: number }>(
    world.legs.approval,
    `SELECT standing, count(*)::int AS n FROM (
       SELECT concat_ws(' ', c.state, (SELECT count(*) FROM leg_seat s WHERE s.leg_case = c.id AND s.current AND s.signed_by IS NOT NULL), 'signed,',
         (c.bundle IS NOT NULL)::int, 'bundle,', count(o.id) FILTER (WHERE o.type = 'approval.granted'), 'granted,',
         count(o.id) FILTER (WHERE o.type = 'approval.released'), 'released') AS standing
       FROM leg_case c LEFT JOIN outbox o ON o.stream = c.document AND o.subscriber = 'publication'
       WHERE c.case_id = ANY ($1) AND c.current GROUP BY c.id) x GROUP BY standing`,
    [clones.map((clone) => clone.case)],
  );
  return Object.fromEntries(found.map(({ standing: how, n }) => [how, n]));
}

/** A case in the approval leg; with `signed` only the last signature is missing, principalTwo's. */
export async function template(
  world: SignoffWorld,
  signed: boolean,
): Promise<{ readonly of: Submitted; readonly last: Offered }> {
  const of = await world.inApproval();
  if (signed) await world.sign('approval', of, 'principalOne', await world.signable('approval', of, 'principalOne'));
  return { of, last: await offered(world, of, 'principalTwo') };
}

/** A person signs what he was shown of the template. */
export const signs =
  (world: SignoffWorld, person: Person, what: Offered): Act =>
  (clone, circumstances) =>
    world.act('approval', clone, person, 'signatures', clone.shown(what), circumstances);

/** A person does something else with the case. */
export const does =
  (world: SignoffWorld, person: Person, name: string, body: (clone: Clone) => object): Act =>
  (clone, circumstances) =>
    world.act('approval', clone, person, name, { content: clone.content, ...body(clone) }, circumstances);

/** As `standing` tells it. */
export const RELEASED = 'released 2 signed, 1 bundle, 1 granted, 1 released';
export const waiting = (signed: number): string => `in-review ${signed} signed, 0 bundle, 0 granted, 0 released`;
