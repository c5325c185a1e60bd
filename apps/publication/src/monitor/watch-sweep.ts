import { raiseAlarm } from '#outbox/alarm';
import { databaseNow } from '#persistence/sql';
import type { PublishPorts } from '../publish/attempt.js';
import { readWatchReport } from './watch-report.js';

/** Rounds on end with a silent address before it is an alarm: a service that is started anew is silent for one. */
const SILENT_ROUNDS = 3;

/** A monitor that wrote nothing for this long does not watch, in milliseconds. */
const SILENT_MS = 300_000;

/**
 * Turns what the monitor wrote into alarms: it has no rights on the database, so publication raises them. An installation
 * without a monitor has no report and no alarm. `upMs`: how long this process runs; a monitor is given as long. Alarms: public_copy_unproved, public_page_unproved, public_site_silent, monitor_look_failed,
 * monitor_silent, monitor_unreadable.
 */
export async function sweepWatch(
  { db, folder }: Pick<PublishPorts, 'db' | 'folder'>,
  upMs = process.uptime() * 1000,
): Promise<void> {
  const bytes = await folder.readWatch();
  if (bytes === undefined) return;
  const report = readWatchReport(bytes);
  if (report === undefined) {
    await raiseAlarm(db, 'monitor_unreadable', {});
    return;
  }
  for (const problem of report.problems) await raiseAlarm(db, 'public_copy_unproved', problem);
  // Without the time of each round: what lasts is one alarm.
  for (const { path, code, isDown } of report.elsewhere)
    await raiseAlarm(db, 'public_page_unproved', { path, code, isDown });
  // Without its text, which may name anything: the report has it.
  for (const { look, where, code, since } of report.failing)
    await raiseAlarm(db, 'monitor_look_failed', { look, where, code, since });
  if (report.silentRounds >= SILENT_ROUNDS) await raiseAlarm(db, 'public_site_silent', { silent: report.silent });
  const age = Date.parse(await databaseNow(db)) - Date.parse(report.at);
  // A report of the future, by a clock that went wrong, would be young for as long as that is away.
  if (Math.abs(age) > SILENT_MS && upMs > SILENT_MS) await raiseAlarm(db, 'monitor_silent', { at: report.at });
}
