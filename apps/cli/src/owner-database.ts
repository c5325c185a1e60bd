import path from 'node:path';
import type { Command } from 'commander';
import type { CommandContext } from './command-context.js';
import { CommandFailure, EXIT } from './exit-code.js';
import { readLocalFile } from './local-file.js';

/** How a command that asks the database as its owner is told which one. */
export interface DatabaseOption {
  readonly database?: string;
}

/** Gives a command the option by which the database is named. */
export function withDatabase(command: Command): Command {
  return command.option(
    '--database <url>',
    '数据库所有者地址 owner’s address (env DATABASE_URL; default: the embedded one)',
  );
}

/** The owner's address: as named, else as the environment says, else of the embedded database. Throws CommandFailure no_database. */
export async function ownersAddress(
  { varDir, database }: CommandContext['environment'],
  options: DatabaseOption,
): Promise<string> {
  return options.database ?? database ?? (await embeddedDatabase(varDir));
}

// As `npm start` keeps it in its folder.
async function embeddedDatabase(varDir: string): Promise<string> {
  try {
    const text = async (name: string): Promise<string> =>
      new TextDecoder().decode(await readLocalFile(path.join(varDir, name)));
    const port = Number((await text('pg/postmaster.pid')).split('\n')[3]);
    return `postgres://postgres:${encodeURIComponent((await text('pg.password')).trim())}@127.0.0.1:${port}/sunward`;
  } catch (error) {
    const sentence = {
      zh: `没有指定数据库，${varDir} 下也没有在运行的嵌入式数据库：请用 --database 或 DATABASE_URL 给出所有者地址。`,
      en: `No database named, and no embedded one runs in ${varDir}: give the owner's address with --database or DATABASE_URL.`,
    };
    throw new CommandFailure(EXIT.usage, 'no_database', sentence, { varDir }, error);
  }
}
