import type { DistrictDefinition } from '#contracts/http/district.api';
import { refuse, type Refusal } from '#domain/decision';
import type { Instant } from '#domain/instant';
import { canonicalBytes } from '#evidence/canonical';
import type { EvidenceCrypto, Signer } from '#evidence/crypto';
import { type Envelope, PAYLOAD_TYPES, sealEnvelope } from '#evidence/dsse';
import type { DirectoryDocument } from '#evidence/statements';
import { defectSentence } from './defect-sentence.js';
import { directoryDefect } from './directory-law.js';
import { definitionDefect } from './district-defect.js';
import { named, type NamedRoute, routeDocument } from './route-document.js';

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

/** A route both administrators signed. */
export interface SignedRoute extends NamedRoute {
  readonly envelope: Envelope;
}

/** Everything the first version of the directory consists of, signed by both administrators. */
export interface FirstDirectory {
  readonly people: readonly NewPerson[];
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
  const idOf = new Map(people.map(({ login, id }) => [login, id]));
  const routes = district.routes.map((route) => signedRoute(route, idOf, signers, means.crypto));
  const document = directoryDocument(district, people, routes, means);
  const book = new Map(routes.map((route) => [route.digest, route.document]));
  const defect = directoryDefect(document, book, means.at);
  if (defect !== null) return refuse('bad_district', { problem: defectSentence(defect) });
  return {
    people,
    routes,
    document,
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
  definition: DistrictDefinition['routes'][number],
  idOf: ReadonlyMap<string, string>,
  signers: readonly Signer[],
  crypto: EvidenceCrypto,
): SignedRoute {
  const document = routeDocument(definition, (login) => {
    const id = idOf.get(login);
    if (id === undefined) throw new Error(`the definition was checked and names nobody called ${login}`);
    return id;
  });
  return { ...named(document, crypto), envelope: sealEnvelope(PAYLOAD_TYPES.route, document, signers) };
}

function directoryDocument(
  district: DistrictDefinition,
  people: readonly NewPerson[],
  routes: readonly SignedRoute[],
  { crypto, at }: FoundingMeans,
): DirectoryDocument {
  return {
    schema: 'sunward.directory/2',
    version: 1,
    at,
    organs: district.organs.map(({ code, name, level, parent }) => ({ code, name, level, parent })),
    persons: people.map(({ id }) => ({ id, active: true })),
    grants: people.flatMap(({ id, grants }) =>
      grants.map(({ role, organ }) => ({ person: id, role, organ, from: at, until: null })),
    ),
    routes: routes.map(({ digest, envelope, document }, index) => ({
      digest,
      envelope: crypto.sha256(canonicalBytes(envelope)),
      kind: document.kind,
      appliesTo: district.routes[index]?.appliesTo ?? [],
      levels: district.routes[index]?.levels ?? '*',
      from: at,
      until: null,
    })),
  };
}
