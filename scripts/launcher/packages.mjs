// Installs the packages of a checkout when they are not those of the lock file. Node built-ins only.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { Problem } from './problem.mjs';
import { heartbeat } from './progress.mjs';

function packagesOf(lockFile) {
  try {
    return JSON.parse(fs.readFileSync(lockFile, 'utf8')).packages;
  } catch {
    return {}; // npm writes its list last: without it nothing counts as installed
  }
}

/** Whether npm's own list of what it installed has everything the lock file demands, in those versions. */
function isInstalled(root) {
  const installed = packagesOf(path.join(root, 'node_modules/.package-lock.json'));
  const wanted = Object.entries(packagesOf(path.join(root, 'package-lock.json'))).filter(([place]) => place !== '');
  return wanted.every(([place, { version, optional, devOptional, peer }]) => {
    const found = installed[place];
    return found ? found.version === version : Boolean(optional || devOptional || peer);
  });
}

/** Runs `npm ci` unless node_modules already matches the lock file. Answers whether it ran. Throws Problem. */
export async function installPackages(root) {
  if (isInstalled(root)) return false;
  const stop = heartbeat('installing packages (npm ci)');
  const child = spawn('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
    shell: process.platform === 'win32',
  });
  let said = '';
  child.stderr.on('data', (chunk) => (said += chunk));
  const ended = await new Promise((resolve) =>
    child.once('error', (error) => resolve(error.message)).once('close', (code, signal) => resolve(signal ?? code)),
  );
  stop();
  if (ended !== 0)
    throw new Problem(`npm ci failed (${ended}); without it nothing can start:\n${said.trim().slice(-2000)}`);
  return true;
}
