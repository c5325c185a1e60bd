import os from 'node:os';

/** Below what is signed and published with, above what administrators leave for idle hours. */
const LOW = 10;

/**
 * Has this process, on Linux this thread of it alone, give way to everything that is urgent on the machine. One that was started lower stays there:
 * raising a priority is for administrators alone and fails with EACCES. Source: setpriority(2).
 */
export function giveWay(priority: Pick<typeof os, 'getPriority' | 'setPriority'> = os): void {
  if (priority.getPriority() < LOW) priority.setPriority(LOW);
}
