#!/usr/bin/env node
// npm run simulate: as many random histories of sign-off as HISTORIES says (50,000), from SEED (the clock). Prints the seed; SEED replays it.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const args = ['scripts/test.mjs', '--selectProjects=unit', '--testPathPatterns', 'signoff-simulation', '-t', 'keep every promise', '--verbose']; // prettier-ignore
const env = { ...process.env, HISTORIES: process.env.HISTORIES ?? '50000' };
process.exitCode = spawnSync(process.execPath, args, { cwd: root, env, stdio: 'inherit' }).status ?? 1;
