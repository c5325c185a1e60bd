import { refuse, type Refusal } from '#domain/decision';
import type { Handle } from '#persistence/sql';
import { type AdoptedDirectory, latestDirectory } from './directory-copy.repository.js';
import { type DeputyGrant, deputiesOf, isInForce, withDeputies } from './deputy-copy.repository.js';
import { isCaseId, maySee } from './enter-leg.js';
import { findLegCase } from './leg-case.repository.js';
import type { LockedLeg } from './stored-leg.js';

/** A case as it stands, for somebody who may see it; nothing is locked. `grants`: by which he acts for others. */
export interface ReadLeg {
  readonly leg: LockedLeg;
  readonly directory: AdoptedDirectory;
  readonly grants: readonly DeputyGrant[];
}

/** The case, for this person. Refuses not_found when there is none, or none he may see, for himself or for a principal. */
export async function readLeg(handle: Handle, caseId: string, person: string): Promise<ReadLeg | Refusal> {
  const leg = isCaseId(caseId) ? await findLegCase(handle, caseId) : undefined;
  const directory = await latestDirectory(handle);
  if (leg === undefined || directory === undefined) return refuse('not_found');
  const { at } = leg;
  const grants = await deputiesOf(handle, person);
  const principals = grants.filter((grant) => isInForce(grant, at));
  const readers = [person, ...principals.map(({ principal }) => principal)];
  if (!(await maySee(handle, leg, readers, directory, at))) return refuse('not_found');
  return { leg, directory: withDeputies(directory, grants), grants };
}
