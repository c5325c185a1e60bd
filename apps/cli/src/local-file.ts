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
    throw fileUnreadable(path, error);
  }
}

/** What the commonest of Node's codes mean to whoever named the file. */
const REASONS: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  ENOENT: { zh: '没有这个文件或文件夹，请核对路径', en: 'there is no such file or folder; check the path' },
  EACCES: { zh: '没有读取权限', en: 'you may not read it' },
  EISDIR: { zh: '这是文件夹，请给出其中的文件', en: 'it is a folder; name a file in it' },
};

/** The failure of a file that cannot be read: `file_unreadable` (usage), with the reason in words. */
export function fileUnreadable(path: string, error: unknown): CommandFailure {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const told = error instanceof Error ? error.message : String(error);
  const reason = REASONS[code] ?? { zh: told, en: told };
  const sentence = { zh: `无法读取 ${path}：${reason.zh}。`, en: `Cannot read ${path}: ${reason.en}.` };
  return new CommandFailure(EXIT.usage, 'file_unreadable', sentence, { path }, error);
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
