import { uncoveredSoon } from '#domain/work-calendar';
import { dayAt } from '#domain/work-day';
import { raiseAlarm } from '#outbox/alarm';
import { databaseNow } from '#persistence/sql';
import { runInTransaction, type Tx } from '#persistence/transaction';
import type { DataSource } from 'typeorm';
import type { LegPorts } from './leg-ports.js';
import { escalateNextOverdue } from './use-cases/escalate-stage.use-case.js';
import { judgeNextCase } from './use-cases/judge-case.use-case.js';

/** How often a leg is looked at for what time or a new directory has changed in it. */
const LOOK_MS = 5000;

/** How often it is asked whether the calendar reaches far enough: the notices come once a year. */
const CALENDAR_MS = 3_600_000;

/** A sweep as the service runtime runs it. */
interface LegSweep {
  readonly name: string;
  readonly everyMs: number;
  run(): Promise<void>;
}

/** The sweeps both legs have; each does one case per transaction until none is left. */
export function legSweeps(ports: LegPorts & { readonly db: DataSource }): LegSweep[] {
  const each = (name: string, takeOne: (tx: Tx, ports: LegPorts) => Promise<boolean>): LegSweep => ({
    name,
    everyMs: LOOK_MS,
    run: () => untilNoneLeft(() => runInTransaction(ports.db, (tx) => takeOne(tx, ports))),
  });
  return [
    each('stages-overdue', escalateNextOverdue),
    each('staff-changed', judgeNextCase),
    { name: 'calendar', everyMs: CALENDAR_MS, run: () => warnOfUncoveredYears(ports) },
  ];
}

/** Raises `calendar_uncovered` for a year whose notice somebody must load by now: this one, and from November on the next. */
async function warnOfUncoveredYears({ db, calendar }: Parameters<typeof legSweeps>[0]): Promise<void> {
  for (const year of uncoveredSoon(calendar, dayAt(await databaseNow(db))))
    await raiseAlarm(db, 'calendar_uncovered', { year });
}

/** Repeats a step that does one thing per transaction, until it finds nothing more to do. */
export async function untilNoneLeft(takeOne: () => Promise<boolean>): Promise<void> {
  while (await takeOne());
}
