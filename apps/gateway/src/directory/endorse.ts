import type { Digest } from '#domain/identifiers';
import { canonicalBytes } from '#evidence/canonical';
import type { EvidenceCrypto } from '#evidence/crypto';
import { type Defect, defect, isDefect } from '#evidence/defect';
import { type Envelope, PAYLOAD_TYPES, sealEnvelope } from '#evidence/dsse';
import { openStatement } from '#evidence/open-statement';
import type { DirectoryDocument, RouteDocument } from '#evidence/statements';
import { administratorKeys, administratorsBehind, type Trust } from '#evidence/trust';
import { withEnvelopes } from './directory-draft.js';
import type { Administrator } from './first-directory.js';

const NEEDED = 2;

/** One administrator's signature, made in an act of his own. */
export interface Endorsement {
  readonly person: string;
  readonly keyid: string;
  readonly sig: string;
}

/** A new route with the signatures over it so far. */
export interface EndorsedRoute {
  readonly digest: Digest;
  readonly document: RouteDocument;
  readonly signatures: readonly Endorsement[];
}

/** A proposed directory with the signatures over it so far. */
export interface Endorsed {
  readonly document: DirectoryDocument;
  readonly routes: readonly EndorsedRoute[];
  readonly signatures: readonly Endorsement[];
}

type Crypto = Pick<EvidenceCrypto, 'sha256'>;

/**
 * What one administrator's act adds: his signature over every new route, and over the directory once every route it names
 * carries both, because the directory names routes by their signed envelopes. So a change without new routes is complete
 * with two acts, and one with new routes with three: no key is ever used outside an act of its holder.
 */
export function endorse(proposal: Endorsed, by: Administrator, crypto: Crypto): Endorsed {
  const routes = proposal.routes.map((route) => ({
    ...route,
    signatures: signedBy(route.signatures, by, () => sealEnvelope(PAYLOAD_TYPES.route, route.document, [by.signer])),
  }));
  if (routes.some(({ signatures }) => signatures.length < NEEDED)) return { ...proposal, routes };
  const envelopes = new Map(routes.map((route) => [route.digest as string, envelopeDigest(route, crypto)]));
  const document = withEnvelopes(proposal.document, envelopes);
  const signatures = signedBy(proposal.signatures, by, () =>
    sealEnvelope(PAYLOAD_TYPES.directory, document, [by.signer]),
  );
  return { document, routes, signatures };
}

function signedBy(before: readonly Endorsement[], by: Administrator, seal: () => Envelope): readonly Endorsement[] {
  if (before.some(({ person }) => person === by.person)) return before;
  return [...before, ...seal().signatures.map((signature) => ({ person: by.person, ...signature }))];
}

function envelopeDigest(route: EndorsedRoute, crypto: Crypto): Digest {
  return crypto.sha256(canonicalBytes(routeEnvelope(route)));
}

/** A route as both signed it. */
export function routeEnvelope({ document, signatures }: EndorsedRoute): Envelope {
  return envelopeOf(sealEnvelope(PAYLOAD_TYPES.route, document, []), signatures);
}

/** The directory as both signed it. */
export function directoryEnvelope({ document, signatures }: Endorsed): Envelope {
  return envelopeOf(sealEnvelope(PAYLOAD_TYPES.directory, document, []), signatures);
}

function envelopeOf(unsigned: Envelope, signatures: readonly Endorsement[]): Envelope {
  return { ...unsigned, signatures: signatures.map(({ keyid, sig }) => ({ keyid, sig })) };
}

/** True when two different administrators have signed the directory. */
export function isAgreed({ signatures }: Endorsed): boolean {
  return new Set(signatures.map(({ person }) => person)).size >= NEEDED;
}

/** Whose signature it waits for: of the two administrators the first whose own act is still missing. Null when agreed. */
export function awaitedAdministrator(proposal: Endorsed, administrators: readonly string[]): string | null {
  const lacks = (signatures: readonly Endorsement[]) => (person: string) =>
    !signatures.some((signature) => signature.person === person);
  for (const { signatures } of proposal.routes) {
    const awaited = administrators.find(lacks(signatures));
    if (awaited !== undefined) return awaited;
  }
  return administrators.find(lacks(proposal.signatures)) ?? null;
}

/** What an administrator has looked at before he signs: the directory with the routes it brings. */
export function contentDigest({ document, routes }: Endorsed, crypto: Crypto): Digest {
  return crypto.sha256(canonicalBytes({ document, routes: routes.map(({ digest }) => digest) }));
}

/**
 * What is wrong with the signatures of an agreed proposal, or null: over the directory and over every route it brings two
 * different administrators must have signed exactly these bytes.
 */
export function agreementDefect(proposal: Endorsed, trust: Trust, crypto: EvidenceCrypto): Defect | null {
  const envelopes = [
    ['directory', directoryEnvelope(proposal)] as const,
    ...proposal.routes.map((route) => ['route', routeEnvelope(route)] as const),
  ];
  for (const [kind, envelope] of envelopes) {
    const opened = openStatement(kind, envelope, administratorKeys(trust, crypto), crypto);
    if (isDefect(opened)) return opened;
    const { size } = administratorsBehind(trust, opened.keyids, crypto);
    if (size < NEEDED) return defect(`${kind}_not_agreed`, kind, `signed by ${size} administrator, two are needed`);
  }
  return null;
}
