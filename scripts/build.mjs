#!/usr/bin/env node
// npm run build: compiles apps and libs to dist with one run of swc, bundles the programs to dist/run, the verifier for
// browsers and the console to dist/web; does nothing for what did not change.
import { execFileSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildConsole } from './build-console.mjs';
import { bundle } from './bundle.mjs';
import { bundleVerifier } from './bundle-verifier.mjs';
import { exitWith, Problem } from './launcher/problem.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const dist = path.join(root, 'dist');
const stamp = path.join(dist, '.stamp');
const consoleFolder = path.join(root, 'apps/console');
const consoleDist = path.join(dist, 'web/console');
const consoleStamp = path.join(dist, '.console-stamp');
const isKept = (file) => [stamp, consoleStamp].includes(file) || file.startsWith(consoleDist + path.sep);
const isSource = (file) => file.endsWith('.ts') && !file.endsWith('.spec.ts') && !file.endsWith('.d.ts');

function filesBelow(folder) {
  const entries = fs.readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
}

function digestOf(files) {
  const hash = crypto.createHash('sha256');
  for (const file of files)
    hash.update(path.relative(root, file)).update('\0').update(fs.readFileSync(file)).update('\0');
  return hash.digest('hex');
}

/** Removes what an earlier build left of a source that is gone. */
function removeStale(sources) {
  const wanted = new Set(sources.map((file) => path.join(dist, path.relative(root, file)).replace(/\.ts$/, '.js')));
  const run = path.join(dist, 'run');
  fs.rmSync(run, { recursive: true, force: true });
  for (const file of filesBelow(dist)) if (!isKept(file) && !wanted.has(file.replace(/\.map$/, ''))) fs.rmSync(file);
}

/** Brings dist up to date. Answers whether anything was compiled. Rejects with Problem and the compiler's words. */
export async function build() {
  const programs = await buildPrograms();
  return (await buildPages()) || programs;
}

/** The console, from its own files and the libs that run in browsers too. */
async function buildPages() {
  const sources = [
    consoleFolder,
    ...['contracts', 'domain', 'evidence', 'report'].map((lib) => path.join(root, 'libs', lib)),
  ]
    .flatMap(filesBelow)
    .filter((file) => !file.endsWith('.spec.ts'))
    .sort();
  const recipe = ['package-lock.json', 'scripts/build-console.mjs'].map((file) => path.join(root, file));
  const digest = digestOf([...sources, ...recipe]);
  if (fs.existsSync(consoleStamp) && fs.readFileSync(consoleStamp, 'utf8') === digest) return false;
  fs.rmSync(consoleStamp, { force: true });
  try {
    await buildConsole(root);
  } catch (error) {
    throw new Problem(`The console could not be built:\n${error.message}`, { cause: error });
  }
  fs.writeFileSync(consoleStamp, digest);
  return true;
}

async function buildPrograms() {
  const sources = ['apps', 'libs']
    .flatMap((folder) => filesBelow(path.join(root, folder)))
    .filter((file) => isSource(file) && !file.startsWith(consoleFolder + path.sep))
    .sort();
  const recipe = [
    '.swcrc',
    'package-lock.json',
    'scripts/bundle.mjs',
    'scripts/bundle-verifier.mjs',
    'scripts/schemas.mjs',
    'scripts/keys.mjs',
  ];
  const fonts = filesBelow(path.join(root, 'libs/report-files/fonts'));
  const digest = digestOf([...sources, ...fonts, ...recipe.map((file) => path.join(root, file))]);
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === digest) return false;
  fs.mkdirSync(dist, { recursive: true });
  fs.rmSync(stamp, { force: true });
  const swc = path.join(root, 'node_modules/@swc/cli/bin/swc.js');
  try {
    execFileSync(
      process.execPath,
      [swc, 'apps', 'libs', '-d', 'dist', '--ignore', '**/*.spec.ts,apps/console/**', '-q'],
      {
        cwd: root,
        stdio: 'pipe',
      },
    );
  } catch (error) {
    throw new Problem(`The build failed:\n${error.stderr ?? error.message}`, { cause: error });
  }
  removeStale(sources);
  try {
    await bundle(root);
    await bundleVerifier(root);
  } catch (error) {
    throw new Problem(`The programs could not be bundled:\n${error.message}`, { cause: error });
  }
  fs.writeFileSync(stamp, digest);
  return true;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const started = performance.now();
    const built = await build();
    console.log(built ? `built in ${Math.round(performance.now() - started)} ms` : 'dist is up to date');
  } catch (error) {
    exitWith(error);
  }
}
