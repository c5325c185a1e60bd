import type { Tx } from '#persistence/transaction';
import { latestDirectory } from '../directory-copy.repository.js';
import { takeUnjudgedCase } from '../due-cases.queries.js';
import { judgeLeg } from '../judge-leg.js';
import { lockLegCase } from '../leg-case.repository.js';
import type { LegPorts } from '../leg-ports.js';

/** Holds one case under sign-off against the newest directory (`judgeLeg`). False when every case has been judged. */
export async function judgeNextCase(tx: Tx, ports: LegPorts): Promise<boolean> {
  const directory = await latestDirectory(tx);
  if (directory === undefined) return false;
  const due = await takeUnjudgedCase(tx, directory.document.version);
  const leg = due === undefined ? undefined : await lockLegCase(tx, due.caseId);
  if (due === undefined || leg === undefined) return false;
  await judgeLeg(tx, leg, directory, due.correlationId, ports);
  return true;
}
