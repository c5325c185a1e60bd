import { runInTransaction } from '#persistence/transaction';
import type { ServicePorts, Sweep } from '#service-runtime/ports';
import { legSweeps, untilNoneLeft } from '#signoff/leg-sweeps';
import { releaseNextDue } from '#signoff/use-cases/release-case.use-case';
import { endNextStranded } from './use-cases/end-stranded.use-case.js';
import { remindNextUnpublished } from './use-cases/remind-publication.use-case.js';

/** How often due cases are looked for. What is due at the last signature does not wait for it. */
const RELEASE_SWEEP_MS = 1000;

/** The sweeps of the approval service; each does one case per transaction until none is left. */
export function sweeps(ports: ServicePorts): Sweep[] {
  return [
    ...legSweeps(ports),
    {
      name: 'release-due',
      everyMs: RELEASE_SWEEP_MS,
      run: () => untilNoneLeft(() => runInTransaction(ports.db, (tx) => releaseNextDue(tx, ports))),
    },
    {
      name: 'held-without-end',
      everyMs: ports.environment.sweepMs,
      run: () => untilNoneLeft(() => runInTransaction(ports.db, (tx) => endNextStranded(tx, ports))),
    },
    {
      name: 'approved-not-live',
      everyMs: ports.environment.sweepMs,
      run: () => untilNoneLeft(() => runInTransaction(ports.db, remindNextUnpublished)),
    },
  ];
}
