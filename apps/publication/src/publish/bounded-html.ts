import { defaultTreeAdapter, type DefaultTreeAdapterTypes, parse } from 'parse5';

/** Letters of the shortest element, as `<a>`, and elements a browser adds without being told. */
const SHORTEST = 3;
const ADDED = 16;

class Overgrown extends Error {}

/**
 * Parses a page that anybody may have written, in time and memory by its length. Undefined for one that a browser would make more elements of than it
 * has room to name, as no page of the site. Source: HTML Standard, "reconstruct the active formatting elements": a paragraph opens again what the one
 * before it left open.
 */
export function parseBounded(html: string): readonly DefaultTreeAdapterTypes.ChildNode[] | undefined {
  const most = html.length / SHORTEST + ADDED;
  let made = 0;
  const createElement: typeof defaultTreeAdapter.createElement = (...given) => {
    made += 1;
    if (made > most) throw new Overgrown();
    return defaultTreeAdapter.createElement(...given);
  };
  try {
    return parse(html, { treeAdapter: { ...defaultTreeAdapter, createElement } }).childNodes;
  } catch (error) {
    if (!(error instanceof Overgrown)) throw error;
    return undefined;
  }
}
