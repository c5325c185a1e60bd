import type { RouteDefinition } from '#contracts/http/district.api';
import type { Digest } from '#domain/identifiers';
import { canonicalBytes } from '#evidence/canonical';
import type { EvidenceCrypto } from '#evidence/crypto';
import type { RouteDocument, RouteStage } from '#evidence/statements';

/** Whoever holds this office makes the secrecy review 保密审查, so a stage of his has that duty unless it says otherwise. */
const SECRECY_REVIEWER = 'secrecy-reviewer';

/** A route as it is signed, under the digest it is known by. */
export interface NamedRoute {
  readonly digest: Digest;
  readonly document: RouteDocument;
}

/** The route an administrator wrote as the document that is signed. `personOf` answers the id of a login; it must know every one named. */
export function routeDocument(definition: RouteDefinition, personOf: (login: string) => string): RouteDocument {
  const { kind, name, undoSeconds, stages } = definition;
  return {
    schema: 'sunward.route/2',
    kind,
    name,
    undoSeconds,
    stages: stages.map(({ slots, duty, ...stage }): RouteStage => {
      const isSecrecy = slots.some(({ role }) => role === SECRECY_REVIEWER);
      return {
        ...stage,
        duty: duty === undefined ? (isSecrecy ? 'secrecy' : null) : duty,
        slots: slots.map(({ person, ...office }) => ({ ...office, person: person === null ? null : personOf(person) })),
      };
    }),
  };
}

/** The logins a route names as signers. */
export function personsNamed({ stages }: RouteDefinition): readonly string[] {
  return stages.flatMap(({ slots }) => slots.flatMap(({ person }) => person ?? []));
}

/** The codes of the organs a route speaks of, "self" left out. */
export function organsNamed({ appliesTo, stages }: RouteDefinition): readonly string[] {
  const offices = stages.flatMap(({ slots, escalation }) => [...slots, ...(escalation === null ? [] : [escalation])]);
  return [
    ...offices.map(({ organ }) => organ).filter((organ) => organ !== 'self'),
    ...(appliesTo === '*' ? [] : appliesTo),
  ];
}

/** A route document with its digest. */
export function named(document: RouteDocument, crypto: Pick<EvidenceCrypto, 'sha256'>): NamedRoute {
  return { document, digest: crypto.sha256(canonicalBytes(document)) };
}
