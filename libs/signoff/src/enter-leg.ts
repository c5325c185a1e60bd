import { type Refusal, refuse } from '#domain/decision';
import type { Digest } from '#domain/identifiers';
import { canonicalBytes } from '#evidence/canonical';
import type { EvidenceCrypto } from '#evidence/crypto';
import { uuid } from '#evidence/shape';
import type { DecisionStatement } from '#evidence/statements';
import type { Tx } from '#persistence/transaction';
import type { Directory } from './directory.js';
import { latestDirectory } from './directory-copy.repository.js';
import { countedPersons } from './leg.js';
import type { LegContext } from './leg-case.js';
import { lockLegCase } from './leg-case.repository.js';
import type { LockedLeg, StoredLeg } from './stored-leg.js';
import { mayRead, type ReadableCase } from './reading-rights.js';

/** A locked round together with what `decide` needs to judge a command on it. */
interface EnteredLeg {
  readonly leg: LockedLeg;
  readonly context: LegContext;
}

/** Locks the case for a person's command. `not_found` when there is none, or none this person may see. */
export async function enterLeg(
  tx: Tx,
  caseId: string,
  person: string,
  crypto: EvidenceCrypto,
): Promise<EnteredLeg | Refusal> {
  if (!isCaseId(caseId)) return refuse('not_found');
  const leg = await lockLegCase(tx, caseId);
  const directory = await latestDirectory(tx);
  if (leg === undefined || directory === undefined || !mayRead(readable(leg), person, directory, leg.at))
    return refuse('not_found');
  return { leg, context: legContext(leg, directory, crypto) };
}

/** True for a case id in the one form cases have: lower case, as it stands in the signed request's path. */
export function isCaseId(text: string): boolean {
  return uuid(text, 'case') === undefined;
}

/** The context of a decision on a locked round: the time at which the lock was taken, and this service's directory. */
export function legContext(leg: Pick<LockedLeg, 'at'>, offices: Directory, crypto: EvidenceCrypto): LegContext {
  return { at: leg.at, offices, digestOf: (statement) => statementDigest(statement, crypto) };
}

/** SHA-256 of a statement's canonical bytes: what a person names when signing. */
export function statementDigest(statement: DecisionStatement, crypto: EvidenceCrypto): Digest {
  return crypto.sha256(canonicalBytes(statement));
}

/** A stored round as reading rights see it. */
export function readable({ legCase, routeStages }: StoredLeg): ReadableCase {
  const { round } = legCase;
  return {
    organ: round.organ,
    stages: routeStages,
    people: [round.submitter, ...round.contributors, ...round.countedElsewhere, ...countedPersons(legCase)],
  };
}
