import type { Bundle } from './bundle.js';
import { canonicalBytes } from './canonical.js';
import type { EvidenceCrypto } from './crypto.js';
import { type Defect, defect, isDefect } from './defect.js';
import type { Envelope } from './dsse.js';
import { openStatement, type OpenedStatement } from './open-statement.js';
import { routeDefect, routesFor } from './route-law.js';
import type { Instant } from '#domain/instant';
import type { DirectoryDocument, RouteDocument, SealStatement, Statements } from './statements.js';
import { administratorKeys, administratorsBehind, type Trust } from './trust.js';

/** What two administrators agreed: who held which office, and the route this edition had to take. */
export interface Agreements {
  readonly directory: DirectoryDocument;
  readonly route: RouteDocument;
}

const NEEDED = 2;

/**
 * Checks the directory and the route a seal names: exactly those bytes, agreed by two administrators, the route in force
 * for the organ at the submission and lawful in itself. Defects: trust_missing_key, directory_digest, directory_not_agreed,
 * route_not_listed, route_digest, route_not_agreed, route_unlawful.
 */
export function verifyAgreements(
  bundle: Bundle,
  seal: SealStatement,
  submittedAt: Instant,
  trust: Trust,
  crypto: EvidenceCrypto,
): Agreements | Defect {
  const keys = administratorKeys(trust, crypto);
  const persons = administratorsBehind(trust, [...keys.keys()], crypto);
  if (keys.size < NEEDED || persons.size < NEEDED)
    return defect(
      'trust_missing_key',
      'trust.administrators',
      `${keys.size} keys of ${persons.size} persons, 2 needed`,
    );
  if (crypto.sha256(canonicalBytes(bundle.directory)) !== seal.directory)
    return defect('directory_digest', 'directory', `not the directory ${seal.directory} the seal names`);
  const directory = openAgreed('directory', bundle.directory, trust, crypto);
  if (isDefect(directory)) return directory;
  const route = verifyRoute(bundle.route, { ...seal, submittedAt }, directory.statement, trust, crypto);
  return isDefect(route) ? route : { directory: directory.statement, route };
}

function openAgreed<K extends 'route' | 'directory'>(
  kind: K,
  envelope: Envelope,
  trust: Trust,
  crypto: EvidenceCrypto,
): OpenedStatement<Statements[K]> | Defect {
  const opened = openStatement(kind, envelope, administratorKeys(trust, crypto), crypto);
  if (isDefect(opened)) {
    return opened.defect === 'bad_shape'
      ? opened
      : defect(`${kind}_not_agreed`, kind, `${opened.defect}: ${opened.detail}`);
  }
  const { size } = administratorsBehind(trust, opened.keyids, crypto);
  if (size < NEEDED) return defect(`${kind}_not_agreed`, kind, `signed by ${size} administrator, ${NEEDED} are needed`);
  return opened;
}

function verifyRoute(
  envelope: Envelope,
  seal: Pick<SealStatement, 'organ' | 'kind' | 'route'> & { readonly submittedAt: Instant },
  directory: DirectoryDocument,
  trust: Trust,
  crypto: EvidenceCrypto,
): RouteDocument | Defect {
  const listed = routesFor(directory, seal.organ, seal.kind, seal.submittedAt).find(
    ({ digest }) => digest === seal.route,
  );
  if (!listed)
    return defect('route_not_listed', 'directory.routes', `no route ${seal.route} to ${seal.kind} for ${seal.organ}`);
  if (crypto.sha256(canonicalBytes(envelope)) !== listed.envelope)
    return defect('route_digest', 'route', `not the envelope ${listed.envelope} the directory names`);
  const opened = openAgreed('route', envelope, trust, crypto);
  if (isDefect(opened)) return opened;
  if (crypto.sha256(opened.bytes) !== seal.route)
    return defect('route_digest', 'route', `not the route ${seal.route} the seal names`);
  const { statement } = opened;
  const unlawful = statement.kind === seal.kind ? routeDefect(statement) : `a route to ${statement.kind}`;
  return unlawful === null ? statement : defect('route_unlawful', 'route', unlawful);
}
