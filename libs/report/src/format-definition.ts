/** Id of a statutory format: the first report year it applies to, e.g. `2021`. Formats are data, so any id may come. */
export type FormatId = string;

/** Id of a statutory table: `t2` 表二, `t3` 表三, `t4` 表四. */
type TableId = string;

/**
 * What a column holds. `count`: whole number, 0 or more. `change`: signed whole number (本年增/减). `money`: amount kept in 元, printed in the unit the office chose.
 * `fee`: amount kept and printed in 万元, at most six decimals.
 */
export type CellKind = 'count' | 'change' | 'money' | 'fee';

/** One data column. `label` is printed in the head; `name` tells columns of equal label apart. */
export interface ColumnDefinition {
  readonly id: string;
  readonly label: string;
  readonly name: string;
  readonly kind: CellKind;
}

/** One data row. `labels` go from the outermost group to the row's own label; empty for the only row of 表四. */
export interface RowDefinition {
  readonly id: string;
  readonly labels: readonly string[];
}

/** One cell of a printed head. Spans count grid columns and rows; `''` never occurs as a label. */
export interface HeadCell {
  readonly label: string;
  readonly colSpan: number;
  readonly rowSpan: number;
}

/** Rows under one head. 表二 has several blocks, each with a heading of its own; the others have one with id `''`. */
export interface BlockDefinition {
  readonly id: string;
  readonly heading: string | null;
  readonly head: readonly (readonly HeadCell[])[];
  readonly rows: readonly RowDefinition[];
  readonly columns: readonly ColumnDefinition[];
}

/** A statutory table. `labelColumns`: grid columns taken by row labels; `width`: all grid columns. */
export interface TableDefinition {
  readonly id: TableId;
  readonly name: string;
  readonly labelColumns: number;
  readonly width: number;
  readonly blocks: readonly BlockDefinition[];
}

/** A statutory chapter, 1 to 6. A table chapter names its table; prose may stand before and after it. */
export interface ChapterDefinition {
  readonly no: number;
  readonly title: string;
  readonly kind: 'prose' | 'table';
  readonly table?: TableId;
}

/**
 * Σ `left` = Σ `right`, tolerance 0. `across: 'rows'`: ids are rows and the sum must hold in every column;
 * `across: 'columns'`: ids are columns and it must hold in every row. `name` tells identities of one rule apart.
 */
export interface Identity {
  readonly rule: string;
  readonly name: string;
  readonly table: TableId;
  readonly across: 'rows' | 'columns';
  readonly left: readonly string[];
  readonly right: readonly string[];
}

/** One statutory format as data. `years.to` null: still in force. `telltale`: a table label that only this format has. */
export interface FormatDefinition {
  readonly id: FormatId;
  readonly issued: string;
  readonly years: { readonly from: number; readonly to: number | null };
  readonly telltale: string;
  readonly chapters: readonly ChapterDefinition[];
  readonly tables: readonly TableDefinition[];
  readonly identities: readonly Identity[];
}

/** One cell with everything it belongs to. */
export interface CellPlace {
  readonly id: string;
  readonly table: TableDefinition;
  readonly block: BlockDefinition;
  readonly row: RowDefinition;
  readonly column: ColumnDefinition;
}
