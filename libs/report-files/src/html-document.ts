import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { isRefusal, refuse, type Refusal } from '#domain/decision';
import { decodeText } from '#report/readers/decode';
import type {
  DocumentParagraph,
  DocumentTable,
  FileNotice,
  GridCell,
  ReportDocument,
} from '#report/readers/report-document';

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

/** Deeper and more than any page that holds a report; spans beyond are damage or malice. */
const LIMITS = { depth: 500, nodes: 500_000, span: 100 };

const NOT_TEXT = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'head',
  'iframe',
  'object',
  'svg',
  'select',
  'textarea',
]);
const BREAKS = new Set([
  'p',
  'div',
  'section',
  'article',
  'li',
  'ul',
  'ol',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'tr',
  'td',
  'th',
  'header',
  'footer',
  'main',
  'blockquote',
  'pre',
  'caption',
  'dd',
  'dt',
  'hr',
  'table',
  'nav',
  'aside',
  'form',
  'center',
]);
const EXTERNAL = new Set(['iframe', 'object', 'embed', 'link']);

/** Thrown while walking; ends the reading with a refusal. */
class TooDeep extends Error {}

/**
 * A web page or fragment as a document. Tables keep their spans; a table that holds tables is layout and read as text around them. What a browser
 * does not show is not read and reported; nothing is fetched or run. Refuses what `decodeText` refuses, and oversized_document (limit).
 */
export function htmlDocument(bytes: Uint8Array): ReportDocument | Refusal {
  const html = decodedHtml(bytes);
  if (isRefusal(html)) return html;
  const walk = new HtmlWalk();
  try {
    for (const node of parse(html).childNodes) walk.visit(node, 0);
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    return refuse('oversized_document', { limit: error.message });
  }
  walk.endParagraph();
  return { kind: 'html', blocks: walk.blocks, notices: walk.notices() };
}

/** A declared GB encoding wins over guessing; everything else goes the way of text files. */
function decodedHtml(bytes: Uint8Array): string | Refusal {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 2048));
  const declared = /charset\s*=\s*["']?\s*(gb2312|gbk|gb18030)/i.exec(head);
  if (declared !== null) {
    try {
      return new TextDecoder('gb18030', { fatal: true }).decode(bytes);
    } catch {
      // Declared and not true: pages moved to UTF-8 often keep the old word.
    }
  }
  const decoded = decodeText(bytes);
  return isRefusal(decoded) ? decoded : decoded.text;
}

class HtmlWalk {
  readonly blocks: (DocumentParagraph | DocumentTable)[] = [];
  #words = '';
  #tables = 0;
  #nodes = 0;
  readonly #seen = new Map<FileNotice['code'], { count: number; sample: string; at: { paragraph: number } }>();

  visit(node: Node, depth: number): void {
    this.#count(depth);
    if (node.nodeName === '#text' && 'value' in node) {
      this.#words += node.value.replace(/[ \t\r\n\f]+/g, ' ');
      return;
    }
    if (!('tagName' in node)) return;
    const name = node.tagName;
    if (EXTERNAL.has(name) && name !== 'link') this.#note('external_links', attribute(node, 'src') ?? name);
    if (name === 'script') this.#note('scripts', '');
    if (name === 'img') this.#note('pictures', attribute(node, 'alt') ?? '');
    if (NOT_TEXT.has(name)) return;
    if (isHidden(node)) {
      const text = textOf(node, 0);
      if (text.trim() !== '') this.#note('hidden_text', text.trim());
      return;
    }
    if (name === 'br') {
      this.#words += '\n';
      return;
    }
    if (name === 'table' && !holdsTable(node, 0)) {
      this.endParagraph();
      this.#table(node);
      return;
    }
    if (BREAKS.has(name)) this.endParagraph();
    for (const child of node.childNodes) this.visit(child, depth + 1);
    if (BREAKS.has(name)) this.endParagraph();
  }

  endParagraph(): void {
    const text = this.#words
      .split('\n')
      .map((line) => line.replace(/[ \u00a0]+/g, ' ').trim())
      .filter((line) => line !== '')
      .join('\n');
    this.#words = '';
    if (text !== '') this.blocks.push({ kind: 'paragraph', text, at: { paragraph: this.blocks.length + 1 } });
  }

  notices(): readonly FileNotice[] {
    return [...this.#seen].map(([code, { count, sample, at }]) => ({ code, count, sample: sample.slice(0, 200), at }));
  }

  #table(table: Element): void {
    const no = (this.#tables += 1);
    const rows = rowsOf(table, (depth) => this.#count(depth)).map((row, r) =>
      row.map((cell, c): GridCell => ({
        text: cellText(cell),
        colSpan: spanOf(cell, 'colspan'),
        rowSpan: spanOf(cell, 'rowspan'),
        at: { table: no, row: r + 1, column: c + 1 },
      })),
    );
    const caption = table.childNodes.find((node) => node.nodeName === 'caption');
    const named = caption === undefined ? {} : { caption: textOf(caption, 0).trim() };
    if (rows.length > 0) this.blocks.push({ kind: 'table', rows, at: { table: no }, ...named });
  }

  #count(depth: number): void {
    this.#nodes += 1;
    if (depth > LIMITS.depth) throw new TooDeep(`${LIMITS.depth} levels`);
    if (this.#nodes > LIMITS.nodes) throw new TooDeep(`${LIMITS.nodes} elements`);
  }

  #note(code: FileNotice['code'], sample: string): void {
    const known = this.#seen.get(code);
    if (known !== undefined) known.count += 1;
    else this.#seen.set(code, { count: 1, sample, at: { paragraph: this.blocks.length + 1 } });
  }
}

function rowsOf(table: Element, count: (depth: number) => void): readonly (readonly Element[])[] {
  const rows: Element[][] = [];
  const look = (element: Element, depth: number): void => {
    for (const child of element.childNodes) {
      if (!('tagName' in child)) continue;
      count(depth);
      if (isHidden(child)) continue;
      if (child.tagName === 'tr') rows.push(cellsOf(child));
      else if (child.tagName !== 'caption') look(child, depth + 1);
    }
  };
  look(table, 0);
  return rows;
}

const cellsOf = (row: Element): Element[] =>
  row.childNodes.filter(
    (node): node is Element => 'tagName' in node && (node.tagName === 'td' || node.tagName === 'th') && !isHidden(node),
  );

/** Words of a cell; a line break in a head parts no words, so lines are joined with nothing between Chinese characters. */
const cellText = (cell: Element): string =>
  textOf(cell, 0)
    .replace(/[\s\u00a0]+/gu, ' ')
    .replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
    .trim();

function textOf(node: Node, depth: number): string {
  if (depth > LIMITS.depth) throw new TooDeep(`${LIMITS.depth} levels`);
  if (node.nodeName === '#text' && 'value' in node) return node.value;
  if (!('childNodes' in node)) return '';
  if ('tagName' in node && (NOT_TEXT.has(node.tagName) || (depth > 0 && isHidden(node)))) return '';
  if ('tagName' in node && node.tagName === 'br') return ' ';
  const inner = node.childNodes.map((child) => textOf(child, depth + 1)).join('');
  return 'tagName' in node && BREAKS.has(node.tagName) ? ` ${inner} ` : inner;
}

function holdsTable(element: Element, depth: number): boolean {
  if (depth > LIMITS.depth) throw new TooDeep(`${LIMITS.depth} levels`);
  return element.childNodes.some(
    (child) => 'tagName' in child && (child.tagName === 'table' || holdsTable(child, depth + 1)),
  );
}

const attribute = (element: Element, name: string): string | undefined =>
  element.attrs.find((one) => one.name === name)?.value;

function isHidden(element: Element): boolean {
  const style = attribute(element, 'style') ?? '';
  return (
    attribute(element, 'hidden') !== undefined ||
    /display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]*[1-9])/i.test(style)
  );
}

/** A span as HTML understands it: at least 1, `rowspan="0"` and absurd values as far as the limit. */
function spanOf(cell: Element, name: 'colspan' | 'rowspan'): number {
  const value = Number.parseInt(attribute(cell, name) ?? '1', 10);
  if (Number.isNaN(value) || value < 0) return 1;
  return value === 0 ? (name === 'rowspan' ? LIMITS.span : 1) : Math.min(value, LIMITS.span);
}
