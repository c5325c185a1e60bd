import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RouteTemplate } from '#contracts/http/district.api';
import { TemplateName } from '#contracts/http/route-templates.api';

/** A template with its name. */
export type NamedTemplate = RouteTemplate & { readonly template: string };

/** Every template in a folder, by name; none where there is no such folder. Throws for a file that is no template. */
export async function readTemplates(folder: string): Promise<readonly NamedTemplate[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const files = names.filter(
    (name) => TemplateName.safeParse(name.replace(/\.json$/, '')).success && name.endsWith('.json'),
  );
  return Promise.all(files.toSorted().map((name) => readTemplate(folder, name)));
}

async function readTemplate(folder: string, name: string): Promise<NamedTemplate> {
  const parsed = RouteTemplate.safeParse(JSON.parse(await readFile(join(folder, name), 'utf8')));
  if (!parsed.success) throw new Error(`${join(folder, name)} is no template of routes`, { cause: parsed.error });
  return { template: name.replace(/\.json$/, ''), ...parsed.data };
}

/** One template by its name; undefined when there is none. The name is looked for in the list, never put into a path. */
export async function findTemplate(folder: string, name: string): Promise<NamedTemplate | undefined> {
  return (await readTemplates(folder)).find(({ template }) => template === name);
}
