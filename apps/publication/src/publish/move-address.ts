import { type Defect, defect } from '#evidence/defect';
import { runInTransaction, type Tx } from '#persistence/transaction';
import { deliveryAct } from '../domain/channel-delivery.js';
import { actOn, type PointerAnswer, type ShownEmergency } from '../domain/public-pointer.js';
import { planDeliveries } from '../persistence/channel-delivery.repository.js';
import { findPointer, movePointer } from '../persistence/live-pointer.repository.js';
import {
  findRatification,
  findShownEdition,
  type LeasedJob,
  lockDocument,
  noteTree,
  stillLeased,
} from '../persistence/publication-job.repository.js';
import { writeTrail } from '../persistence/publication-step.repository.js';
import type { PublishPorts } from './attempt.js';
import type { AttemptTrail } from './attempt-trail.js';
import type { ProvenPublication } from './publication-proof.js';

/** `moved`: the row says so now; the files follow. `superseded`: it came too late. */
export type Moved =
  | { readonly outcome: 'moved' }
  | { readonly outcome: 'lost' }
  | { readonly outcome: 'superseded'; readonly by: number }
  | { readonly outcome: 'held'; readonly defect: Defect };

/**
 * Judges a released act by what the public has, on the document's lock, and moves the address. `tree`: the files it will
 * show, null for a ratification, which moves nothing. The only place where an address changes its edition, and where the
 * deliveries to channels are written. The steps taken until then are written with it.
 */
export function moveAddress(
  { db, channels }: PublishPorts,
  job: LeasedJob,
  { seal, notice }: ProvenPublication,
  tree: string | null,
  trail: AttemptTrail,
): Promise<Moved> {
  const { document, kind, edition, organ, year } = seal;
  return runInTransaction(db, async (tx): Promise<Moved> => {
    await lockDocument(tx, document);
    if (!(await stillLeased(tx, job))) return { outcome: 'lost' };
    await writeTrail(tx, job, trail);
    const act = { kind, edition, case: job.case, round: job.round, replaces: notice?.replaces ?? null };
    const answer = actOn(await findPointer(tx, document), act, await emergencyOf(tx, document, edition));
    if (answer.answer !== 'may') return stopped(answer, edition);
    await noteTree(tx, job, { tree, organ, year, kind });
    if (tree === null) return { outcome: 'moved' };
    const state = kind === 'withdraw' ? 'withdrawn' : 'live';
    const refused = await movePointer(tx, {
      document,
      organ,
      year,
      state,
      edition,
      case: job.case,
      round: job.round,
      tree,
    });
    if (refused === null) {
      const toChannels = deliveryAct(kind);
      if (toChannels !== null) await planDeliveries(tx, channels, { ...job, organ }, toChannels);
      return { outcome: 'moved' };
    }
    return { outcome: 'held', defect: defect(refused, `${organ}/${year}`, `edition ${edition}`) };
  });
}

function stopped(answer: Exclude<PointerAnswer, { answer: 'may' }>, edition: number): Moved {
  if (answer.answer === 'superseded') return { outcome: 'superseded', by: answer.by };
  return { outcome: 'held', defect: defect(answer.code, 'pointer', `edition ${edition}`) };
}

async function emergencyOf(tx: Tx, document: string, edition: number): Promise<ShownEmergency | undefined> {
  const shown = await findShownEdition(tx, document, edition);
  if (shown?.kind !== 'emergency') return undefined;
  const ratifiedBy = (await findRatification(tx, document, edition)) ?? null;
  return { edition, isWithdrawn: shown.state === 'withdrawn', ratifiedBy };
}
