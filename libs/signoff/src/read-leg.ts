import { refuse, type Refusal } from '#domain/decision';
import type { Instant } from '#domain/instant';
import { databaseNow, type Handle } from '#persistence/sql';
import { personsBeside } from './beside-the-case.repository.js';
import { type AdoptedDirectory, latestDirectory } from './directory-copy.repository.js';
import { type DeputyGrant, deputiesOf, withDeputies } from './deputy-copy.repository.js';
import { isCaseId, readable } from './enter-leg.js';
import { findLegCase } from './leg-case.repository.js';
import { mayRead } from './reading-rights.js';
import type { StoredLeg } from './stored-leg.js';

/** A case as it stands, for somebody who may see it; nothing is locked. `grants`: by which he acts for others. */
export interface ReadLeg {
  readonly leg: StoredLeg;
  readonly directory: AdoptedDirectory;
  readonly grants: readonly DeputyGrant[];
  readonly at: Instant;
}

/** The case, for this person. Refuses not_found when there is none, or none he may see, for himself or for a principal. */
export async function readLeg(handle: Handle, caseId: string, person: string): Promise<ReadLeg | Refusal> {
  const leg = isCaseId(caseId) ? await findLegCase(handle, caseId) : undefined;
  const directory = await latestDirectory(handle);
  const at = await databaseNow(handle);
  if (leg === undefined || directory === undefined) return refuse('not_found');
  const grants = await deputiesOf(handle, person);
  const principals = grants.filter(({ revoked, since, until }) => !revoked && since <= at && at < until);
  const of = readable(leg, await personsBeside(handle, caseId));
  const may = [person, ...principals.map(({ principal }) => principal)].some((one) => mayRead(of, one, directory, at));
  return may ? { leg, directory: withDeputies(directory, grants), grants, at } : refuse('not_found');
}
