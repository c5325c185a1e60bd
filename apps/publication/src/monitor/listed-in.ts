import type { DefaultTreeAdapterTypes } from 'parse5';
import { parseBounded } from '../publish/bounded-html.js';
import { attribute, isElement } from '../publish/page-reading.js';

type Node = DefaultTreeAdapterTypes.ChildNode;

/** Lists of a page that say something of reports. */
const LISTS = ['reports', 'acts'];

/** A page that says itself that its list is not whole yet. */
export const UNFINISHED = 'unfinished';

/** A page that a browser would make more elements of than it has room to name, as no page of the site. */
export const OVERGROWN = 'overgrown';

/**
 * What the lists of a page say, with where its links lead: its text and addresses, in order. What else the page says (how many are due, as far as the
 * directory of that process knows) is not compared. Takes time and memory by the length of the page, whatever it says.
 */
export function listedIn(html: Uint8Array): string {
  const text = new TextDecoder().decode(html);
  if (text.includes('data-unfinished')) return UNFINISHED;
  const nodes = parseBounded(text);
  return nodes === undefined ? OVERGROWN : said(nodes);
}

/** Without calling itself: a page may be nested deeper than calls may. */
function said(nodes: readonly Node[]): string {
  const lines: string[] = [];
  const left = nodes.map((node) => ({ node, isListed: false })).toReversed();
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { node, isListed } = next;
    if (node.nodeName === '#text' && 'value' in node) {
      if (isListed && node.value.trim() !== '') lines.push(node.value.trim());
    } else if (isElement(node)) {
      const isIn = isListed || LISTS.includes(attribute(node, 'class') ?? '');
      if (isIn && node.tagName === 'a') lines.push(`-> ${attribute(node, 'href') ?? ''}`);
      for (const child of node.childNodes.toReversed()) left.push({ node: child, isListed: isIn });
    }
  }
  return lines.join('\n');
}
