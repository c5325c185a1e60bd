import type { CaseKind } from '#domain/case-kind';
import type { Instant } from '#domain/instant';
import type { DirectoryDocument, Leg, RouteDocument, RouteStage } from './statements.js';

/** An emergency asks for the names of so many people at least: one alone never publishes. */
const EMERGENCY_PERSONS = 2;

/** The stages of one leg, in the order in which they open. */
export function stagesOf(route: RouteDocument, leg: Leg): readonly RouteStage[] {
  return route.stages.filter((stage) => stage.leg === leg);
}

/** How many different people a stage asks for. */
export function seatsNeeded(stage: RouteStage): number {
  return stage.need === 'all' ? stage.slots.length : stage.need;
}

/** A slot's organ, with "self" read as the organ whose report it is. */
export function resolveOrgan(slotOrgan: string, organ: string): string {
  return slotOrgan === 'self' ? organ : slotOrgan;
}

/**
 * What is wrong with a route as a law, or null: both legs present, review before approval, stage ids unique, every need
 * between 1 and the number of slots, no person named twice. 保密审查 may stand anywhere but not be left out; only an
 * emergency does without, and names every signer. A route with a defect must never be agreed.
 */
export function routeDefect(route: RouteDocument): string | null {
  const ids = route.stages.map(({ id }) => id);
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) return `stage ${repeated} appears twice`;
  if (stagesOf(route, 'review').length === 0) return 'no stage in the review leg';
  if (stagesOf(route, 'approval').length === 0) return 'no stage in the approval leg';
  const firstApproval = route.stages.findIndex(({ leg }) => leg === 'approval');
  const late = route.stages.slice(firstApproval).find(({ leg }) => leg === 'review');
  if (late !== undefined) return `review stage ${late.id} comes after an approval stage`;
  const unfit = route.stages.find((stage) => seatsNeeded(stage) < 1 || seatsNeeded(stage) > stage.slots.length);
  if (unfit !== undefined)
    return `stage ${unfit.id} needs ${seatsNeeded(unfit)} signatures and has ${unfit.slots.length} slots`;
  return personsDefect(route) ?? secrecyDefect(route);
}

function personsDefect({ kind, stages }: RouteDocument): string | null {
  const slots = stages.flatMap((stage) => stage.slots);
  const named = slots.flatMap(({ person }) => person ?? []);
  const twice = named.find((person, index) => named.indexOf(person) !== index);
  if (twice !== undefined) return `person ${twice} is named twice`;
  if (kind !== 'emergency') return null;
  if (named.length < slots.length) return 'an emergency route names every signer';
  const needed = stages.reduce((sum, stage) => sum + seatsNeeded(stage), 0);
  return needed < EMERGENCY_PERSONS ? `an emergency needs ${EMERGENCY_PERSONS} named persons, not ${needed}` : null;
}

/** Routes of the first form know no duties; those agreed before the second stay as they are. */
function secrecyDefect({ schema, kind, stages }: RouteDocument): string | null {
  if (schema === 'sunward.route/1' || kind === 'emergency') return null;
  return stages.some(({ duty }) => duty === 'secrecy') ? null : 'no stage has the duty of secrecy review';
}

type ListedRoute = DirectoryDocument['routes'][number];

/** Without a time: whether it goes on being in force. Routes of the first form are in force from ever and for ever. */
function isInForce({ from, until = null }: ListedRoute, at: Instant | undefined): boolean {
  if (at === undefined) return until === null;
  return (from === undefined || from <= at) && (until === null || at < until);
}

/**
 * The routes for an act of an organ submitted at that time: those that name the organ, or else those for its level, or
 * else those for everybody. Nobody may pick an easier one.
 */
export function routesFor(
  { routes, organs }: Pick<DirectoryDocument, 'routes' | 'organs'>,
  organ: string,
  kind: CaseKind,
  submittedAt?: Instant,
): readonly ListedRoute[] {
  const level = organs.find(({ code }) => code === organ)?.level;
  const of = routes.filter((route) => route.kind === kind && isInForce(route, submittedAt));
  const own = of.filter(({ appliesTo }) => appliesTo !== '*' && appliesTo.includes(organ));
  if (own.length > 0) return own;
  const general = of.filter(({ appliesTo }) => appliesTo === '*');
  const ofLevel = general.filter(({ levels = '*' }) => levels !== '*' && level !== undefined && levels.includes(level));
  return ofLevel.length > 0 ? ofLevel : general.filter(({ levels = '*' }) => levels === '*');
}
