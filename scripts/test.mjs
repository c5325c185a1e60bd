#!/usr/bin/env node
// npm test [-- JEST ARGUMENTS]: installs what is missing, builds, and runs every test.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkNativeParts } from './launcher/native-parts.mjs';
import { installPackages } from './launcher/packages.mjs';
import { exitWith } from './launcher/problem.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);
try {
  await installPackages(root);
  await checkNativeParts(root);
  const { build } = await import('./build.mjs');
  await build();
  const jest = path.join(root, 'node_modules/jest/bin/jest.js');
  // Each spec file leaves some memory behind in its worker, so workers are replaced; two, for two cores.
  const args = [jest, '-w', '2', '--workerIdleMemoryLimit=400MB', ...process.argv.slice(2)];
  const env = {
    ...process.env,
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --no-warnings`,
  };
  const { status, error } = spawnSync(process.execPath, args, { stdio: 'inherit', env });
  if (error) throw error;
  process.exitCode = status ?? 1;
} catch (error) {
  exitWith(error);
}
