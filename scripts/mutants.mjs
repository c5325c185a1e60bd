#!/usr/bin/env node
// npm run mutants [-- M1 M6 …]: breaks a rule at a time and asks the tests. Prints a table; exit code 1 when a defect survives.
// The rules of the law are broken inside the simulation; the other defects are patched into a copy of the source.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { planted } from './mutants/planted.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const SIMULATION = 'libs/signoff/src/signoff-simulation.spec.ts';

/** Runs named tests in a checkout; answers each test's full name and whether it passed. */
function run(checkout, { project, file, name, env = {} }) {
  const report = path.join(os.tmpdir(), `sunward-mutants-${process.pid}.json`);
  const args = ['scripts/test.mjs', `--selectProjects=${project}`, '--testPathPatterns', file, '--json', `--outputFile=${report}`, '--forceExit', '-t', name]; // prettier-ignore
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd: checkout,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (!fs.existsSync(report))
    throw new Error(`${file}: the tests did not run (exit ${status})\n${stderr.slice(-2000)}`);
  const { testResults } = JSON.parse(fs.readFileSync(report, 'utf8'));
  fs.rmSync(report);
  const results = testResults.flatMap(({ assertionResults }) => assertionResults);
  const ran = results.filter(({ status: how }) => how === 'passed' || how === 'failed');
  if (ran.length === 0) throw new Error(`${file}: no test called "${name}" ran\n${testResults[0]?.message ?? ''}`);
  return ran.map(({ title, status: how }) => ({ title, passed: how === 'passed' }));
}

/** A copy of what git knows, with the same packages. */
function scratchCopy() {
  const copy = fs.mkdtempSync(path.join(os.tmpdir(), 'sunward-mutants-'));
  const listed = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' }); // prettier-ignore
  for (const file of listed.stdout.split('\0').filter((one) => one !== '' && fs.existsSync(path.join(root, one)))) {
    fs.mkdirSync(path.dirname(path.join(copy, file)), { recursive: true });
    fs.copyFileSync(path.join(root, file), path.join(copy, file));
  }
  const packages = spawnSync('cp', ['-al', path.join(root, 'node_modules'), path.join(copy, 'node_modules')]);
  if (packages.status !== 0) fs.cpSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'), { recursive: true, verbatimSymlinks: true }); // prettier-ignore
  return copy;
}

/** Patches one defect in, asks its test, and takes it out again. True when the test noticed. */
function plant(copy, { file, from, to, test }) {
  const place = path.join(copy, file);
  const source = fs.readFileSync(place, 'utf8');
  if (source.split(from).length !== 2) throw new Error(`${file} does not hold exactly once: ${from}`);
  fs.writeFileSync(
    place,
    source.replace(from, () => to),
  );
  try {
    return run(copy, test).some(({ passed }) => !passed);
  } finally {
    fs.writeFileSync(place, source);
  }
}

const wanted = process.argv.slice(2);
const rows = [];
const add = (id, what, killed, by) => {
  rows.push({ id, what, killed });
  process.stdout.write(`${killed ? 'killed  ' : 'SURVIVED'}  ${id.padEnd(4)} ${what}  [${by}]\n`);
};

if (wanted.length === 0) {
  const rules = run(root, { project: 'unit', file: SIMULATION, name: 'notice that' });
  rules.forEach(({ title, passed }, index) =>
    add(`L${index + 1}`, title.replace('notice that ', ''), passed, 'simulation'),
  );
}
const copy = scratchCopy();
try {
  const chosen = planted.filter(({ id }) => wanted.length === 0 || wanted.includes(id));
  const green = new Map();
  for (const defect of chosen) {
    const key = JSON.stringify(defect.test);
    // A test that is red without the defect proves nothing.
    if (!green.has(key))
      green.set(
        key,
        run(copy, defect.test).every(({ passed }) => passed),
      );
    if (!green.get(key)) throw new Error(`${defect.test.file} "${defect.test.name}" fails without any defect`);
    add(
      defect.id,
      defect.what,
      plant(copy, defect),
      `${path.basename(defect.test.file)}: ${defect.test.name || 'all'}`,
    );
  }
} finally {
  fs.rmSync(copy, { recursive: true, force: true });
}
const killed = rows.filter((one) => one.killed).length;
process.stdout.write(`${killed} of ${rows.length}\n`);
process.exitCode = killed === rows.length ? 0 : 1;
