import type { DistrictDefinition } from '#contracts/http/district.api';
import { isRefusal, refuse, type Refusal } from '#domain/decision';
import type { Digest } from '#domain/identifiers';
import type { Instant } from '#domain/instant';
import { canonicalBytes } from '#evidence/canonical';
import type { EvidenceCrypto, Signer } from '#evidence/crypto';
import { type Envelope, PAYLOAD_TYPES, sealEnvelope } from '#evidence/dsse';
import type { DirectoryDocument, RouteDocument } from '#evidence/statements';
import { readDirectory, routeFor } from '#signoff/directory';
import { definitionDefect, routesDefect } from './district-defect.js';

/** An administrator whose key this installation holds. */
export interface Administrator {
  readonly person: string;
  readonly signer: Signer;
}

/** A person of the definition with the id chosen for him. */
export interface NewPerson {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly administrator: boolean;
  readonly grants: readonly { readonly role: string; readonly organ: string }[];
}

export interface SignedRoute {
  readonly digest: Digest;
  readonly document: RouteDocument;
  readonly envelope: Envelope;
}

/** Everything the first version of the directory consists of, signed by both administrators. */
export interface FirstDirectory {
  readonly people: readonly NewPerson[];
  readonly organs: readonly (DistrictDefinition['organs'][number] & { readonly route: Digest | null })[];
  readonly routes: readonly SignedRoute[];
  readonly document: DirectoryDocument;
  readonly envelope: Envelope;
}

/** The definition contradicts itself, or its routes cannot be completed: `problem` says where, in Chinese. */
export type BadDistrict = Refusal<'bad_district'>;

export interface FoundingMeans {
  readonly administrators: readonly [Administrator, Administrator];
  readonly crypto: EvidenceCrypto;
  readonly newId: () => string;
  readonly at: Instant;
}

/** Turns a district definition into the signed first directory. Refusal `bad_district` {problem}. */
export function firstDirectory(district: DistrictDefinition, means: FoundingMeans): FirstDirectory | BadDistrict {
  const wrong = definitionDefect(district);
  if (wrong !== null) return refuse('bad_district', { problem: wrong });
  const people = withIds(district, means);
  const signers = means.administrators.map(({ signer }) => signer);
  const routes = district.routes.map((route) => signedRoute(route, signers, means.crypto));
  const document = directoryDocument(district, people, routes, means);
  const agreed = agreedRoutes(document, routes, means.at);
  if (isRefusal(agreed)) return agreed;
  return {
    people,
    routes,
    document,
    organs: district.organs.map((organ) => ({
      ...organ,
      route: routeFor(document, organ.code, 'publish')?.digest ?? null,
    })),
    envelope: sealEnvelope(PAYLOAD_TYPES.directory, document, signers),
  };
}

/** The administrators of the definition become the persons whose keys sign; everybody else gets a fresh id. */
function withIds(district: DistrictDefinition, { administrators, newId }: FoundingMeans): NewPerson[] {
  const keyHolders = administrators.map(({ person }) => person);
  return district.people.map((person) => ({
    ...person,
    id: (person.administrator ? keyHolders.shift() : undefined) ?? newId(),
  }));
}

function signedRoute(
  { name, undoSeconds, stages }: DistrictDefinition['routes'][number],
  signers: readonly Signer[],
  crypto: EvidenceCrypto,
): SignedRoute {
  const document: RouteDocument = { schema: 'sunward.route/1', kind: 'publish', name, undoSeconds, stages };
  return {
    document,
    digest: crypto.sha256(canonicalBytes(document)),
    envelope: sealEnvelope(PAYLOAD_TYPES.route, document, signers),
  };
}

function directoryDocument(
  district: DistrictDefinition,
  people: readonly NewPerson[],
  routes: readonly SignedRoute[],
  { crypto, at }: FoundingMeans,
): DirectoryDocument {
  return {
    schema: 'sunward.directory/1',
    version: 1,
    at,
    organs: district.organs.map(({ code, name, level, parent }) => ({ code, name, level, parent })),
    persons: people.map(({ id }) => ({ id, active: true })),
    grants: people.flatMap(({ id, grants }) =>
      grants.map(({ role, organ }) => ({ person: id, role, organ, from: at, until: null })),
    ),
    routes: routes.map(({ digest, envelope }, index) => ({
      digest,
      envelope: crypto.sha256(canonicalBytes(envelope)),
      kind: 'publish',
      appliesTo: district.routes[index]?.appliesTo ?? [],
    })),
  };
}

function agreedRoutes(document: DirectoryDocument, routes: readonly SignedRoute[], at: Instant): true | BadDistrict {
  const applied = routes.map((route) => ({
    document: route.document,
    organs: document.organs
      .filter(({ code }) => routeFor(document, code, 'publish')?.digest === route.digest)
      .map(({ code }) => code),
  }));
  const wrong = routesDefect(applied, readDirectory(document), at);
  return wrong === null ? true : refuse('bad_district', { problem: wrong });
}
