import type { z } from 'zod';
import type { DirectoryView, Proposal, RouteView } from '#contracts/http/directory.api';
import { groupBy } from '#domain/grouping';
import type { EvidenceCrypto } from '#evidence/crypto';
import type { DirectoryDocument, RouteDocument, RouteStage } from '#evidence/statements';
import type { AgreedDirectory } from './agreed-directory.js';
import type { NamedPerson } from './directory.repository.js';
import { directoryDifference } from './directory-difference.js';
import { awaitedAdministrator, contentDigest } from './endorse.js';
import type { StoredProposal } from './proposal.repository.js';

type Listed = DirectoryDocument['routes'][number];
type RouteLine = z.infer<typeof RouteView>;

/** The newest directory with the names the gateway keeps. */
export function directoryView(
  { digest, document, routes }: AgreedDirectory,
  people: readonly NamedPerson[],
): z.infer<typeof DirectoryView> {
  const grantsOf = groupBy(document.grants, ({ person }) => person);
  return {
    version: document.version,
    digest,
    at: document.at,
    organs: document.organs.map((organ) => ({ ...organ })),
    people: people.map(({ id, login, name, administrator, leavesAt }) => ({
      person: id,
      login,
      name,
      administrator,
      leavesAt,
      grants: (grantsOf.get(id) ?? []).map(({ role, organ, from, until }) => ({ role, organ, from, until })),
    })),
    routes: document.routes.flatMap((listed) => {
      const route = routes.get(listed.digest);
      return route === undefined ? [] : [routeView(listed, route)];
    }),
  };
}

/** A listed route as people read it. */
export function routeView(listed: Listed, { name, kind, undoSeconds, stages }: RouteDocument): RouteLine {
  return {
    digest: listed.digest,
    name,
    kind,
    undoSeconds,
    appliesTo: listed.appliesTo === '*' ? '*' : [...listed.appliesTo],
    levels:
      listed.levels === undefined || listed.levels === '*'
        ? '*'
        : ([...listed.levels] as Exclude<RouteLine['levels'], '*'>),
    from: listed.from ?? null,
    until: listed.until ?? null,
    stages: stages.map(stageView),
  };
}

function stageView({
  checklist = [],
  duty = null,
  escalation = null,
  slots,
  ...stage
}: RouteStage): RouteLine['stages'][number] {
  return {
    ...stage,
    duty,
    escalation: escalation && { ...escalation },
    slots: slots.map(({ role, organ, person = null }) => ({ role, organ, person })),
    checklist: checklist.map((item) => ({ ...item })),
  };
}

/** What a proposal is shown against. */
export interface ProposalGround {
  readonly newest: DirectoryDocument;
  readonly administrators: readonly string[];
  readonly nameOf: (person: string) => string;
  readonly crypto: Pick<EvidenceCrypto, 'sha256'>;
}

/** A proposal as administrators read it, with what it would change in the directory as it is now. */
export function proposalView(proposal: StoredProposal, ground: ProposalGround): z.infer<typeof Proposal> {
  const { newest, administrators, nameOf, crypto } = ground;
  const { id, state, document, reason, proposedBy, proposedAt, decidedBy, decidedAt, decisionReason, changes } =
    proposal;
  const difference = directoryDifference(newest, document);
  return {
    proposal: id,
    state,
    version: document.version,
    outdated: state === 'open' && newest.version !== proposal.basedOn,
    content: contentDigest(proposal, crypto),
    reason,
    effectiveAt: proposal.endsFrom,
    proposedBy,
    proposedByName: nameOf(proposedBy),
    proposedAt,
    signedBy: proposal.signatures.map(({ person }) => person),
    awaits: state === 'open' ? awaitedAdministrator(proposal, administrators) : null,
    decidedBy,
    decidedAt,
    decisionReason,
    changes: [...changes],
    difference: {
      organs: [...difference.organs],
      persons: [...difference.persons],
      offices: [...difference.offices],
      routes: [...difference.routes],
    },
  };
}
