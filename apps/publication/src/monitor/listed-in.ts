import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { attribute, isElement } from '../publish/page-reading.js';

type Node = DefaultTreeAdapterTypes.ChildNode;

/** Lists of a page that say something of reports. */
const LISTS = ['reports', 'acts'];

/** A page that says itself that its list is not whole yet. */
export const UNFINISHED = 'unfinished';

/**
 * What the lists of a page say, with where its links lead: its text and addresses, in order. What else the page says (how many are due, as far as the
 * directory of that process knows) is not compared.
 */
export function listedIn(html: Uint8Array): string {
  const text = new TextDecoder().decode(html);
  return text.includes('data-unfinished') ? UNFINISHED : said(parse(text).childNodes, false).join('\n');
}

function said(nodes: readonly Node[], isListed: boolean): string[] {
  return nodes.flatMap((node) => {
    if (node.nodeName === '#text' && 'value' in node)
      return isListed && node.value.trim() !== '' ? [node.value.trim()] : [];
    if (!isElement(node)) return [];
    const isIn = isListed || LISTS.includes(attribute(node, 'class') ?? '');
    const href = isIn && node.tagName === 'a' ? [`-> ${attribute(node, 'href') ?? ''}`] : [];
    return [...href, ...said(node.childNodes, isIn)];
  });
}
