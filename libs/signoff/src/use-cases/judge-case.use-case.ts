import { randomUUID } from 'node:crypto';
import { isRefusal } from '#domain/decision';
import type { Tx } from '#persistence/transaction';
import { warnIfBlocked } from '../blocked-alarm.js';
import { latestDirectory } from '../directory-copy.repository.js';
import { takeUnjudgedCase } from '../due-cases.queries.js';
import { blockedStage } from '../fillability.js';
import { announceLeg } from '../leg-announcement.js';
import { lockLegCase, saveJudgement } from '../leg-case.repository.js';
import type { LegPorts } from '../leg-ports.js';
import { actBySystem } from '../system-act.js';

/**
 * Holds one case under sign-off against the newest directory: seats of people who left are offered to their office again,
 * and whether the rest can be filled is judged anew and told when it has changed. False when every case has been judged.
 */
export async function judgeNextCase(tx: Tx, ports: LegPorts): Promise<boolean> {
  const directory = await latestDirectory(tx);
  if (directory === undefined) return false;
  const { version } = directory.document;
  const due = await takeUnjudgedCase(tx, version);
  const leg = due === undefined ? undefined : await lockLegCase(tx, due.caseId);
  if (due === undefined || leg === undefined) return false;
  const seatIds = leg.legCase.seats.map(() => randomUUID());
  const offered = await actBySystem(tx, leg, { type: 'offer-again', seatIds }, due.correlationId, ports);
  if (isRefusal(offered)) throw new Error(`seats of case ${due.caseId} could not be offered again: ${offered.refused}`);
  const blocked = blockedStage(offered.legCase, directory, leg.at);
  const changed = JSON.stringify(blocked) !== JSON.stringify(leg.blocked);
  const judged = { ...offered, blocked, version: changed ? offered.version + 1 : offered.version };
  await saveJudgement(tx, judged, { blocked, version });
  if (!changed) return true;
  await announceLeg(tx, judged, [], due.correlationId);
  await warnIfBlocked(tx, judged);
  return true;
}
