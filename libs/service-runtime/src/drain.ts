import type { Log } from './log.js';

/** A job may run this long after the signal before the process goes anyway; its lock expires and it is run again. */
const DEADLINE_MS = 30_000;

/**
 * Drains once on SIGTERM, SIGINT or when the launcher that forked this process is gone, then exits 0;
 * exits 1 at the deadline, on a failure, or at a second signal.
 */
export function drainOnSignal(log: Log, drain: () => Promise<void>): void {
  let draining = false;
  const stop = (signal: string): void => {
    if (draining) process.exit(1);
    draining = true;
    const started = performance.now();
    setTimeout(() => {
      log.error('drain_deadline', { seconds: DEADLINE_MS / 1000 });
      process.exit(1);
    }, DEADLINE_MS).unref();
    drain().then(
      () => {
        log.info('stopped', { signal, ms: Math.round(performance.now() - started) });
        process.exit(0);
      },
      (error: unknown) => {
        log.fault('drain_failed', error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('disconnect', () => stop('disconnect'));
}
