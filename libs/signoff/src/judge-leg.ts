import { randomUUID } from 'node:crypto';
import { getContent } from '#content-store/content-store';
import { isRefusal } from '#domain/decision';
import { parseCanonical } from '#evidence/canonical';
import { serviceKeys } from '#evidence/trust';
import { raiseAlarm } from '#outbox/alarm';
import type { Tx } from '#persistence/transaction';
import { warnIfBlocked } from './blocked-alarm.js';
import type { AdoptedDirectory } from './directory-copy.repository.js';
import { blockedStage } from './fillability.js';
import { type LegCase, signedSeats } from './leg.js';
import { announceLeg } from './leg-announcement.js';
import { saveJudgement } from './leg-case.repository.js';
import type { SystemCommand } from './leg-command.js';
import type { LegPorts } from './leg-ports.js';
import { legRules } from './leg-rules.js';
import { lapsedStages, type ReviewRecord } from './review-record.js';
import { opened } from './stored-evidence.js';
import type { LockedLeg } from './stored-leg.js';
import { actBySystem } from './system-act.js';

/**
 * Holds a locked leg under sign-off against a newer directory than it was judged by last: what was signed by people who,
 * as is known now, were not in office then is signed again; seats of people who left are offered to their office again; and
 * whether the rest can be filled is judged anew, and told when it has changed.
 */
export async function judgeLeg(
  tx: Tx,
  leg: LockedLeg,
  directory: AdoptedDirectory,
  correlationId: string,
  ports: LegPorts,
): Promise<void> {
  const { version } = directory.document;
  const act = async (on: LockedLeg, command: SystemCommand): Promise<LockedLeg> => {
    const settled = await actBySystem(tx, on, command, correlationId, ports);
    if (isRefusal(settled)) throw new Error(`case ${on.legCase.round.case}: ${command.type} is never refused`);
    return { ...settled, at: on.at };
  };
  const seatIds = (): string[] => leg.legCase.seats.map(() => randomUUID());
  const stages = await lapsedIn(tx, leg, directory, ports);
  if (stages.length > 0) await warnOfLapse(tx, leg.legCase, stages, version);
  const current = await act({ ...leg, judgedBy: version }, { type: 'lapse', stages, seatIds: seatIds() });
  const offered = await act(current, { type: 'offer-again', seatIds: seatIds() });
  const blocked = blockedStage(offered.legCase, directory, leg.at);
  const changed = JSON.stringify(blocked) !== JSON.stringify(leg.blocked);
  const judged = { ...offered, blocked, version: changed ? offered.version + 1 : offered.version };
  await saveJudgement(tx, judged);
  if (!changed) return;
  await announceLeg(tx, judged, [], correlationId);
  await warnIfBlocked(tx, judged);
}

/** The stages with a signature that the verifier would refuse: of this leg, and of the verified dossier it rests on. */
async function lapsedIn(
  tx: Tx,
  { legCase, dossier }: LockedLeg,
  directory: AdoptedDirectory,
  { trust, crypto }: LegPorts,
): Promise<readonly string[]> {
  const own = signedSeats(legCase).filter((seat) => !legRules.countsStill(seat, directory));
  const stages = own.map(({ stage }) => stage);
  if (legCase.round.leg === 'review' || dossier === null) return stages;
  const record = parseCanonical(await getContent(tx, dossier)) as ReviewRecord;
  const { statement } = opened('dossier', record.dossier, serviceKeys(trust, 'review', crypto), crypto);
  return [...lapsedStages(statement.seats, directory.document), ...stages];
}

/** The directory came later than it has to; people sign again for it, and somebody has to find out why. */
async function warnOfLapse(
  tx: Tx,
  { round, state }: LegCase,
  stages: readonly string[],
  directory: number,
): Promise<void> {
  if (state !== 'in-review') return;
  const about = { case: round.case, round: round.round, leg: round.leg };
  await raiseAlarm(tx, 'signature_lapsed', { ...about, stages: [...new Set(stages)], directory });
}
