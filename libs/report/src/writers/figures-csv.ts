import { allFormats, cellName, cellsOf } from '../format.js';
import type { CellPlace } from '../format-definition.js';
import { cellNameInEnglish } from '../formats/english-labels.js';
import type { AnnualReport, Cell } from '../model.js';
import type { CsvColumn } from './report-csv.js';

/** What a figure's column holds, for the dictionary: in which formats it occurs, and in which unit it is. */
export interface FigureColumn extends CsvColumn {
  readonly formats: readonly string[];
  readonly unit: '' | '元' | '万元';
}

const UNIT: Readonly<Record<CellPlace['column']['kind'], FigureColumn['unit']>> = {
  count: '',
  change: '',
  money: '元',
  fee: '万元',
};

/** A column for every cell of every format known here, newest format first: the figures of many reports side by side. */
export function figureColumns(): readonly FigureColumn[] {
  const columns = new Map<string, FigureColumn>();
  for (const format of allFormats().toReversed()) {
    for (const place of format.tables.flatMap(cellsOf)) {
      const known = columns.get(place.id);
      columns.set(place.id, known === undefined ? columnOf(place, format.id) : alsoIn(known, place, format.id));
    }
  }
  return [...columns.values()];
}

/** A column that an older format has too; where it calls it otherwise, the dictionary says how, because what was counted may differ. */
function alsoIn(known: FigureColumn, place: CellPlace, format: string): FigureColumn {
  const { meaning: older } = columnOf(place, format);
  const { meaning } = known;
  const differs = older.zh !== meaning.zh;
  return {
    ...known,
    formats: [...known.formats, format],
    meaning: differs
      ? {
          zh: `${meaning.zh}；${format} 格式作：${older.zh}`,
          en: `${meaning.en}; in the form of ${format}: ${older.en}`,
        }
      : meaning,
  };
}

function columnOf(place: CellPlace, format: string): FigureColumn {
  const name = cellName(place);
  const unit = UNIT[place.column.kind];
  const english = cellNameInEnglish(place) ?? `figure ${place.id}`;
  const en = `${english}${unit === '' ? '' : unit === '元' ? ', in yuan' : ', in ten thousand yuan'}`;
  return { name: place.id, content: 'number', meaning: { zh: name, en }, formats: [format], unit };
}

/** The figures of one report in the order of `columns`, and what stands in cells that hold none: nothing is guessed to be 0. */
export interface FigureRecord {
  readonly figures: readonly string[];
  /** `id=unfilled`, `id=not-applicable`, `id=unreadable` or, for an amount nobody wrote a unit to, `id=no-unit:1150`. */
  readonly withoutFigure: readonly string[];
}

/** One report's record. A cell the report's format does not have is empty and not named in `withoutFigure`. */
export function figureRecord(report: AnnualReport, columns: readonly FigureColumn[]): FigureRecord {
  const cells = new Map<string, Cell>(Object.values(report.tables).flatMap((table) => Object.entries(table)));
  const withoutFigure: string[] = [];
  const figures = columns.map(({ name, unit }) => {
    const cell = cells.get(name);
    if (cell === undefined) return '';
    if (cell.state === 'value' && (unit === '' || cell.unit === unit)) return cell.value;
    withoutFigure.push(`${name}=${cell.state === 'value' ? `no-unit:${cell.value}` : cell.state}`);
    return '';
  });
  return { figures, withoutFigure };
}
