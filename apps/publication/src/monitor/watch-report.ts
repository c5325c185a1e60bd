import { z } from 'zod';
import type { TurnFigures } from '../domain/reading-turns.js';
import type { ListProblem } from './list-watch.js';
import type { WatchProblem, WatchRound } from './site-watch.js';
import type { StrayFile } from './stray-files.js';
import { mendOf, type WatchFailure } from './watch-failure.js';

/** How long a problem stays in the report, in milliseconds: publication reads it several times meanwhile. */
const KEPT_MS = 600_000;
/** Entries of one kind in a report, the newest. */
const MOST = 10_000;
const MOST_FAILING = 1000;

const problem = z.object({
  organ: z.string().max(64),
  year: z.number(),
  edition: z.number().nullable(),
  code: z.string().max(100),
  isDown: z.boolean(),
  at: z.iso.datetime(),
});

/** Something that is wrong at no report's address: a list, or a file nobody signed. */
const elsewhere = z.object({
  path: z.string().max(1000),
  code: z.string().max(100),
  isDown: z.boolean(),
  at: z.iso.datetime(),
});

/** A look that failed. `since`: when it failed first, with less than ten minutes between two failures; `at`: when it failed last. */
const failing = z.object({
  look: z.string().max(20),
  where: z.string().max(1000),
  code: z.string().max(100),
  cause: z.string().max(500),
  mend: z.object({ zh: z.string().max(500), en: z.string().max(500) }),
  isOver: z.boolean(),
  since: z.iso.datetime(),
  at: z.iso.datetime(),
});
type Failing = z.infer<typeof failing>;

const turns = z.object({
  total: z.number(),
  budget: z.number(),
  worstSeconds: z.number(),
  oldestSeconds: z.number(),
});

const report = z.object({
  schema: z.literal('sunward.watch/1'),
  at: z.iso.datetime(),
  addresses: z.number(),
  looked: z.number().optional(),
  proved: z.number(),
  silent: z.number(),
  silentRounds: z.number(),
  turns: turns.optional(),
  problems: z.array(problem).max(MOST),
  elsewhere: z.array(elsewhere).max(MOST).default([]),
  failing: z.array(failing).max(MOST_FAILING).default([]),
});

/**
 * What the monitor found last, in how many rounds on end some address was silent, how long an alteration may stay unseen by it, every problem of the
 * last ten minutes with the instant it was found, and what could not be looked at, why, since when and what to do about it. `at`: when it was written last,
 * which a round does several times; what is counted is of the last whole round.
 */
export type WatchReport = z.infer<typeof report>;

/** What a round tells beside the addresses of reports. */
export interface FoundElsewhere {
  readonly turns?: TurnFigures;
  readonly lists: readonly ListProblem[];
  readonly strays: readonly StrayFile[];
  readonly failures?: readonly WatchFailure[];
}

const NOTHING: FoundElsewhere = { lists: [], strays: [] };

/** The report after one more round. */
export function afterRound(
  before: WatchReport | undefined,
  round: WatchRound,
  now: Date,
  found: FoundElsewhere = NOTHING,
): WatchReport {
  const { addresses, looked, proved, silent } = round;
  return {
    schema: 'sunward.watch/1',
    at: now.toISOString(),
    addresses,
    looked,
    proved,
    silent,
    ...(found.turns === undefined ? {} : { turns: found.turns }),
    silentRounds: silent === 0 ? 0 : (before?.silentRounds ?? 0) + 1,
    ...toldBy(before, round.problems, found, now),
    failing: failingAfter(before?.failing ?? [], found.failures ?? [], now, true),
  };
}

/** The report while a round is under way: what it has found by now, beside what the rounds before it said. */
export function duringRound(
  before: WatchReport | undefined,
  problems: readonly WatchProblem[],
  now: Date,
  found: FoundElsewhere = NOTHING,
): WatchReport {
  return {
    schema: 'sunward.watch/1',
    ...(before ?? { addresses: 0, proved: 0, silent: 0, silentRounds: 0 }),
    at: now.toISOString(),
    ...toldBy(before, problems, found, now),
    failing: failingAfter(before?.failing ?? [], found.failures ?? [], now, false),
  };
}

function isRecent({ at }: { readonly at: string }, now: Date): boolean {
  return Math.abs(now.getTime() - Date.parse(at)) < KEPT_MS;
}

function toldBy(
  before: WatchReport | undefined,
  problems: readonly WatchProblem[],
  { lists, strays }: FoundElsewhere,
  now: Date,
): Pick<WatchReport, 'problems' | 'elsewhere'> {
  const at = now.toISOString();
  const recent = <T extends { readonly at: string }>(all: readonly T[] = []): T[] =>
    all.filter((one) => isRecent(one, now));
  const others = [...lists.map((one) => ({ ...one, isDown: false })), ...strays];
  return {
    problems: [...recent(before?.problems), ...problems.map((one) => told(one, at))].slice(-MOST),
    elsewhere: [
      ...recent(before?.elsewhere),
      ...others.map(({ path, code, isDown }) => ({ path: path.slice(0, 1000), code, isDown, at })),
    ].slice(-MOST),
  };
}

/** `isWhole`: the round is over, so that what it did not meet again is over too. */
function failingAfter(before: readonly Failing[], now: readonly WatchFailure[], at: Date, isWhole: boolean): Failing[] {
  const known = new Map(before.filter((one) => isRecent(one, at)).map((one) => [failureKey(one), one]));
  const met = new Set(now.map(failureKey));
  for (const [key, one] of known) if (isWhole && !met.has(key)) known.set(key, { ...one, isOver: true });
  for (const { look, where, code, cause } of now) {
    const key = failureKey({ look, where, code });
    const since = known.get(key)?.since ?? at.toISOString();
    known.delete(key);
    const what = { look, where: where.slice(0, 1000), code, cause: cause.slice(0, 500), mend: mendOf(code) };
    known.set(key, { ...what, isOver: false, since, at: at.toISOString() });
  }
  return [...known.values()].slice(-MOST_FAILING);
}

function failureKey({ look, where, code }: Pick<Failing, 'look' | 'where' | 'code'>): string {
  return `${look} ${code} ${where.slice(0, 1000)}`;
}

/** The folder may hold names nobody gave an organ; the report must stay readable all the same. */
function told({ organ, year, edition, code, isDown, at }: WatchProblem, now: string): WatchReport['problems'][number] {
  return { organ: organ.slice(0, 64), year, edition, code, isDown, at: at ?? now };
}

/** The bytes of a report. */
export function watchReportBytes(value: WatchReport): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value)}\n`);
}

/** Reads a report; undefined for what is none. */
export function readWatchReport(bytes: Uint8Array): WatchReport | undefined {
  try {
    return report.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return undefined;
    throw error;
  }
}
