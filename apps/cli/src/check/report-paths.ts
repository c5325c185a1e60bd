import { opendir, stat } from 'node:fs/promises';
import path from 'node:path';
import { CommandFailure, EXIT } from '../exit-code.js';
import { fileUnreadable } from '../local-file.js';

/** Endings of files that may hold a report; what a file really is, its content says. */
const ENDINGS = new Set(['.txt', '.md', '.htm', '.html', '.docx', '.xlsx', '.pdf']);

/** Files named as they are, folders replaced by the report files below them in the order of their names. CommandFailure `file_unreadable`, `no_files`. */
export async function reportPaths(named: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(named.map(async (name) => ((await isFolder(name)) ? filesBelow(name) : [name])));
  const files = found.flat();
  if (files.length > 0) return files;
  throw new CommandFailure(EXIT.usage, 'no_files', {
    zh: `${named.join('、')} 之下没有报告文件（${[...ENDINGS].join(' ')}）。`,
    en: `There are no report files (${[...ENDINGS].join(' ')}) below ${named.join(', ')}.`,
  });
}

async function isFolder(name: string): Promise<boolean> {
  try {
    return (await stat(name)).isDirectory();
  } catch (error) {
    throw fileUnreadable(name, error);
  }
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const files: string[] = [];
  for await (const entry of await opendir(folder, { recursive: true })) {
    const hidden = entry.name.startsWith('.') || entry.name.startsWith('~$');
    if (entry.isFile() && !hidden && ENDINGS.has(path.extname(entry.name).toLowerCase()))
      files.push(path.join(entry.parentPath, entry.name));
  }
  return files.toSorted();
}
