import type { DefaultTreeAdapterTypes } from 'parse5';
import { parseBounded } from './bounded-html.js';

type Node = DefaultTreeAdapterTypes.ChildNode;

/** An element of a page that was read. */
export type Element = DefaultTreeAdapterTypes.Element;

/** A public page as a browser reads it: its elements in the order of the document. */
export type ReadPage = readonly Element[];

/** A text of a page and where it stands. */
export type Placed = readonly [where: string, text: string];

/** Elements within each other; a page of the site has a dozen. */
const MOST_DEPTH = 200;

/**
 * Reads a page once for everything that is compared with it. It may be forged: one that a browser would make far more of than it says, or that is nested
 * deeper than any page of the site, is read as nothing, and proves nothing.
 */
export function readPage(html: string | Uint8Array | undefined): ReadPage {
  const childNodes = parseBounded(typeof html === 'string' ? html : new TextDecoder().decode(html));
  return childNodes === undefined || isTooDeep(childNodes) ? [] : [...elementsIn({ childNodes })];
}

function isTooDeep(nodes: readonly Node[]): boolean {
  let level = nodes;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MOST_DEPTH) return true;
    level = level.flatMap((node) => (isElement(node) ? node.childNodes : []));
  }
  return false;
}

/** The texts of the elements that carry a mark, in order, each with what the mark says. */
export function placedAt(page: ReadPage, name: 'data-text' | 'data-notice' | 'data-file'): Placed[] {
  return page.flatMap((element): Placed[] => {
    const place = attribute(element, name);
    return place === undefined ? [] : [[place, normal(textOf(element))]];
  });
}

/** The content of the page's style elements, for the hash in its content security policy. */
export function stylesOf(page: ReadPage): readonly string[] {
  return page.filter(({ tagName }) => tagName === 'style').map(textOf);
}

/** Every element below a node, in the order of the document. */
export function* elementsIn(node: { readonly childNodes: readonly Node[] }): Generator<Element> {
  for (const child of node.childNodes) {
    if (!isElement(child)) continue;
    yield child;
    yield* elementsIn(child);
  }
}

/** The text of an element and all below it, as it stands. */
export function textOf(element: Element): string {
  return element.childNodes
    .map((child) =>
      isElement(child) ? textOf(child) : child.nodeName === '#text' && 'value' in child ? child.value : '',
    )
    .join('');
}

/** HTML turns CR into LF and shows runs of white space as one; nothing else may differ. */
export function normal(text: string): string {
  return text.replace(/[\t\n\f\r ]+/g, ' ').trim();
}

/** Tells elements from text and comments. */
export function isElement(node: Node): node is Element {
  return 'tagName' in node;
}

/** What an attribute says, if the element has it. */
export function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((candidate) => candidate.name === name)?.value;
}
