import { memo, useMemo, useState } from 'react';
import type { FormatDefinition, TableDefinition } from '#report/format-definition';
import type { GridPlace } from '../grid/grid-place.js';
import { StatGrid } from '../grid/stat-grid.js';
import { useFindings, useOpenDraft } from './open-draft.js';
import { marksOf } from './places.js';

interface TableOfChapterProps {
  readonly format: FormatDefinition;
  readonly chapter: number;
  readonly places: ReadonlyMap<string, GridPlace>;
}

/** The statutory table of a chapter, if it has one. */
export const TableOfChapter = memo(function TableOfChapter({ format, chapter, places }: TableOfChapterProps) {
  const id = format.chapters.find(({ no }) => no === chapter)?.table;
  const table = format.tables.find((one) => one.id === id);
  const place = places.get(id ?? '');
  if (table === undefined || place === undefined) return null;
  return <Grid format={format} table={table} place={place} />;
});

interface GridProps {
  readonly format: FormatDefinition;
  readonly table: TableDefinition;
  readonly place: GridPlace;
}

function Grid({ format, table, place }: GridProps) {
  const { beside } = useOpenDraft();
  const findings = useFindings();
  const marks = useSameMarks(useMemo(() => marksOf(format, table.id, findings), [format, table, findings]));
  const { report: lastYear = null } = beside.lastYear ?? {};
  // Another format may count other things under the same name: only its own table stands beside.
  const before = lastYear?.format === format.id ? (lastYear.tables[table.id] ?? null) : null;
  return <StatGrid format={format} table={table} place={place} marks={marks} lastYear={before} />;
}

type Marks = ReturnType<typeof marksOf>;

/** The marks as they were while they say the same: most findings of a key are of no cell, and the table is then not gone through. */
function useSameMarks(now: Marks): Marks {
  const [kept, keep] = useState(now);
  const isSame = kept.size === now.size && [...now].every(([id, mark]) => kept.get(id) === mark);
  if (!isSame) keep(now);
  return isSame ? kept : now;
}
