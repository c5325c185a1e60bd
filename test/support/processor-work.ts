import type { AnnualReport } from '#report/model';

/** Processor time of this process, all its threads, in microseconds, since it was asked for. */
function processorClock(): () => number {
  const started = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(started);
    return user + system;
  };
}

/** Microseconds one copy of the report takes here and now. */
function copyTime(report: AnnualReport): number {
  const spent = processorClock();
  for (let copy = 0; copy < 100; copy += 1) structuredClone(report);
  return spent() / 100;
}

/**
 * What `work` costs, told in copies of `report` (structuredClone) made between its runs: the quickest of `rounds` of each. A slow or a busy machine slows
 * both, so a bound on the answer is a bound on the code; milliseconds are for the benchmarks.
 */
export function costInCopies(report: AnnualReport, rounds: number, work: () => unknown): number {
  const runs = Array.from({ length: rounds }, () => {
    const spent = processorClock();
    work();
    return { work: spent(), copy: copyTime(report) };
  });
  return Math.min(...runs.map((run) => run.work)) / Math.min(...runs.map((run) => run.copy));
}

/** What `work` answers; refuses an answer that cost more than `most` copies of the report. For work that must not run away on hostile text. */
export async function withinCopies<T>(report: AnnualReport, most: number, work: () => T | Promise<T>): Promise<T> {
  const before = copyTime(report);
  const spent = processorClock();
  const outcome = await work();
  const copies = spent() / Math.max(before, copyTime(report));
  if (copies > most)
    throw new Error(`this took as long as ${Math.round(copies)} copies of the report; ${most} are allowed`);
  return outcome;
}
