import { isRefusal, type Refusal, refuse } from '#domain/decision';
import { type Digest, digest } from '#domain/identifiers';
import type { Instant } from '#domain/instant';
import { dueAt } from '#domain/work-calendar';
import { canonicalBytes } from '#evidence/canonical';
import type { EvidenceCrypto } from '#evidence/crypto';
import { uuid } from '#evidence/shape';
import type { DecisionStatement, RouteStage } from '#evidence/statements';
import { type Handle, rows } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import { personsBeside } from './beside-the-case.repository.js';
import { isInForce, lockDeputies, withDeputies } from './deputy-copy.repository.js';
import type { Offices } from './directory.js';
import { type AdoptedDirectory, latestDirectory } from './directory-copy.repository.js';
import { countedPersons } from './leg.js';
import { lockLegCase } from './leg-case.repository.js';
import type { LegContext } from './leg-context.js';
import type { LegPorts } from './leg-ports.js';
import { legRules, openStage } from './leg-rules.js';
import { openNotesBlocking } from './notes/open-notes.queries.js';
import type { LockedLeg, StoredLeg } from './stored-leg.js';
import { mayRead, type ReadableCase } from './reading-rights.js';

/** A locked round together with what `decide` needs to judge a command on it. */
export interface EnteredLeg {
  readonly leg: LockedLeg;
  readonly context: LegContext;
  readonly directory: AdoptedDirectory;
}

/** Who acts, for himself or for a principal. */
export interface ActingPerson {
  readonly person: string;
  readonly onBehalfOf: string | null;
}

/** Locks the case for a person's command. `not_found` when there is none, or none this person may see, for himself or as a deputy. */
export async function enterLeg(
  tx: Tx,
  caseId: string,
  { person, onBehalfOf }: ActingPerson,
  ports: Pick<LegPorts, 'crypto' | 'calendar'>,
): Promise<EnteredLeg | Refusal> {
  if (!isCaseId(caseId)) return refuse('not_found');
  const leg = await lockLegCase(tx, caseId);
  const directory = await latestDirectory(tx);
  if (leg === undefined || directory === undefined) return refuse('not_found');
  const deputies = onBehalfOf === null ? [] : await lockDeputies(tx, person, onBehalfOf);
  const offices = withDeputies<Offices>(directory, deputies);
  // Naming a principal opens no case: only whoever acts for him now sees what he sees.
  const isDeputy = deputies.some((grant) => isInForce(grant, leg.at));
  const readers = [person, ...(onBehalfOf !== null && isDeputy ? [onBehalfOf] : [])];
  if (!(await maySee(tx, leg, readers, offices, leg.at))) return refuse('not_found');
  const viewed = await contentsViewed(tx, caseId, person);
  const { round } = leg.legCase.round;
  const stage = openStage(legRules, leg.legCase)?.id;
  const openNotes = stage === undefined ? 0 : await openNotesBlocking(tx, caseId, round, stage);
  return { leg, context: { ...legContext(leg, offices, ports), viewed, openNotes }, directory };
}

/** True when one of these persons may read the case. Who stands beside it is asked only when nothing else lets them. */
export async function maySee(
  handle: Handle,
  leg: StoredLeg,
  persons: readonly string[],
  offices: Offices,
  at: Instant,
): Promise<boolean> {
  const may = (beside: readonly string[]): boolean =>
    persons.some((person) => mayRead(readable(leg, beside), person, offices, at));
  return may([]) || may(await personsBeside(handle, leg.legCase.round.case));
}

async function contentsViewed(tx: Tx, caseId: string, person: string): Promise<readonly Digest[]> {
  const found = await rows<{ content: string }>(tx, 'SELECT content FROM leg_view WHERE case_id = $1 AND person = $2', [
    caseId,
    person,
  ]);
  return found.map(({ content }) => digest(content));
}

/** True for a case id in the one form cases have: lower case, as it stands in the signed request's path. */
export function isCaseId(text: string): boolean {
  return uuid(text, 'case') === undefined;
}

/** The context of a decision no person asked for: the time at which the lock was taken, and this service's directory. */
export function legContext(
  leg: Pick<LockedLeg, 'at'>,
  offices: Offices,
  { crypto, calendar }: Pick<LegPorts, 'crypto' | 'calendar'>,
): LegContext {
  return {
    at: leg.at,
    offices,
    viewed: [],
    openNotes: 0,
    digestOf: (statement) => statementDigest(statement, crypto),
    dueFor: (stage, at) => stageDue(calendar, stage, at),
  };
}

/** When a stage that opens now is due: its working days, or null when it has none or nobody loaded that year's calendar. */
function stageDue(calendar: LegPorts['calendar'], { dueWorkingDays }: RouteStage, at: Instant): Instant | null {
  if (dueWorkingDays === 0) return null;
  const due = dueAt(calendar, at, dueWorkingDays);
  return isRefusal(due) ? null : due;
}

/** SHA-256 of a statement's canonical bytes: what a person names when signing. */
export function statementDigest(statement: DecisionStatement, crypto: EvidenceCrypto): Digest {
  return crypto.sha256(canonicalBytes(statement));
}

/** A stored round as reading rights see it; `beside` are the people who were copied in or asked for an opinion. */
function readable({ legCase, routeStages }: StoredLeg, beside: readonly string[]): ReadableCase {
  const { round, seats } = legCase;
  const named = seats.flatMap(({ person }) => person ?? []);
  return {
    organ: round.organ,
    stages: routeStages,
    people: [
      round.submitter,
      ...round.contributors,
      ...round.countedElsewhere,
      ...countedPersons(legCase),
      ...named,
      ...beside,
    ],
  };
}
