// Small questions about processes of this machine. Node built-ins only.
import { setTimeout as sleep } from 'node:timers/promises';

/** True while a process of this id exists, whoever owns it. */
export function isAlive(pid) {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Waits until `pid` is gone. Answers false when it still runs after `withinMs` milliseconds. */
export async function hasEnded(pid, withinMs) {
  const deadline = Date.now() + withinMs;
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}
