import type { BlockDefinition, CellKind, TableDefinition } from '../format-definition.js';

type Named = readonly [id: string, label: string];
type Column = readonly [id: string, label: string, kind: CellKind];

const GRID = 4;

/** One block of 表二: its heading over the whole width, then 信息内容 and the columns; the last column fills the grid. */
export function activeDisclosureBlock(
  id: string,
  heading: string,
  rows: readonly Named[],
  columns: readonly Column[],
): BlockDefinition {
  const last = columns.length - 1;
  const head = columns.map(([, label], index) => ({
    label,
    colSpan: index === last ? GRID - 1 - last : 1,
    rowSpan: 1,
  }));
  return {
    id,
    heading,
    head: [[{ label: '信息内容', colSpan: 1, rowSpan: 1 }, ...head]],
    rows: rows.map(([rowId, label]) => ({ id: rowId, labels: [label] })),
    columns: columns.map(([columnId, label, kind]) => ({ id: columnId, label, name: label, kind })),
  };
}

/** 表二 from its blocks. */
export function activeDisclosureTable(blocks: readonly BlockDefinition[]): TableDefinition {
  return { id: 't2', name: '表二', labelColumns: 1, width: GRID, blocks };
}
