import type { CaseKind } from '#domain/case-kind';
import type { Instant } from '#domain/instant';
import { routesFor } from '#evidence/route-law';
import type { DirectoryDocument } from '#evidence/statements';
import { heldOffice, type OfficeTaken } from '#evidence/verify-seats';

/** Who may act where, at an instant. The pure rules ask only this of the directory. */
export interface Offices {
  /** True when the person is active and holds the role at the organ at that instant. */
  holds(person: string, role: string, organ: string, at: Instant): boolean;
  /** True when the person may sign that office for the principal. One hop only. */
  actsFor(person: string, principal: string, role: string, organ: string, at: Instant): boolean;
  /** True when the signature's office, as far as is known now, was held when it was given: what a stranger will find. */
  countsStill(signature: OfficeTaken): boolean;
  /** Active persons who hold the role at the organ at that instant. */
  holders(role: string, organ: string, at: Instant): readonly string[];
}

/** The role whose holders write an organ's report. */
export const DRAFTER = 'drafter';

/** 公开工作机构负责人: may override what the catalogue allows to override, and cancel a case of its organ. */
export const DISCLOSURE_HEAD = 'disclosure-head';

/** A directory both administrators signed, indexed by office. Names of people are not in it. */
export interface Directory extends Offices {
  readonly document: DirectoryDocument;
}

/**
 * Indexes a directory document. Grants hold from `from` (inclusive) until `until` (exclusive).
 * The document names no deputies, so nobody acts for anybody.
 */
export function readDirectory(document: DirectoryDocument): Directory {
  const active = new Set(document.persons.filter((person) => person.active).map((person) => person.id));
  const byOffice = new Map<string, DirectoryDocument['grants'][number][]>();
  for (const grant of document.grants) {
    const key = office(grant.role, grant.organ);
    const grants = byOffice.get(key);
    if (grants === undefined) byOffice.set(key, [grant]);
    else grants.push(grant);
  }
  const holders = (role: string, organ: string, at: Instant): readonly string[] => [
    ...new Set(
      (byOffice.get(office(role, organ)) ?? [])
        .filter(({ person, from, until }) => active.has(person) && from <= at && (until === null || at < until))
        .map(({ person }) => person),
    ),
  ];
  return {
    document,
    holders,
    holds: (person, role, organ, at) => holders(role, organ, at).includes(person),
    actsFor: () => false,
    countsStill: (signature) => heldOffice(signature, document),
  };
}

/** The route such an act of the organ takes when submitted at that time, or undefined when administrators have set none. */
export function routeFor(
  document: DirectoryDocument,
  organ: string,
  kind: CaseKind,
  at?: Instant,
): DirectoryDocument['routes'][number] | undefined {
  return routesFor(document, organ, kind, at)[0];
}

function office(role: string, organ: string): string {
  return `${role}@${organ}`;
}
