import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { checkNativeParts } from '../../scripts/launcher/native-parts.mjs';

let root: string;
const loads = (program: string): void => writeFileSync(join(root, 'node_modules/argon2/index.js'), program);
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sunward-native-'));
  mkdirSync(join(root, 'node_modules/argon2'), { recursive: true });
  writeFileSync(join(root, 'node_modules/.package-lock.json'), '{}');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

it.each([
  ['ends the process', `process.kill(process.pid, 'SIGSEGV')`, 'it ends Node with SIGSEGV'],
  ['cannot be linked', `throw new Error('libc.musl-x86_64.so.1: cannot open')`, 'libc.musl-x86_64.so.1: cannot open'],
])('a native part that %s is said with the way out, before any service starts', async (_how, program, reason) => {
  loads(program);
  await expect(checkNativeParts(root)).rejects.toThrow(reason);
  await expect(checkNativeParts(root)).rejects.toThrow('npm rebuild argon2 --ignore-scripts=false');
  loads('');
  await checkNativeParts(root);
});

it('one that loads is not asked again until something is installed', async () => {
  const mark = join(root, 'loaded');
  loads(`require('node:fs').writeFileSync(${JSON.stringify(mark)}, '')`);
  await checkNativeParts(root);
  expect(existsSync(mark)).toBe(true);
  rmSync(mark);
  await checkNativeParts(root);
  expect(existsSync(mark)).toBe(false);
  utimesSync(join(root, 'node_modules/.package-lock.json'), 1, 1);
  await checkNativeParts(root);
  expect(existsSync(mark)).toBe(true);
});
