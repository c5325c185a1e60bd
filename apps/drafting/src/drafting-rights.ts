import { getContent } from '#content-store/content-store';
import { refuse, type Refusal } from '#domain/decision';
import type { RouteDocument } from '#evidence/statements';
import { databaseNow, type Handle } from '#persistence/sql';
import { RefusalError } from '#service-runtime/refusal-error';
import { DISCLOSURE_HEAD, DRAFTER } from '#signoff/directory';
import { type AdoptedDirectory, latestDirectory } from '#signoff/directory-copy.repository';
import { mayRead } from '#signoff/reading-rights';
import { openActs } from './persistence/public-act.repository.js';
import { authorsSince, type StoredReport } from './persistence/report.repository.js';
import { findSubmission, lastSubmission } from './persistence/submission.repository.js';

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
 * What a person may see of a report. `whole`: the newest revision, for the drafters of the organ, the people who wrote or
 * submitted it, and, while exactly that is before them or public, whoever holds an office of the route it took. `public`:
 * only the revision that is public, for those who hold an office of the route it took, or of an act on it.
 */
export async function sightOf(
  handle: Handle,
  report: StoredReport,
  person: string,
): Promise<'whole' | 'public' | 'nothing'> {
  const submission = await lastSubmission(handle, report.document);
  const isShown = report.state === 'submitted' || report.state === 'live';
  const authors = await authorsSince(handle, report.document, 0);
  const people = submission === undefined ? authors : [...authors, submission.submitter];
  const mayAlong = await readerAlong(handle, report, { person, people });
  if (await mayAlong(isShown ? submission?.route : undefined)) return 'whole';
  return (await mayAlongAny(await routesOfPublic(handle, report), mayAlong)) ? 'public' : 'nothing';
}

type MayAlong = (route: string | undefined) => Promise<boolean>;

async function readerAlong(
  handle: Handle,
  { organ }: StoredReport,
  { person, people }: { readonly person: string; readonly people: readonly string[] },
): Promise<MayAlong> {
  const directory = await knownDirectory(handle);
  const now = await databaseNow(handle);
  return async (route) => {
    const stages = route === undefined ? [] : (await routeDocument(handle, route)).stages;
    return mayRead({ organ, stages, people }, person, directory, now);
  };
}

async function mayAlongAny(routes: readonly string[], mayAlong: MayAlong): Promise<boolean> {
  for (const route of routes) if (await mayAlong(route)) return true;
  return false;
}

async function routesOfPublic(handle: Handle, report: StoredReport): Promise<string[]> {
  if (report.publicState === 'none') return [];
  const acts = await openActs(handle, report.document);
  const rounds = [{ case: report.publicCase, round: report.publicRound }, ...acts.filter((act) => act.case !== null)];
  const submissions = await Promise.all(rounds.map((round) => findSubmission(handle, round)));
  return submissions.flatMap((submission) => submission?.route ?? []);
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
  return (await sightOf(handle, report, person)) === 'nothing' ? refuse('not_found') : refusal;
}

/**
 * The report when the person may ask for its withdrawal or ratification: a drafter or the disclosure head of the organ.
 * Refuses as `reportToWrite` does.
 */
export async function reportToWithdraw(
  handle: Handle,
  report: StoredReport | undefined,
  person: string,
): Promise<StoredReport | Refusal<'not_found' | 'not_allowed'>> {
  if (report !== undefined && (await whyNoOverride(handle, report.organ, person)) === null) return report;
  return reportToWrite(handle, report, person);
}

/** A route by its digest; the store proves the bytes, and both administrators' signatures were checked at submission. */
export async function routeDocument(handle: Handle, digest: string): Promise<RouteDocument> {
  return JSON.parse(new TextDecoder().decode(await getContent(handle, digest))) as RouteDocument;
}
