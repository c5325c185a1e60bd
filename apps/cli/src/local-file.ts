import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CommandFailure, EXIT } from './exit-code.js';

const MAX_BYTES = 64 * 1024 * 1024;

/** Reads a file of at most 64 MiB. CommandFailure `file_unreadable` (usage) otherwise. */
export async function readLocalFile(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > MAX_BYTES) throw new RangeError(`${size} bytes, at most ${MAX_BYTES} are read`);
    return await readFile(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const sentence = { zh: `无法读取文件 ${path}：${reason}`, en: `cannot read ${path}: ${reason}` };
    throw new CommandFailure(EXIT.usage, 'file_unreadable', sentence, { path }, error);
  }
}

/** Reads the file of this name beside another, or answers undefined when there is none. */
export async function readFileBeside(file: string, name: string): Promise<Uint8Array | undefined> {
  const beside = join(dirname(file), name);
  return existsSync(beside) ? readLocalFile(beside) : undefined;
}

/** Reads a JSON file. CommandFailure `file_unreadable` or `file_not_json`. */
export async function readJsonFile(path: string): Promise<unknown> {
  const bytes = await readLocalFile(path);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    const sentence = { zh: `${path} 不是 JSON 文件。`, en: `${path} is not a JSON file.` };
    throw new CommandFailure(EXIT.usage, 'file_not_json', sentence, { path }, error);
  }
}
