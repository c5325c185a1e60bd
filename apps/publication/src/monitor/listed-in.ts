import { defaultTreeAdapter, type DefaultTreeAdapterTypes, parse } from 'parse5';
import { attribute, isElement } from '../publish/page-reading.js';

type Node = DefaultTreeAdapterTypes.ChildNode;

/** Lists of a page that say something of reports. */
const LISTS = ['reports', 'acts'];

/** A page that says itself that its list is not whole yet. */
export const UNFINISHED = 'unfinished';

/** A page that a browser would make more elements of than it has room to name, as no page of the site. */
export const OVERGROWN = 'overgrown';

/** Letters of the shortest element, as `<a>`, and elements a browser adds without being told. */
const SHORTEST = 3;
const ADDED = 16;

class Overgrown extends Error {}

/**
 * What the lists of a page say, with where its links lead: its text and addresses, in order. What else the page says (how many are due, as far as the
 * directory of that process knows) is not compared. Takes time and memory by the length of the page, whatever it says.
 */
export function listedIn(html: Uint8Array): string {
  const text = new TextDecoder().decode(html);
  if (text.includes('data-unfinished')) return UNFINISHED;
  try {
    return said(elementsAtMost(text, text.length / SHORTEST + ADDED));
  } catch (error) {
    if (!(error instanceof Overgrown)) throw error;
    return OVERGROWN;
  }
}

/** Source: HTML Standard, "reconstruct the active formatting elements": a paragraph opens again what the one before it left open. */
function elementsAtMost(text: string, most: number): readonly Node[] {
  let made = 0;
  const createElement: typeof defaultTreeAdapter.createElement = (...given) => {
    made += 1;
    if (made > most) throw new Overgrown();
    return defaultTreeAdapter.createElement(...given);
  };
  return parse(text, { treeAdapter: { ...defaultTreeAdapter, createElement } }).childNodes;
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
