// One launcher per var folder: a second one would start second services on the same keys and database.
import fs from 'node:fs';
import path from 'node:path';
import { Problem } from './problem.mjs';
import { isAlive } from './processes.mjs';

/** When the process began, in the kernel's ticks, so that a reused process id is not taken for the old launcher. */
function beganAt(pid) {
  try {
    const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    return fields.slice(fields.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return null; // no /proc on this system: the process id alone decides
  }
}

function holderOf(file) {
  try {
    const holder = JSON.parse(fs.readFileSync(file, 'utf8'));
    return isAlive(holder.pid) && beganAt(holder.pid) === holder.beganAt ? holder : undefined;
  } catch {
    return undefined; // absent, or written half by a launcher that was killed
  }
}

/** Throws Problem when a launcher runs on `varDir`. */
export function refuseSecondLauncher(varDir) {
  const holder = holderOf(path.join(varDir, 'launcher.pid'));
  if (!holder) return;
  throw new Problem(
    `Sunward already runs on ${varDir} (pid ${holder.pid}): ${holder.addresses.join(', ')}. ` +
      `Stop it with Ctrl-C in its terminal or with kill ${holder.pid}; for a second installation set SUNWARD_VAR, PORT and SITE_PORT.`,
  );
}

/** Takes the folder for this process. Answers how to give it back. Throws Problem when it is taken. */
export function takeLauncherLock(varDir, addresses) {
  refuseSecondLauncher(varDir);
  const file = path.join(varDir, 'launcher.pid');
  const holder = { pid: process.pid, beganAt: beganAt(process.pid), addresses };
  fs.rmSync(file, { force: true });
  try {
    fs.writeFileSync(file, JSON.stringify(holder), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    throw new Problem(`Another launcher takes ${varDir} at this moment; try again in a second.`, { cause: error });
  }
  return () => fs.rmSync(file, { force: true });
}
