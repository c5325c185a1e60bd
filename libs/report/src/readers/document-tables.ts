import type { Finding } from '../finding.js';
import type { FormatDefinition, TableDefinition } from '../format-definition.js';
import type { RawChapter } from './chapter-split.js';
import { type GridPiece, labelsFound } from './grid-figures.js';
import type { DocumentTable, SourcePlace } from './report-document.js';
import { sourceText } from './source-text.js';

/** Which tables of a document are which of the form; `strays` hold a statutory table's labels but were not taken. */
export interface AssignedTables {
  readonly byTable: ReadonlyMap<string, readonly GridPiece[]>;
  readonly lines: ReadonlySet<number>;
  readonly strays: readonly { readonly line: number; readonly table: TableDefinition }[];
  /** Tables that are none of the form. */
  readonly others: readonly GridPiece[];
}

/** Fewer labels than this say nothing about what a table is. */
const FEWEST_LABELS = 3;

interface Candidate extends GridPiece {
  readonly definition: TableDefinition;
  readonly inChapter: boolean;
}

/**
 * Tells the tables of a document by the labels in them. Pieces of one table are joined in their order; a table found in its own chapter wins
 * over one elsewhere (last year's for comparison, a copy in an annex), which is reported.
 */
export function assignTables(
  tables: ReadonlyMap<number, DocumentTable>,
  chapters: readonly RawChapter[],
  format: FormatDefinition,
): AssignedTables {
  const chapterOf = new Map(chapters.flatMap(({ no, body }) => body.map((line) => [line.no, no] as const)));
  const candidates = [...tables].flatMap(([line, table]): Candidate[] => {
    const definition = bestDefinition(table, format);
    if (definition === undefined) return [];
    const own = format.chapters.find((chapter) => chapter.table === definition.id)?.no;
    return [{ line, table, definition, inChapter: chapterOf.get(line) === own }];
  });
  const byTable = new Map<string, readonly GridPiece[]>();
  const strays: Candidate[] = [];
  for (const definition of format.tables) {
    const all = candidates.filter((candidate) => candidate.definition === definition);
    const own = all.filter(({ inChapter }) => inChapter);
    const taken = own.length > 0 ? own : all;
    if (taken.length > 0) byTable.set(definition.id, taken);
    strays.push(...all.filter((candidate) => !taken.includes(candidate)));
  }
  const lines = new Set([...byTable.values()].flatMap((pieces) => pieces.map(({ line }) => line)));
  const told = new Set(candidates.map(({ line }) => line));
  const others = [...tables].filter(([line]) => !told.has(line)).map(([line, table]) => ({ line, table }));
  return { byTable, lines, strays: strays.map(({ line, definition }) => ({ line, table: definition })), others };
}

function bestDefinition(table: DocumentTable, format: FormatDefinition): TableDefinition | undefined {
  const scored = format.tables
    .map((definition) => ({ definition, score: labelsFound(table, definition) }))
    .toSorted((a, b) => b.score - a.score);
  const [best, next] = scored;
  if (best === undefined || best.score < FEWEST_LABELS) return undefined;
  return next !== undefined && next.score === best.score ? undefined : best.definition;
}

/** A warning for each table whose words were not taken: a second one like a statutory table, or one that is none of the form. */
export function strayFindings(assigned: AssignedTables, where: (line: number) => SourcePlace): readonly Finding[] {
  return [...strayTables(assigned, where), ...otherTables(assigned, where)];
}

function strayTables({ strays }: AssignedTables, where: (line: number) => SourcePlace): readonly Finding[] {
  return strays.map(({ line, table }): Finding => {
    const at = where(line);
    const { zh, en } = sourceText(at);
    return {
      code: 'other_table',
      rule: 'S06',
      severity: 'W',
      place: { table: table.id },
      line: at.line ?? null,
      at,
      original: '',
      message: {
        zh: `${zh}：另有一张${table.name}样式的表，不在本部分之内，未采用`,
        en: `${en}: another table like ${table.id} stands outside its chapter and was not taken over`,
      },
    };
  });
}

const LONGEST_SAMPLE = 200;

function otherTables({ others }: AssignedTables, where: (line: number) => SourcePlace): readonly Finding[] {
  return others.flatMap(({ line, table }): Finding[] => {
    const words = table.rows.flatMap((row) => row.map(({ text }) => text.trim())).filter((text) => text !== '');
    if (words.length === 0) return [];
    const at = where(line);
    const { zh, en } = sourceText(at);
    const original = words.join(' | ').slice(0, LONGEST_SAMPLE);
    return [
      {
        code: 'table_not_statutory',
        rule: 'S06',
        severity: 'W',
        place: { part: 'report' },
        line: at.line ?? null,
        at,
        original,
        message: {
          zh: `${zh}：此表不是法定表格，未采用（${original}）`,
          en: `${en}: this table is none of the form and was not taken over (${original})`,
        },
      },
    ];
  });
}
