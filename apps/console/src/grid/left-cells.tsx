import { cellName } from '#report/format';
import type { CellPlace } from '#report/format-definition';
import { FewNames } from '../drafting/few-names.js';
import { useWords } from '../words/words.js';

/** The cells an act leaves alone because they are locked in this correction. */
export function LeftCells({ left }: { readonly left: readonly CellPlace[] }) {
  const { say } = useWords();
  if (left.length === 0) return null;
  return (
    <p className="note warn">
      {say('lock.left', { count: left.length })} <FewNames names={left.map(cellName)} />
    </p>
  );
}

/** Cells that may be written, and those that are left. */
export function partedByLock(
  cells: readonly CellPlace[],
  isLeft: (cell: string) => boolean,
): [readonly CellPlace[], readonly CellPlace[]] {
  return [cells.filter(({ id }) => !isLeft(id)), cells.filter(({ id }) => isLeft(id))];
}
