import type { Command } from 'commander';
import { OrganCode } from '#contracts/fields';
import { RouteTemplate } from '#contracts/http/district.api';
import { isRefusal } from '#domain/decision';
import type { CommandContext } from '../command-context.js';
import { CommandFailure, EXIT } from '../exit-code.js';
import { readJsonFile } from '../local-file.js';
import { fillTemplate } from '#contracts/fill-route-template';

interface TemplateOptions {
  readonly set: readonly (readonly [string, string])[];
  readonly organ: readonly string[];
}

/** `directory template FILE`: default routes with their placeholders filled, as a change for `directory propose`. */
export function addDirectoryTemplate(directory: Command, context: CommandContext): void {
  directory
    .command('template <file>')
    .description('填好默认路线的空，输出变更文件 fill in default routes (samples/routes) and print the change')
    .option(
      '--set <placeholder=value>',
      '机关代码或登录名，可多次 an organ code or sign-in name, repeatable',
      setOption,
      [],
    )
    .option('--organ <code>', '只适用于此机关，可多次 for this organ only, repeatable', organOption, [])
    .action(async (file: string, { set, organ }: TemplateOptions) => {
      const template = RouteTemplate.safeParse(await readJsonFile(file));
      if (!template.success) {
        const sentence = { zh: `${file} 不是路线模板。`, en: `${file} is no template of routes.` };
        throw new CommandFailure(EXIT.usage, 'bad_template', sentence, { issues: template.error.issues });
      }
      const filling = { values: new Map(set), appliesTo: organ.length === 0 ? ('*' as const) : [...organ] };
      const change = fillTemplate(template.data, filling);
      if (isRefusal(change)) throw unfilled(template.data, change.data);
      context.write(JSON.stringify(change, null, 2));
      context.end(EXIT.ok);
    });
}

function setOption(text: string, before: TemplateOptions['set']): TemplateOptions['set'] {
  const [, name, value] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (name !== undefined && value !== undefined) return [...before, [name, value]];
  const sentence = { zh: `应写作 空=值，不是 ${text}。`, en: `Write placeholder=value; ${text} is not.` };
  throw new CommandFailure(EXIT.usage, 'bad_setting', sentence);
}

function organOption(text: string, before: readonly string[]): readonly string[] {
  if (OrganCode.safeParse(text).success) return [...before, text];
  const sentence = { zh: `${text} 不是机关代码。`, en: `${text} is no organ code.` };
  throw new CommandFailure(EXIT.usage, 'bad_organ', sentence);
}

/** Says what each open placeholder stands for. */
function unfilled({ organs, people }: RouteTemplate, data: Readonly<Record<string, unknown>>): CommandFailure {
  const { open = [], unknown = [] } = data as { open?: readonly string[]; unknown?: readonly string[] };
  const meanings: Readonly<Record<string, string>> = { ...organs, ...people };
  const lines = open.map((name) => `\n  --set ${name}=…  ${meanings[name] ?? ''}`).join('');
  const sentence =
    unknown.length > 0
      ? { zh: `模板中没有 ${unknown.join('、')}。`, en: `The template has no ${unknown.join(', ')}.` }
      : { zh: `还有空没有填：${lines}`, en: `Placeholders without a value:${lines}` };
  return new CommandFailure(EXIT.usage, 'template_unfilled', sentence, data);
}
