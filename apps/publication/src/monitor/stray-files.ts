import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isAbsent, isNotGiven } from '../site/plain-file.js';
import type { SiteFolder } from '../site/site-folder.js';

/** Something in the public part of the folder that is no link of a report and no file of a tree, or a folder nobody is let into. `isDown`: it was put aside, out of readers' reach. */
export interface StrayFile {
  readonly path: string;
  readonly code: 'file_unknown';
  readonly isDown: boolean;
}

/** What may stand at each depth of the two parts of the folder links are in; the last is the link itself, which the watch of addresses judges. */
const PLACES: Readonly<Record<string, readonly RegExp[]>> = {
  public: [/^xxgk$/, /^ndbg$/, /^[a-z0-9-]{1,64}$/, /^\d{4}$/],
  versions: [/^[a-z0-9-]{1,64}$/, /^\d{4}$/, /^v[1-9]\d{0,6}$/],
};

/** How many of the outermost folders hold everything: where one of these lets nobody in, the disk is to be looked at, and nothing is moved. */
const HOLDING: Readonly<Record<string, number>> = { public: 3, versions: 1 };

/**
 * Finds what nobody signed and no link names: whatever stands beside the links, and files in a tree that its manifest does not list, which a server
 * of files would show all the same. Each is moved out of the public part, where it can be looked at, and told. `onFault`: told why one could not be
 * moved; it is told of all the same, and what else is watched is not kept waiting for it. `beforeMoving`: told of all of them while they still stand
 * there; a process that ends between the two has said what it did.
 */
export async function putAsideStrays(
  folder: SiteFolder,
  onFault: (error: unknown, path: string) => void,
  beforeMoving: (strays: readonly StrayFile[]) => Promise<void> = async () => undefined,
): Promise<readonly StrayFile[]> {
  const found: string[] = [];
  for (const [top, places] of Object.entries(PLACES)) await look(folder.root, [top], places, found);
  for (const tree of new Set((await folder.links(() => undefined)).map((link) => link.tree)))
    found.push(...(await strangersIn(folder, tree)));
  const strays: StrayFile[] = [];
  if (found.length > 0) await beforeMoving(found.map((path) => ({ path, code: 'file_unknown', isDown: false })));
  for (const path of found)
    strays.push({ path, code: 'file_unknown', isDown: await isPutAside(folder, path, onFault) });
  return strays;
}

async function isPutAside(
  folder: SiteFolder,
  path: string,
  onFault: (error: unknown, path: string) => void,
): Promise<boolean> {
  try {
    return await folder.putAside(path);
  } catch (error) {
    onFault(error, path);
    return false;
  }
}

async function look(root: string, at: readonly string[], places: readonly RegExp[], found: string[]): Promise<void> {
  const [place, ...deeper] = places;
  if (place === undefined) return;
  const mayMove = at.length > (HOLDING[at[0] ?? ''] ?? 0);
  const entries = await readdir(join(root, ...at), { withFileTypes: true }).catch((error: unknown) =>
    nothingIn(error, mayMove),
  );
  if (entries === 'denied') found.push(at.join('/'));
  else
    for (const entry of entries) {
      const path = [...at, entry.name];
      // A folder in the place of a link is for the watch of addresses to judge.
      const isProper = place.test(entry.name) && (deeper.length === 0 ? !entry.isFile() : entry.isDirectory());
      if (!isProper) found.push(path.join('/'));
      else await look(root, path, deeper, found);
    }
}

async function strangersIn(folder: SiteFolder, tree: string): Promise<readonly string[]> {
  const listed = await folder.namesIn(tree);
  // A tree without a readable list is judged, and its link removed, by the watch of addresses.
  if (listed === undefined) return [];
  const known = new Set(['manifest.json', ...listed]);
  const names = await readdir(join(folder.root, 'trees', tree)).catch((error: unknown) => nothingIn(error, true));
  if (names === 'denied') return [`trees/${tree}`];
  return names.filter((name) => !known.has(name)).map((name) => `trees/${tree}/${name}`);
}

function nothingIn(error: unknown, mayMove: boolean): [] | 'denied' {
  if (mayMove && isNotGiven(error)) return 'denied';
  if (!isAbsent(error)) throw error;
  return [];
}
