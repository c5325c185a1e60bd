import { getContent } from '#content-store/content-store';
import { refuse, type Refusal } from '#domain/decision';
import type { RouteDocument } from '#evidence/statements';
import { databaseNow, type Handle } from '#persistence/sql';
import { RefusalError } from '#service-runtime/refusal-error';
import { type AdoptedDirectory, latestDirectory } from '#signoff/directory-copy.repository';
import { DRAFTER, mayRead } from '#signoff/reading-rights';
import { authorsSince, lastSubmission, type StoredReport } from './persistence/report.repository.js';

/** The directory rights are judged by. Until the first has arrived every door answers `unavailable`, and nothing is kept. */
export async function knownDirectory(handle: Handle): Promise<AdoptedDirectory> {
  const directory = await latestDirectory(handle);
  if (directory === undefined) throw new RefusalError('unavailable', { service: 'drafting' });
  return directory;
}

/** Null for a drafter of the organ; refuses not_allowed (role, organ). */
export async function whyNoDrafter(
  handle: Handle,
  organ: string,
  person: string,
): Promise<Refusal<'not_allowed'> | null> {
  const directory = await knownDirectory(handle);
  const may = directory.holds(person, DRAFTER, organ, await databaseNow(handle));
  return may ? null : refuse('not_allowed', { role: DRAFTER, organ });
}

/** The office that may let a report pass in spite of an error the catalogue allows to override: 公开工作机构负责人. */
const DISCLOSURE_HEAD = 'disclosure-head';

/** Null for the disclosure head of the organ; refuses not_allowed (role, organ). */
export async function whyNoOverride(
  handle: Handle,
  organ: string,
  person: string,
): Promise<Refusal<'not_allowed'> | null> {
  const directory = await knownDirectory(handle);
  const may = directory.holds(person, DISCLOSURE_HEAD, organ, await databaseNow(handle));
  return may ? null : refuse('not_allowed', { role: DISCLOSURE_HEAD, organ });
}

/**
 * True for the drafters of the organ, the people who wrote or submitted the report, and, while exactly what is shown is
 * before them or public, whoever holds an office of the route it took.
 */
export async function maySee(handle: Handle, report: StoredReport, person: string): Promise<boolean> {
  const submission = await lastSubmission(handle, report.document);
  const shown = report.state === 'submitted' || report.state === 'live' ? submission?.route : undefined;
  const authors = await authorsSince(handle, report.document, 0);
  const people = submission === undefined ? authors : [...authors, submission.submitter];
  const stages = shown === undefined ? [] : (await routeDocument(handle, shown)).stages;
  return mayRead(
    { organ: report.organ, stages, people },
    person,
    await knownDirectory(handle),
    await databaseNow(handle),
  );
}

/**
 * The report when the person may change it. Refuses not_found (also to whoever may not see it) and
 * not_allowed to those who may only look.
 */
export async function reportToWrite(
  handle: Handle,
  report: StoredReport | undefined,
  person: string,
): Promise<StoredReport | Refusal<'not_found' | 'not_allowed'>> {
  if (report === undefined) return refuse('not_found');
  const refusal = await whyNoDrafter(handle, report.organ, person);
  if (refusal === null) return report;
  return (await maySee(handle, report, person)) ? refusal : refuse('not_found');
}

/** A route by its digest; the store proves the bytes, and both administrators' signatures were checked at submission. */
async function routeDocument(handle: Handle, digest: string): Promise<RouteDocument> {
  return JSON.parse(new TextDecoder().decode(await getContent(handle, digest))) as RouteDocument;
}
