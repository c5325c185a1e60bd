import type { DirectoryChange } from '#contracts/http/directory.api';
import type { Instant } from '#domain/instant';
import type { DirectoryDocument, Office } from '#evidence/statements';
import { readDirectory } from '#signoff/directory';
import { type DirectoryDefect, directoryGaps, draftsWhatItSigns, type LawGround } from './directory-law.js';

/** An office a leaver holds, who else holds it then, and who might follow. */
export interface OfficeToHandOver extends Office {
  readonly from: Instant;
  readonly until: Instant | null;
  /** Others who hold it when he is gone: with any, no successor is needed. */
  readonly others: readonly string[];
  /** Fit to follow, best first: his deputy there, then others in office at the organ. */
  readonly successors: readonly string[];
}

/** What becomes of the directory when somebody leaves and nobody follows. */
export interface HandOver {
  readonly offices: readonly OfficeToHandOver[];
  readonly gaps: readonly Extract<DirectoryDefect, { defect: 'unfillable' }>[];
}

/** Who leaves when, and what is known besides the directory. `apart`: who never takes an office. */
export interface Leaving {
  readonly person: string;
  readonly at: Instant;
  readonly deputies: readonly (Office & { readonly agent: string })[];
  readonly apart: ReadonlySet<string>;
}

/** The preview of a hand-over 离职转办: his offices with possible successors, and what could not be signed off any more. */
export function handOver({ document, routes }: LawGround, leaving: Leaving): HandOver {
  const { person, at } = leaving;
  const held = document.grants.filter((grant) => grant.person === person && (grant.until === null || grant.until > at));
  const after = withoutPerson(document, leaving);
  const gaps = directoryGaps(after, routes, at).filter((found) => found.defect === 'unfillable');
  const directory = readDirectory(after);
  const offices = held.map(({ role, organ, from, until }) => {
    const others = directory.holders(role, organ, at);
    return {
      role,
      organ,
      from,
      until,
      others,
      successors: successorsFor({ role, organ }, others, { document: after, routes }, leaving),
    };
  });
  return { offices, gaps };
}

/** The directory as it would be if he left and nothing else happened. */
function withoutPerson(document: DirectoryDocument, { person, at }: Leaving): DirectoryDocument {
  const grants = document.grants.flatMap((grant) => {
    if (grant.person !== person || (grant.until !== null && grant.until <= at)) return [grant];
    return grant.from >= at ? [] : [{ ...grant, until: at }];
  });
  return { ...document, grants };
}

/** So many people are tried in an office before the list is called long enough. */
const TRIED = 20;

/**
 * People who could follow: in office at the organ, or next above or below it, drafting for none of the organs the office
 * signs for; where his going leaves a gap, only those who would close some of it.
 */
function successorsFor(
  office: Office,
  others: readonly string[],
  ground: LawGround,
  leaving: Leaving,
): readonly string[] {
  const { at, apart, person } = leaving;
  const active = new Set(ground.document.persons.filter((one) => one.active).map(({ id }) => id));
  const fit = candidates(office, ground.document, leaving).filter(
    (one) =>
      one !== person &&
      active.has(one) &&
      !apart.has(one) &&
      !others.includes(one) &&
      !draftsWhatItSigns(one, office, ground, at),
  );
  const open = directoryGaps(ground.document, ground.routes, at).length;
  if (open === 0 || others.length > 0) return fit;
  return fit.slice(0, TRIED).filter((one) => {
    const grants = [...ground.document.grants, { person: one, ...office, from: at, until: null }];
    return directoryGaps({ ...ground.document, grants }, ground.routes, at).length < open;
  });
}

/** His deputy in that office first, then people of the organ, then of the organs next to it. */
function candidates(
  office: Office,
  { grants, organs }: DirectoryDocument,
  { at, deputies }: Leaving,
): readonly string[] {
  const parent = organs.find(({ code }) => code === office.organ)?.parent ?? null;
  const near = organs.filter((one) => one.parent === office.organ || one.code === parent).map(({ code }) => code);
  const inOffice = (codes: readonly string[]): readonly string[] =>
    grants
      .filter(({ organ, from, until }) => codes.includes(organ) && from <= at && (until === null || at < until))
      .map(({ person }) => person);
  const acting = deputies.filter(({ role, organ }) => role === office.role && organ === office.organ);
  return [...new Set([...acting.map(({ agent }) => agent), ...inOffice([office.organ]), ...inOffice(near)])];
}

/** The changes of a hand-over: he leaves, and each successor holds the office from that very time. */
export function handOverChanges(
  leaving: { readonly login: string; readonly at: Instant },
  successors: readonly (Office & { readonly login: string })[],
): DirectoryChange[] {
  const { login, at } = leaving;
  return [
    { type: 'leave', login, until: at },
    ...successors.map((one) => ({
      type: 'grant' as const,
      login: one.login,
      role: one.role,
      organ: one.organ,
      from: at,
      until: null,
    })),
  ];
}
