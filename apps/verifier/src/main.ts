#!/usr/bin/env node
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FolderVerdict, judgeFolder, presently, unjudged } from './folder-verdict.js';

const USAGE = `用法 usage: node verify.mjs [文件夹 folder] [--trust trust.json] [--json]
退出码 exit codes: 0 证实 proved, 1 不能证实 not proved, 2 无法核验 cannot be checked`;
const MAX_BYTES = 64 * 1024 * 1024;

function run(args: readonly string[]): FolderVerdict {
  const at = args.indexOf('--trust');
  const trustFile = at < 0 ? undefined : args[at + 1];
  const [folder, ...more] = args.filter((arg, index) => !arg.startsWith('--') && (at < 0 || index !== at + 1));
  const unknown = args.find((arg) => arg.startsWith('--') && !['--trust', '--json'].includes(arg));
  if (unknown !== undefined || more.length > 0 || (at >= 0 && trustFile === undefined)) return unjudged([USAGE]);
  const files = filesIn(resolve(folder ?? dirname(fileURLToPath(import.meta.url))));
  return judgeFolder(files, presently(), trustFile === undefined ? undefined : readSome(trustFile));
}

function filesIn(folder: string): Record<string, Uint8Array> {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return Object.fromEntries(files.map((name) => [name, readSome(join(folder, name))]));
}

function readSome(file: string): Uint8Array {
  const { size } = statSync(file);
  if (size > MAX_BYTES) throw new RangeError(`${file}: ${size} bytes, at most ${MAX_BYTES} are read`);
  return readFileSync(file);
}

/** Judges the folder and says so; whatever cannot be read leaves it unjudged. */
function main(args: readonly string[]): void {
  let found: FolderVerdict;
  try {
    found = run(args);
  } catch (error) {
    found = unjudged([`? ${error instanceof Error ? error.message : String(error)}`]);
  }
  const { lines, ...judged } = found;
  if (args.includes('--json')) console.log(JSON.stringify(judged));
  else for (const line of lines) console.log(line);
  process.exitCode = found.exit;
}

export { judgeFolder } from './folder-verdict.js';

// Imported by a test it judges nothing by itself.
if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
  main(process.argv.slice(2));
