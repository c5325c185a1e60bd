import { refuse, type Refusal } from '#domain/decision';
import { walkXml } from './xml-door.js';
import type { Package } from './zip-door.js';

/** Sheets in their order with the part each is in, and the number format of every cell style. */
export interface Workbook {
  readonly sheets: readonly { readonly name: string; readonly part: string; readonly hidden: boolean }[];
  readonly stringsPart: string;
  readonly styles: readonly string[];
}

const nothing = (): undefined => undefined;

/** Formats every spreadsheet knows without saying (ECMA-376 part 1, 18.8.30), as far as they change what a figure says. */
const BUILT_IN: Readonly<Record<string, string>> = {
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  9: '0%',
  10: '0.00%',
  14: 'yyyy-m-d',
  22: 'yyyy-m-d h:mm',
};

/** Reads what a workbook consists of. Refuses broken_file. */
export async function readWorkbook(opened: Package): Promise<Workbook | Refusal<'broken_file'>> {
  const bytes = await opened.part('xl/workbook.xml');
  if (bytes === null) return refuse('broken_file', { why: 'xl/workbook.xml is missing' });
  const targets = relations(await opened.part('xl/_rels/workbook.xml.rels'));
  const sheets: { name: string; part: string; hidden: boolean }[] = [];
  walkXml(bytes, 'xl/workbook.xml', {
    open: (element, { name = '', id = '', state = 'visible' }) => {
      if (element === 'sheet') sheets.push({ name, part: targets.get(id) ?? '', hidden: state !== 'visible' });
    },
    close: nothing,
    text: nothing,
  });
  const strings = [...targets.values()].find((target) => /sharedStrings\.xml$/i.test(target));
  return {
    sheets,
    stringsPart: strings ?? 'xl/sharedStrings.xml',
    styles: stylesOf(await opened.part('xl/styles.xml')),
  };
}

function relations(bytes: Uint8Array | null): Map<string, string> {
  const targets = new Map<string, string>();
  if (bytes === null) return targets;
  walkXml(bytes, 'xl/_rels/workbook.xml.rels', {
    open: (name, { Id: id = '', Target: target = '' }) => {
      if (name === 'Relationship') targets.set(id, target.startsWith('/') ? target.slice(1) : `xl/${target}`);
    },
    close: nothing,
    text: nothing,
  });
  return targets;
}

function stylesOf(bytes: Uint8Array | null): readonly string[] {
  const formats = new Map(Object.entries(BUILT_IN));
  const styles: string[] = [];
  if (bytes === null) return styles;
  let inCells = false;
  walkXml(bytes, 'xl/styles.xml', {
    open: (name, { numFmtId = '0', formatCode = '' }) => {
      if (name === 'numFmt') formats.set(numFmtId, formatCode);
      if (name === 'cellXfs') inCells = true;
      if (name === 'xf' && inCells) styles.push(formats.get(numFmtId) ?? '');
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
    text: nothing,
  });
  return styles;
}
