import { z } from 'zod';
import { canonicalBytes } from '#evidence/canonical';
import type { Parcel } from './channel.js';
import { ChannelFault } from './channel-fault.js';

/** What stands beside the folders of a report at a mirror and says which of them counts. */
const Current = z.object({
  schema: z.literal('sunward.channel/1'),
  document: z.uuid(),
  edition: z.int(),
  state: z.enum(['live', 'withdrawn']),
  folder: z.string(),
});
type Current = z.infer<typeof Current>;

const MOST_BYTES = 64 * 1024;
const VERSION = /^v(\d{1,7})-([0-9a-f]{12})$/;

/** Name of the folder with exactly these files of an edition. */
export const folderOf = ({ edition, tree }: Parcel): string => `v${edition}-${tree.digest.slice(0, 12)}`;

/** The bytes of `current.json`: the same for every attempt at one delivery. */
export function currentBytes(parcel: Parcel): Uint8Array {
  const { document, edition, act, organ, year, title, content, url, at, tree } = parcel;
  return canonicalBytes({
    schema: 'sunward.channel/1',
    document,
    organ,
    year,
    edition,
    state: act === 'show' ? 'live' : 'withdrawn',
    folder: folderOf(parcel),
    title,
    content,
    url,
    at,
    tree: tree.digest,
    files: tree.files.map(({ name, digest, bytes }) => ({ name, digest, sizeBytes: bytes.byteLength })),
  });
}

/**
 * Refuses `target_ahead` when what stands at the target came after the parcel: the withdrawal of this edition, or, for a parcel that is to count
 * there, a later edition. Something unreadable is nobody's word and is written over.
 */
export function checkNotAhead(standing: Uint8Array | undefined, { edition, act, isCurrent }: Parcel): void {
  const current = standing === undefined ? undefined : readCurrent(standing);
  if (current === undefined) return;
  const isLater = isCurrent && current.edition > edition;
  const isTakenBack = current.edition >= edition && current.state === 'withdrawn' && act === 'show';
  if (isLater || isTakenBack) throw new ChannelFault('target_ahead', { edition: current.edition });
}

function readCurrent(bytes: Uint8Array): Current | undefined {
  if (bytes.byteLength > MOST_BYTES) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
  const parsed = Current.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

/**
 * Which of the folders at a target have to go: other files of the same edition, and with a withdrawal every edition up to it.
 * Names that are no version of a report are somebody else's and stay.
 */
export function staleFolders(names: readonly string[], parcel: Parcel): readonly string[] {
  const own = folderOf(parcel);
  return names.filter((name) => {
    const edition = Number(VERSION.exec(name)?.[1] ?? Number.NaN);
    if (Number.isNaN(edition) || name === own) return false;
    return parcel.act === 'withdraw' ? edition <= parcel.edition : edition === parcel.edition;
  });
}
