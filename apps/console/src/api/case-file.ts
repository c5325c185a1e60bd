import type { AnnualReport } from '#report/model';
import type { CaseLine, Difference, Edition, LegCase, Names, Report, ReportLines } from './answers.js';
import { read, Refused } from './send.js';

/** Everything one looks at before one signs a case. `current` is the leg it is in; `review` the review leg of the same round. */
export interface CaseFile {
  readonly line: CaseLine;
  readonly current: LegCase;
  readonly review: LegCase | null;
  readonly report: Report | null;
  /** The text the case is about, also for whoever was let into the case alone. */
  readonly text: AnnualReport | null;
  /** The text as it stands now, whoever has it in hand: places are called by it, nothing else. */
  readonly frame: AnnualReport | null;
  readonly lastYear: AnnualReport | null;
  readonly difference: Difference | null;
  readonly names: Names;
}

/** Reads a case with all that belongs to it. Throws Refused (not_found) and Unreachable. */
export async function readCaseFile(caseId: string, signal?: AbortSignal): Promise<CaseFile> {
  const line = await read<CaseLine>(`/cases/${encodeURIComponent(caseId)}`, signal);
  const path = `/${line.leg}-cases/${line.case}`;
  const [current, review, report, lastYear, difference] = await Promise.all([
    read<LegCase>(path, signal),
    line.leg === 'approval' ? unlessHidden(read<LegCase>(`/review-cases/${line.case}`, signal)) : null,
    unlessHidden(read<Report>(`/reports/${line.document}`, signal)),
    readLastYear(line, signal),
    unlessHidden(read<Difference>(`${path}/difference`, signal)),
  ]);
  const legs = review === null ? [current] : [review, current];
  const shown = report && textOf(report, line, current);
  const text = shown?.report ?? (await readEdition(path, signal));
  return {
    line,
    current,
    review,
    report: shown,
    text,
    frame: report?.report ?? text,
    lastYear,
    difference,
    names: await readNames(legs, signal),
  };
}

/**
 * The report with its text only where that is the content of the case: submitted in it, or the public edition it is about. A text
 * that went back to its drafter is another one by now, and nobody may take it for what was signed.
 */
function textOf(report: Report, { case: caseId }: CaseLine, { content }: LegCase): Report {
  const isSubmitted = report.state === 'submitted' && report.case === caseId;
  const isPublic = report.state === 'live' && report.public?.content === content;
  return isSubmitted || isPublic ? report : { ...report, report: null, checks: [], explained: [] };
}

/** Drafting knows its own readers alone; the leg gives the text to everybody who may read the case. */
async function readEdition(path: string, signal?: AbortSignal): Promise<AnnualReport | null> {
  return (await unlessHidden(read<Edition>(`${path}/edition`, signal)))?.report ?? null;
}

/** Null for what one may not see: it is looked at beside the case, which is shown without it. */
async function unlessHidden<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Refused && error.problem.status < 500) return null;
    throw error;
  }
}

async function readLastYear({ organ, year }: CaseLine, signal?: AbortSignal): Promise<AnnualReport | null> {
  const lines = await unlessHidden(
    read<ReportLines>(`/reports?organ=${encodeURIComponent(organ)}&year=${year - 1}`, signal),
  );
  const document = lines?.items[0]?.document;
  if (document === undefined) return null;
  return (await unlessHidden(read<Report>(`/reports/${document}`, signal)))?.report ?? null;
}

/** As many as one question may name. */
const MOST_NAMES = 100;

function listed(name: string, values: readonly (string | null)[]): string[] {
  const known = [...new Set(values.filter((value) => value !== null))].slice(0, MOST_NAMES);
  return known.length === 0 ? [] : [`${name}=${known.map(encodeURIComponent).join(',')}`];
}

async function readNames(legs: readonly LegCase[], signal?: AbortSignal): Promise<Names> {
  const seats = legs.flatMap((leg) => leg.seats);
  // Offices of stages that have not opened are named before their seats exist.
  const slots = legs.flatMap(({ stages }) => stages.flatMap((stage) => stage.slots));
  const people = [
    ...slots.map(({ person }) => person),
    ...seats.flatMap(({ person, signedBy, signedFor, addedBy }) => [signedBy, signedFor, person, addedBy]),
    ...legs.flatMap(({ submitter, ended, signable }) => [
      submitter,
      ended?.by ?? null,
      ...signable.map(({ onBehalfOf }) => onBehalfOf),
    ]),
    ...legs.flatMap(({ sentBack, views, consultations }) => [
      ...sentBack.map(({ by }) => by),
      ...views.map(({ person }) => person),
      ...consultations.flatMap(({ askedBy, person }) => [askedBy, person]),
    ]),
  ];
  const offices = [...seats, ...slots].map(({ role, organ }) =>
    role === null || organ === null ? null : `${role}@${organ}`,
  );
  const asked = [...listed('people', people), ...listed('offices', offices)];
  return read<Names>(`/names?${asked.join('&')}`, signal);
}

/** The name of a person; an id nobody knows any more stays empty rather than being shown. */
export function nameOf({ people }: Names, person: string | null): string {
  return people.find((one) => one.person === person)?.name ?? '—';
}
