import type { Command } from 'commander';
import type { z } from 'zod';
import type { Me } from '#contracts/http/gateway.api';
import { ApiClient } from './api-client.js';
import { CommandFailure, EXIT, type ExitCode } from './exit-code.js';
import { readLocalFile } from './local-file.js';
import type { Output } from './output.js';

/** What main.ts read from the environment, all optional. */
export interface CliEnvironment {
  readonly server: string | undefined;
  readonly password: string | undefined;
  readonly varDir: string;
  /** The owner's address of the database. */
  readonly database: string | undefined;
}

/** What every command gets: the environment, where to write, and how to end with an exit code. */
export interface CommandContext {
  readonly environment: CliEnvironment;
  output(command: Command): Output;
  /** A document on stdout, whatever the language. */
  write(text: string): void;
  end(code: ExitCode): void;
}

/** Options of every command that speaks to a server. */
export interface ServerOptions {
  readonly server: string;
  readonly login: string;
  readonly passwordFile?: string;
}

/** Adds --server, --login and --password-file to a command. */
export function withServer(command: Command, { environment }: CommandContext): Command {
  const server = environment.server ?? 'http://localhost:3000';
  return command
    .option('--server <url>', '网关地址 gateway address (env SUNWARD_SERVER)', server)
    .requiredOption('--login <name>', '登录名 sign-in name')
    .option('--password-file <file>', '口令文件 file with the password (else env SUNWARD_PASSWORD)');
}

/** Signs in, does the work, signs out. CommandFailure `password_missing` when no password was given. */
export async function asPerson<T>(
  options: ServerOptions,
  environment: CliEnvironment,
  work: (client: ApiClient, me: z.infer<typeof Me>) => Promise<T>,
): Promise<T> {
  const client = new ApiClient(options.server, {
    login: options.login,
    password: await passwordOf(options, environment),
  });
  const me = await client.signIn();
  try {
    return await work(client, me);
  } finally {
    await client.signOut();
  }
}

async function passwordOf({ passwordFile }: ServerOptions, { password }: CliEnvironment): Promise<string> {
  if (passwordFile !== undefined)
    return new TextDecoder().decode(await readLocalFile(passwordFile)).replace(/\r?\n$/, '');
  if (password !== undefined) return password;
  throw new CommandFailure(EXIT.usage, 'password_missing', {
    zh: '没有口令：请用 --password-file 或环境变量 SUNWARD_PASSWORD。',
    en: 'No password: use --password-file or the variable SUNWARD_PASSWORD.',
  });
}
