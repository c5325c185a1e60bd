// Whether the packages with a native part work on this machine, before a service dies of one without a word. Node built-ins only.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { Problem } from './problem.mjs';

/** Packages with a part that npm has to test, and compile where the prebuilt one does not run; embedded PostgreSQL says so itself. */
const NATIVE = ['argon2'];

/** What was found to work: with this Node, after this installation. */
function stateOf(root) {
  const installed = fs.statSync(path.join(root, 'node_modules/.package-lock.json'), { throwIfNoEntry: false });
  return `${process.version} ${process.platform}-${process.arch} ${installed?.mtimeMs ?? 'unknown'}`;
}

/** Loads a package in a process of its own, because one that does not fit may end the process. Answers why it does not load, or undefined. */
async function whyNotLoaded(root, name) {
  const child = spawn(process.execPath, ['-e', `require(${JSON.stringify(name)})`], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => (said += chunk));
  const ended = await new Promise((resolve) =>
    child.once('error', (error) => resolve(error.message)).once('close', (code, signal) => resolve(signal ?? code)),
  );
  if (ended === 0) return undefined;
  return /^Error: (.*)$/m.exec(said)?.[1] ?? (typeof ended === 'string' ? `it ends Node with ${ended}` : said.trim());
}

/**
 * Checks, once after each installation, that every native part loads. Throws Problem with the way out: `npm ci --ignore-scripts`, also when npm's
 * own settings say so, leaves prebuilt parts untested, and one that does not fit this machine ends the process with a signal.
 */
export async function checkNativeParts(root) {
  const stamp = path.join(root, 'node_modules/.cache/sunward/native-parts');
  const state = stateOf(root);
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === state) return;
  for (const name of NATIVE) {
    const reason = await whyNotLoaded(root, name);
    if (reason === undefined) continue;
    throw new Problem(
      `The package ${name} does not load with Node ${process.versions.node} on ${process.platform}-${process.arch}: ${reason}. ` +
        'Its prebuilt part does not fit this machine, and installing without scripts (--ignore-scripts, or ignore-scripts in .npmrc) left it untested. ' +
        `Have it compiled here: npm rebuild ${name} --ignore-scripts=false. That needs a C++ compiler, make and Python 3 ` +
        '(Debian: apt-get install build-essential python3).',
    );
  }
  fs.mkdirSync(path.dirname(stamp), { recursive: true });
  fs.writeFileSync(stamp, state);
}
