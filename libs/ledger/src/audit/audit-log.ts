import { type Digest, isDigest } from '#domain/identifiers';
import type { Instant } from '#domain/instant';
import type { Checkpoint } from '#evidence/checkpoint';
import type { EvidenceCrypto } from '#evidence/crypto';
import { isDefect } from '#evidence/defect';
import { appendLeaf, emptyFrontier, type Frontier, rootOfFrontier } from '#evidence/merkle-tree';
import type { FaultCode, LedgerFault } from './fault.js';
import type { LedgerContents, OpenNote, StoredLog } from './ledger-contents.js';

type Sha256 = Pick<EvidenceCrypto, 'sha256'>;

/** What waits this long for its place, its signature or its copy is not on its way any more. */
export const PATIENCE_MS = 60_000;

/**
 * Where the log was restored, as its own entries say: what was signed in the life before for more than `size` leaves was given up, and an
 * operator confirmed it. `checkpoint`: digest of the last note of that life.
 */
export interface Restore {
  readonly size: number;
  readonly checkpoint: string;
}

/** The tree over the leaves that are there, up to the first gap. */
interface Rebuilt {
  readonly size: number;
  readonly nodes: ReadonlyMap<string, Digest>;
  rootAt(size: number): Digest | undefined;
}

/** Every fault in the log itself: leaves, subtrees, signed heads, and their copies outside the database. */
export function auditLog(
  { log, copies, now }: Pick<LedgerContents, 'log' | 'copies' | 'now'>,
  restores: readonly Restore[],
  openNote: OpenNote,
  crypto: Sha256,
): LedgerFault[] {
  const tree = rebuild(log, crypto);
  const opened = copies.map((note) => (note === undefined ? undefined : { note, checkpoint: openNote(note) }));
  const outside = opened.flatMap((copy) =>
    copy === undefined || isDefect(copy.checkpoint) ? [] : [{ note: copy.note, checkpoint: copy.checkpoint }],
  );
  const unreadable = opened.flatMap((copy, at): LedgerFault[] =>
    copy === undefined || isDefect(copy.checkpoint)
      ? [{ code: 'copy_unreadable', in: 'copies', where: `${at + 1}` }]
      : [],
  );
  const given = givenUp(outside, restores, crypto);
  const own = (code: FaultCode, where: string): LedgerFault => ({ code, in: 'ledger', where });
  return [
    ...leafFaults(log).map(([code, where]) => own(code, where)),
    ...nodeFaults(log, tree).map(([code, where]) => own(code, where)),
    ...checkpointFaults(log, tree, given, openNote).map(([code, where]) => own(code, where)),
    ...unreadable,
    ...copyFaults(log, tree, { outside, given, now }),
  ];
}

type Named = readonly [FaultCode, string];
const nodeName = (level: number, index: number): string => `${level}/${index}`;
const headName = ({ epoch, size }: { readonly epoch: string | null; readonly size: number }): string =>
  `${epoch}/${size}`;

function rebuild({ leaves }: StoredLog, crypto: Sha256): Rebuilt {
  const nodes = new Map<string, Digest>();
  const roots: Digest[] = [rootOfFrontier(emptyFrontier, crypto)];
  let frontier: Frontier = emptyFrontier;
  for (const { index, hash } of leaves.toSorted((a, b) => a.index - b.index)) {
    if (index < frontier.size) continue;
    if (index > frontier.size || !isDigest(hash)) break;
    const { completed, ...next } = appendLeaf(frontier, hash, crypto);
    for (const node of completed.filter(({ level }) => level > 0))
      nodes.set(nodeName(node.level, node.index), node.hash);
    frontier = next;
    roots.push(rootOfFrontier(frontier, crypto));
  }
  return { size: frontier.size, nodes, rootAt: (size) => roots[size] };
}

function leafFaults({ leaves, checkpoints }: StoredLog): Named[] {
  const faults: Named[] = [];
  const seen = new Set<string>();
  let next = 0;
  for (const { index, hash } of leaves.toSorted((a, b) => a.index - b.index)) {
    for (; next < index; next += 1) faults.push(['leaf_missing', `${next}`]);
    if (seen.has(hash) || index < next) faults.push(['leaf_doubled', `${index}`]);
    seen.add(hash);
    next = index + 1;
  }
  const signed = Math.max(0, ...checkpoints.map(({ size }) => size));
  if (next > signed) faults.push(['leaf_unsigned', `${next - 1}`]);
  return faults;
}

function nodeFaults({ nodes }: StoredLog, tree: Rebuilt): Named[] {
  const stored = new Map(nodes.map(({ level, index, hash }) => [nodeName(level, index), hash]));
  const missing = [...tree.nodes.keys()].filter((name) => !stored.has(name));
  return [
    ...missing.map((name): Named => ['node_missing', name]),
    ...[...stored].flatMap(([name, hash]): Named[] => {
      const expected = tree.nodes.get(name);
      if (expected === undefined) return [['node_inserted', name]];
      return expected === hash ? [] : [['node_altered', name]];
    }),
  ];
}

/** Up to which size the signed heads of each life before this one still hold. */
type GivenUp = ReadonlyMap<string | null, number>;

function givenUp(
  outside: readonly { note: string; checkpoint: Checkpoint }[],
  restores: readonly Restore[],
  crypto: Sha256,
): GivenUp {
  const encoder = new TextEncoder();
  return new Map(
    outside.flatMap(({ note, checkpoint }) => {
      const restore = restores.find((one) => one.checkpoint === crypto.sha256(encoder.encode(note)));
      return restore === undefined ? [] : [[checkpoint.epoch, restore.size] as const];
    }),
  );
}

/** Whether the tree still has what was signed; null when it has, or when it was given up. */
function whyNotHeld(
  { epoch, size, root }: Pick<Checkpoint, 'epoch' | 'size' | 'root'>,
  tree: Rebuilt,
  given: GivenUp,
): FaultCode | null {
  if (size > (given.get(epoch) ?? Number.POSITIVE_INFINITY)) return null;
  if (size > tree.size) return 'log_truncated';
  return tree.rootAt(size) === root ? null : 'checkpoint_differs';
}

function checkpointFaults({ checkpoints }: StoredLog, tree: Rebuilt, given: GivenUp, openNote: OpenNote): Named[] {
  return checkpoints.flatMap((row): Named[] => {
    const said = openNote(row.note);
    const same =
      !isDefect(said) &&
      said.size === row.size &&
      said.root === row.root &&
      said.epoch === row.epoch &&
      said.at === row.at.toISOString();
    if (!same) return [['checkpoint_altered', headName(row)]];
    const wrong = whyNotHeld(said, tree, given);
    return wrong === null ? [] : [[wrong, headName(row)]];
  });
}

function copyFaults(
  { checkpoints }: StoredLog,
  tree: Rebuilt,
  {
    outside,
    given,
    now,
  }: { outside: readonly { note: string; checkpoint: Checkpoint }[]; given: GivenUp; now: Instant },
): LedgerFault[] {
  const inDatabase = new Set(checkpoints.map(({ note }) => note));
  const copied = new Set(outside.map(({ note }) => note));
  const uncopied = checkpoints.filter(
    ({ note, at }) => !copied.has(note) && Date.parse(now) - at.getTime() > PATIENCE_MS,
  );
  const faults = outside.flatMap(({ note, checkpoint }): LedgerFault[] => {
    const where = headName(checkpoint);
    const wrong = whyNotHeld(checkpoint, tree, given);
    if (wrong !== null) return [{ code: wrong, in: 'copies', where }];
    const lost = checkpoint.size <= (given.get(checkpoint.epoch) ?? Number.POSITIVE_INFINITY) && !inDatabase.has(note);
    return lost ? [{ code: 'checkpoint_missing', in: 'ledger', where }] : [];
  });
  return [
    ...faults,
    ...uncopied.map((row): LedgerFault => ({ code: 'checkpoint_not_copied', in: 'ledger', where: headName(row) })),
  ];
}
