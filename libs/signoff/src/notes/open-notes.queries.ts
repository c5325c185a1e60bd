import { type Handle, row, rows } from '#persistence/sql';
import { noteRules } from './note.js';

/**
 * How many open notes keep a stage from being signed: those made in it in this or an earlier round, and for the last stage of
 * the leg also those of stages which the present route no longer has. To be asked under the case's lock.
 */
export async function openNotesBlocking(handle: Handle, caseId: string, round: number, stage: string): Promise<number> {
  const open = await rows<{ stage: string }>(
    handle,
    `SELECT n.stage FROM note n WHERE n.case_id = $1 AND n.round <= $2
       AND NOT EXISTS (SELECT FROM note_event e WHERE e.note = n.id AND e.kind IN ('resolved', 'withdrawn', 'accepted'))`,
    [caseId, round],
  );
  if (open.length === 0) return 0;
  const stages = await stagesOfRound(handle, caseId, round);
  return open.filter(
    (note) => noteRules.blockedStage({ ...note, author: '', onBehalfOf: null, state: 'open' }, { stages }) === stage,
  ).length;
}

async function stagesOfRound(handle: Handle, caseId: string, round: number): Promise<readonly string[]> {
  const found = await row<{ leg: string; stages: string }>(
    handle,
    'SELECT leg, stages FROM leg_case WHERE case_id = $1 AND round = $2 LIMIT 1',
    [caseId, round],
  );
  const all = JSON.parse(found?.stages ?? '[]') as readonly { readonly id: string; readonly leg: string }[];
  return all.filter(({ leg }) => leg === found?.leg).map(({ id }) => id);
}
