import { type Command, InvalidArgumentError } from 'commander';
import type { z } from 'zod';
import type { MakeNote, NoteDetail } from '#contracts/http/notes.api';
import type { ApiClient } from '../api-client.js';
import { asPerson, type CommandContext, type ServerOptions, withServer } from '../command-context.js';
import { CommandFailure, EXIT } from '../exit-code.js';
import { acceptSuggestion, addNote, answerNote, readNotes } from '../note-acts.js';
import { noteLines } from '../note-lines.js';

interface AddOptions extends ServerOptions {
  readonly cell?: string;
  readonly chapter?: number;
  readonly paragraph?: number;
  readonly quote?: string;
  readonly text: string;
  readonly suggest?: string;
  readonly for?: string;
}

/** 乙代甲: whose deputy one is. */
const FOR = ['--for <person>', '代理：委托人编号 as deputy of this person'] as const;

/** `notes CASE` and `note add|reply|resolve|withdraw|accept`: 批注. */
export function addNoteCommands(program: Command, context: CommandContext): void {
  addList(program, context);
  const note = program.command('note').description('批注 notes on a report under sign-off');
  addMaking(note, context);
  addAnswer(note, context, 'reply', 'replies', '回复 reply to a note');
  addAnswer(note, context, 'resolve', 'resolution', '处理 resolve a note');
  addAnswer(note, context, 'withdraw', 'withdrawal', '撤回自己的批注 withdraw your own note');
  addAcceptance(note, context);
}

function addList(program: Command, context: CommandContext): void {
  withServer(program.command('notes <case>'), context)
    .description('列出批注 list the notes of a case')
    .option('--open', '只列未处理的 open ones only', false)
    .action(async (caseId: string, options: ServerOptions & { readonly open: boolean }, command: Command) => {
      const output = context.output(command);
      const legs = await asPerson(options, context.environment, async (client) => readNotes(client, caseId));
      const items = legs.flatMap((leg) => leg.items).filter(({ state }) => !options.open || state === 'open');
      for (const line of items.flatMap(noteLines)) output.say(line);
      if (items.length === 0) output.say({ zh: '没有批注。', en: 'No notes.' });
      output.result({ items });
      context.end(EXIT.ok);
    });
}

function addMaking(note: Command, context: CommandContext): void {
  withServer(note.command('add <case>'), context)
    .description('批注单元格、文字或整章 put a note on a cell, words or a chapter')
    .requiredOption('--text <text>', '意见 what to say')
    .option('--cell <id>', '单元格，如 t3.1.total a cell')
    .option('--quote <words>', '原文，逐字 words of the report, to the letter')
    .option('--chapter <no>', '章（单独使用时批注整章） chapter; alone: the whole of it', numberOf)
    .option('--paragraph <no>', '第几段，从 1 起 paragraph, from 1', numberOf)
    .option('--suggest <text>', '建议改为 what shall stand there instead')
    .option(...FOR)
    .action(async (caseId: string, options: AddOptions, command: Command) => {
      const place = placeOf(options);
      const { text, suggest: suggestion = null, for: onBehalfOf = null } = options;
      await finish(command, context, options, (client) =>
        addNote(client, caseId, { place, text, suggestion, onBehalfOf }),
      );
    });
}

function placeOf({ cell, quote, chapter, paragraph }: AddOptions): z.input<typeof MakeNote>['place'] {
  if (cell !== undefined && quote === undefined && chapter === undefined) return { cell };
  if (quote !== undefined && cell === undefined)
    return {
      quote,
      ...(chapter === undefined ? {} : { chapter }),
      ...(paragraph === undefined ? {} : { paragraph: paragraph - 1 }),
    };
  if (chapter !== undefined && cell === undefined) return { chapter };
  throw new CommandFailure(EXIT.usage, 'bad_place', {
    zh: '请用 --cell、--quote 或 --chapter 之一指明批注的位置。',
    en: 'Say where the note belongs with one of --cell, --quote and --chapter.',
  });
}

function numberOf(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('应为正整数 a whole number from 1');
}

function addAnswer(
  note: Command,
  context: CommandContext,
  name: string,
  act: Parameters<typeof answerNote>[3],
  description: string,
): void {
  const command = withServer(note.command(`${name} <case> <note>`), context)
    .description(description)
    .option(...FOR);
  if (act === 'replies') command.requiredOption('--text <text>', '回复 what to say');
  else command.option('--text <text>', '说明 a word on why');
  type Options = ServerOptions & { readonly text?: string; readonly for?: string };
  command.action(async (caseId: string, id: string, options: Options, self: Command) => {
    const said = { text: options.text ?? null, onBehalfOf: options.for ?? null };
    await finish(self, context, options, (client) => answerNote(client, caseId, id, act, said));
  });
}

async function finish(
  command: Command,
  context: CommandContext,
  options: ServerOptions,
  act: (client: ApiClient) => Promise<z.infer<typeof NoteDetail>>,
): Promise<void> {
  const output = context.output(command);
  const note = await asPerson(options, context.environment, act);
  for (const line of noteLines(note)) output.say(line);
  output.result({ ok: true, ...note });
  context.end(EXIT.ok);
}

function addAcceptance(note: Command, context: CommandContext): void {
  withServer(note.command('accept <case> <note>'), context)
    .description('采纳建议，成为新的一稿 take a suggestion over as the next revision')
    .action(async (caseId: string, id: string, options: ServerOptions, command: Command) => {
      const output = context.output(command);
      const taken = await asPerson(options, context.environment, async (client) =>
        acceptSuggestion(client, caseId, id),
      );
      output.say({
        zh: `✓ 已采纳，成为第 ${taken.revision} 稿。`,
        en: `✓ Accepted: revision ${taken.revision}.`,
      });
      output.result({ ok: true, ...taken });
      context.end(EXIT.ok);
    });
}
