import { CASE_KINDS, type CaseKind } from '#domain/case-kind';
import type { Instant } from '#domain/instant';
import { resolveOrgan, routeDefect, routesFor } from '#evidence/route-law';
import type { DirectoryDocument, Office, RouteDocument } from '#evidence/statements';
import { type Directory, DRAFTER, readDirectory } from '#signoff/directory';
import { routeFillability } from '#signoff/fillability';

/** The first thing that makes a directory no law, or one by which some report could not be signed off. */
export type DirectoryDefect =
  | { readonly defect: 'route_unlawful'; readonly route: string; readonly problem: string }
  | { readonly defect: 'route_unknown'; readonly route: string }
  | { readonly defect: 'grants_overlap'; readonly person: string; readonly office: string }
  | { readonly defect: 'two_routes'; readonly organ: string; readonly kind: CaseKind; readonly at: Instant }
  | {
      readonly defect: 'unfillable';
      readonly organ: string;
      readonly kind: CaseKind;
      readonly route: string;
      readonly stage: string;
      readonly seats: readonly string[];
      readonly at: Instant;
    };

/** Route documents by digest: those a directory lists. */
export type RouteBook = ReadonlyMap<string, RouteDocument>;

/** A directory with the routes it lists. */
export interface LawGround {
  readonly document: DirectoryDocument;
  readonly routes: RouteBook;
}

/**
 * Proves that every organ with drafters has one lawful route at most for each kind of case, and that distinct people who
 * do not draft for it can fill every stage, at `at` and at every later time a grant or route begins or ends. Null when so.
 */
export function directoryDefect(document: DirectoryDocument, routes: RouteBook, at: Instant): DirectoryDefect | null {
  const unlawful = unlawfulRoute(document, routes) ?? overlappingGrants(document);
  return unlawful ?? gapsOf(document, routes, at).next().value ?? null;
}

/** Every organ and kind of case that cannot be signed off at some time, each at the first time it cannot. */
export function directoryGaps(document: DirectoryDocument, routes: RouteBook, at: Instant): readonly DirectoryDefect[] {
  const first = new Map<string, DirectoryDefect>();
  for (const gap of gapsOf(document, routes, at)) {
    const of = 'organ' in gap ? `${gap.organ} ${gap.kind}` : gap.defect;
    if (!first.has(of)) first.set(of, gap);
  }
  return [...first.values()];
}

function unlawfulRoute({ routes: listed }: DirectoryDocument, routes: RouteBook): DirectoryDefect | null {
  for (const { digest, kind } of listed) {
    const route = routes.get(digest);
    if (route === undefined) return { defect: 'route_unknown', route: digest };
    const problem = route.kind === kind ? routeDefect(route) : `a route to ${route.kind}, listed to ${kind}`;
    if (problem !== null) return { defect: 'route_unlawful', route: route.name, problem };
  }
  return null;
}

/** One person holds an office once at a time, so that ending the grant ends it. */
function overlappingGrants({ grants }: DirectoryDocument): DirectoryDefect | null {
  const lastEnd = new Map<string, Instant | null>();
  for (const { person, role, organ, from, until } of grants.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const office = officeOf({ role, organ });
    const before = lastEnd.get(`${person} ${office}`);
    if (before === null || (before !== undefined && from < before)) return { defect: 'grants_overlap', person, office };
    lastEnd.set(`${person} ${office}`, until);
  }
  return null;
}

/** What begins or ends at one instant: these offices, or a route (then everything is looked at again). */
interface Turn {
  readonly at: Instant;
  readonly offices: ReadonlySet<string>;
  readonly everything: boolean;
}

function* gapsOf(document: DirectoryDocument, routes: RouteBook, at: Instant): Generator<DirectoryDefect, undefined> {
  const directory = readDirectory(document);
  for (const turn of turnsFrom(document, at))
    for (const organ of document.organs)
      for (const kind of CASE_KINDS) {
        const found = organDefect({ directory, organ, kind, turn, routes });
        if (found !== null) yield found;
      }
  return undefined;
}

interface Question {
  readonly directory: Directory;
  readonly organ: DirectoryDocument['organs'][number];
  readonly kind: CaseKind;
  readonly turn: Turn;
  readonly routes: RouteBook;
}

function organDefect({ directory, organ, kind, turn, routes }: Question): DirectoryDefect | null {
  const { at } = turn;
  const drafters = directory.holders(DRAFTER, organ.code, at);
  if (drafters.length === 0) return null;
  const listed = routesFor({ routes: directory.document.routes, organs: [organ] }, organ.code, kind, at);
  if (listed.length > 1) return { defect: 'two_routes', organ: organ.code, kind, at };
  const route = routes.get(listed[0]?.digest ?? '');
  if (route === undefined || !isConcerned(route, organ.code, turn)) return null;
  const gap =
    namedGap(route, organ.code, directory, drafters, at) ??
    routeFillability(route, organ.code, directory, drafters, at);
  return gap && { defect: 'unfillable', organ: organ.code, kind, route: route.name, ...gap, at };
}

/** A person a route names must hold the office, and must not draft for the organ. */
function namedGap(
  { stages }: RouteDocument,
  code: string,
  directory: Directory,
  drafters: readonly string[],
  at: Instant,
): { readonly stage: string; readonly seats: readonly string[] } | null {
  for (const { id, slots } of stages) {
    const unfit = slots.find(
      ({ person = null, role, organ }) =>
        person !== null && (drafters.includes(person) || !directory.holds(person, role, resolveOrgan(organ, code), at)),
    );
    if (unfit) return { stage: id, seats: [officeOf({ ...unfit, organ: resolveOrgan(unfit.organ, code) })] };
  }
  return null;
}

function isConcerned({ stages }: RouteDocument, code: string, { everything, offices }: Turn): boolean {
  return (
    everything ||
    offices.has(officeOf({ role: DRAFTER, organ: code })) ||
    stages.some(({ slots }) =>
      slots.some(({ role, organ }) => offices.has(officeOf({ role, organ: resolveOrgan(organ, code) }))),
    )
  );
}

function turnsFrom({ grants, routes }: DirectoryDocument, at: Instant): readonly Turn[] {
  const later = new Map<Instant, { offices: Set<string>; everything: boolean }>();
  const turnAt = (when: Instant | null | undefined): { offices: Set<string>; everything: boolean } | undefined => {
    if (when === null || when === undefined || when <= at) return undefined;
    const turn = later.get(when) ?? { offices: new Set<string>(), everything: false };
    later.set(when, turn);
    return turn;
  };
  for (const { from, until, ...office } of grants)
    for (const when of [from, until]) turnAt(when)?.offices.add(officeOf(office));
  for (const { from, until } of routes)
    for (const turn of [turnAt(from), turnAt(until)]) if (turn) turn.everything = true;
  const turns = [...later].map(([when, turn]) => ({ at: when, ...turn })).toSorted((a, b) => (a.at < b.at ? -1 : 1));
  return [{ at, offices: new Set(), everything: true }, ...turns];
}

/** True when some route of the organ asks for the office at that time: its holder signs the organ's reports. */
export function signsFor({ role, organ }: Office, code: string, { document, routes }: LawGround, at: Instant): boolean {
  return CASE_KINDS.flatMap((kind) => routesFor(document, code, kind, at)).some(({ digest }) =>
    routes
      .get(digest)
      ?.stages.some(({ slots }) =>
        slots.some((slot) => slot.role === role && resolveOrgan(slot.organ, code) === organ),
      ),
  );
}

/** True when somebody drafts for an organ whose reports the office signs: then he cannot take it. */
export function draftsWhatItSigns(person: string, office: Office, ground: LawGround, at: Instant): boolean {
  const { organs, grants } = ground.document;
  const isDrafter = (code: string): boolean =>
    grants.some(
      ({ person: who, role, organ, from, until }) =>
        who === person && role === DRAFTER && organ === code && from <= at && (until === null || at < until),
    );
  return organs.some(({ code }) => isDrafter(code) && signsFor(office, code, ground, at));
}

/** An office in words of programs: `role@organ`. */
export function officeOf({ role, organ }: Office): string {
  return `${role}@${organ}`;
}
