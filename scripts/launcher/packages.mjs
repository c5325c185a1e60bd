// Installs the packages of a checkout when the lock file differs from what is installed. Node built-ins only.
import { spawn } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Problem } from './problem.mjs';
import { heartbeat } from './progress.mjs';

/** Runs `npm ci` unless node_modules already matches the lock file. Answers whether it ran. Throws Problem. */
export async function installPackages(root) {
  const hash = crypto.createHash('sha256');
  for (const file of ['package.json', 'package-lock.json']) hash.update(fs.readFileSync(path.join(root, file)));
  const wanted = hash.digest('hex');
  const stamp = path.join(root, 'node_modules/.sunward-lock');
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted) return false;
  const stop = heartbeat('installing packages (npm ci)');
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const child = spawn('npm', args, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
    shell: process.platform === 'win32',
  });
  let said = '';
  child.stderr.on('data', (chunk) => (said += chunk));
  const code = await new Promise((resolve) =>
    child.once('error', (error) => resolve(error.message)).once('close', resolve),
  );
  stop();
  if (code !== 0)
    throw new Problem(`npm ci failed (${code}); without it nothing can start:\n${said.trim().slice(-2000)}`);
  fs.writeFileSync(stamp, wanted);
  return true;
}
