import { getContent } from '#content-store/content-store';
import type { RouteDocument } from '#evidence/statements';
import { type Handle, rows } from '#persistence/sql';

/** Names of the stages of a route, by id. A route never changes, so its names are read once. */
const namesByRoute = new Map<string, ReadonlyMap<string, string>>();

async function namesOf(handle: Handle, route: string): Promise<ReadonlyMap<string, string>> {
  const known = namesByRoute.get(route);
  if (known) return known;
  const bytes = await getContent(handle, route);
  const { stages } = JSON.parse(new TextDecoder().decode(bytes)) as Pick<RouteDocument, 'stages'>;
  const names = new Map(stages.map(({ id, name }) => [id, name]));
  namesByRoute.set(route, names);
  return names;
}

/** Gives a stage's name as a route of the organ has it, else as any route has it, otherwise its id. */
export async function stageNames(handle: Handle): Promise<(organ: string | null, stage: string) => string> {
  const known = await rows<{ organ: string; route: string }>(
    handle,
    'SELECT organ, route FROM organ_route ORDER BY organ, route',
  );
  const names = new Map<string, ReadonlyMap<string, string>>();
  for (const { route } of known) if (!names.has(route)) names.set(route, await namesOf(handle, route));
  return (organ, stage) => {
    const own = known.filter((one) => one.organ === organ);
    const found = [...own, ...known].map(({ route }) => names.get(route)?.get(stage));
    return found.find((name) => name !== undefined) ?? stage;
  };
}
