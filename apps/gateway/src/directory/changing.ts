import { refuse, type Refusal } from '#domain/decision';
import { type Instant, instant } from '#domain/instant';
import type { EvidenceCrypto } from '#evidence/crypto';
import type { DirectoryDocument } from '#evidence/statements';
import type { AddedPerson, KnownPerson, Leaver } from './directory-draft.js';
import type { NamedRoute } from './route-document.js';

/** The directory while the changes are applied one after another. */
export interface Changing {
  readonly at: Instant;
  readonly effectiveAt: Instant;
  readonly crypto: Pick<EvidenceCrypto, 'sha256'>;
  newId(): string;
  organs: DirectoryDocument['organs'];
  persons: DirectoryDocument['persons'];
  grants: DirectoryDocument['grants'];
  routes: DirectoryDocument['routes'];
  readonly people: Map<string, KnownPerson>;
  readonly newRoutes: NamedRoute[];
  readonly newPeople: AddedPerson[];
  readonly newPasswords: string[];
  readonly leavers: Leaver[];
  readonly revokedDeputies: string[];
  readonly standingDeputies: ReadonlySet<string>;
  readonly ends: Instant[];
}

/** Refusal codes of a single change; `change` counts from 1. */
export type ChangeRefusal = Refusal<
  | 'unknown_organ'
  | 'organ_exists'
  | 'unknown_person'
  | 'login_taken'
  | 'has_left'
  | 'administrator_apart'
  | 'already_in_office'
  | 'not_in_office'
  | 'unknown_deputy'
  | 'unknown_route'
  | 'route_scope'
  | 'back_dated'
>;

/** A time a change names, or the one given; refused when it lies before the proposal: nothing is ended or begun in the past. */
export function timeOf(draft: Changing, named: string | undefined, usual: Instant): Instant | Refusal<'back_dated'> {
  const time = named === undefined ? usual : instant(named);
  return time < draft.at ? refuse('back_dated', { earliest: draft.at }) : time;
}
