import { z } from 'zod';
import type { TurnFigures } from '../domain/reading-turns.js';
import type { ListProblem } from './list-watch.js';
import type { WatchProblem, WatchRound } from './site-watch.js';
import type { StrayFile } from './stray-files.js';

/** How long a problem stays in the report, in milliseconds: publication reads it several times meanwhile. */
const KEPT_MS = 600_000;

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
  problems: z.array(problem).max(10_000),
  elsewhere: z.array(elsewhere).max(10_000).default([]),
});

/**
 * What the monitor found last, in how many rounds on end some address was silent, how long an alteration may stay unseen by it, and every problem of the
 * last ten minutes with the instant it was found.
 */
export type WatchReport = z.infer<typeof report>;

/** What a round tells beside the addresses of reports. */
export interface FoundElsewhere {
  readonly turns?: TurnFigures;
  readonly lists: readonly ListProblem[];
  readonly strays: readonly StrayFile[];
}

/** The report after one more round. */
export function afterRound(
  before: WatchReport | undefined,
  round: WatchRound,
  now: Date,
  { lists, strays, turns: figures }: FoundElsewhere = { lists: [], strays: [] },
): WatchReport {
  const isRecent = ({ at }: { readonly at: string }): boolean => Math.abs(now.getTime() - Date.parse(at)) < KEPT_MS;
  const recent = (before?.problems ?? []).filter(isRecent);
  const at = now.toISOString();
  const others = [...lists.map((one) => ({ ...one, isDown: false, at })), ...strays.map((one) => ({ ...one, at }))];
  const found = round.problems.map((one) => ({ ...told(one), at }));
  const { addresses, looked, proved, silent } = round;
  return {
    schema: 'sunward.watch/1',
    at,
    addresses,
    looked,
    proved,
    silent,
    ...(figures === undefined ? {} : { turns: figures }),
    silentRounds: silent === 0 ? 0 : (before?.silentRounds ?? 0) + 1,
    problems: [...recent, ...found].slice(-10_000),
    elsewhere: [...(before?.elsewhere ?? []).filter(isRecent), ...others].slice(-10_000),
  };
}

function told({ organ, year, edition, code, isDown }: WatchProblem): Omit<WatchReport['problems'][number], 'at'> {
  return { organ, year, edition, code, isDown };
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
