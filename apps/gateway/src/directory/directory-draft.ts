import type { Digest } from '#domain/identifiers';
import type { Instant } from '#domain/instant';
import type { DirectoryDocument } from '#evidence/statements';
import type { NamedRoute } from './route-document.js';

/** Stands where the digest of a route's envelope will be once both administrators have signed the route. */
export const UNSIGNED = '0'.repeat(64) as Digest;

/** A person as the gateway knows him. */
export interface KnownPerson {
  readonly id: string;
  readonly administrator: boolean;
  readonly leavesAt: Instant | null;
}

/** A person a proposal brings in; his name is kept in the gateway alone. */
export interface AddedPerson {
  readonly id: string;
  readonly login: string;
  readonly name: string;
}

/** Somebody leaves for good at that time. */
export interface Leaver {
  readonly person: string;
  readonly at: Instant;
}

/** The directory a proposal would bring about, and what goes with it in the gateway. */
export interface DirectoryDraft {
  readonly document: DirectoryDocument;
  /** Routes no administrator has signed yet. */
  readonly newRoutes: readonly NamedRoute[];
  readonly newPeople: readonly AddedPerson[];
  /** Ids of those who get a one-time password: new people, and people who lost theirs. */
  readonly newPasswords: readonly string[];
  readonly leavers: readonly Leaver[];
  /** Ids of deputies' grants that end when the change is published. */
  readonly revokedDeputies: readonly string[];
  /** The earliest time at which something ends, or a route begins: it must not have passed when the change is agreed. */
  readonly endsFrom: Instant | null;
}

/** Digest of each route's complete envelope by the route's digest. */
export type EnvelopeDigests = ReadonlyMap<string, Digest>;

/** The document with the envelopes of routes that have been signed since. */
export function withEnvelopes(document: DirectoryDocument, envelopes: EnvelopeDigests): DirectoryDocument {
  return {
    ...document,
    routes: document.routes.map((listed) => ({ ...listed, envelope: envelopes.get(listed.digest) ?? listed.envelope })),
  };
}
