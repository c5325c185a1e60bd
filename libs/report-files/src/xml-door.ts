import sax from 'sax';

/** Deeper or longer than any report, within what a reader can stand. */
const LIMITS = { depth: 256, nodes: 2_000_000, characters: 20_000_000 };

/** XML that is refused: not well formed, a document type, or beyond the limits. `line` and `column` count from 1. */
export class UnsafeXml extends Error {
  constructor(
    readonly part: string,
    readonly why: string,
    readonly line: number,
    readonly column: number,
  ) {
    super(`${part}, line ${line}, column ${column}: ${why}`);
    this.name = 'UnsafeXml';
  }
}

/** Attributes by name without prefix; the same name with two prefixes does not occur in the formats read here. */
export type Attributes = Readonly<Record<string, string>>;

/** What a walk tells: names without prefix; an element is told whether or not it has content. */
export interface XmlListener {
  open(name: string, attributes: Attributes): void;
  close(name: string): void;
  text(text: string): void;
}

const bare = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Walks an XML part in one pass. Document types are refused, and with them every entity but the five of XML: no expansion, nothing outside is
 * read. Throws UnsafeXml.
 */
export function walkXml(bytes: Uint8Array, part: string, listener: XmlListener): void {
  /* oxlint-disable unicorn/prefer-add-event-listener -- a sax parser takes its listeners as properties only */
  const parser = sax.parser(true, { trim: false, normalize: false, xmlns: false });
  const stop = (why: string): never => {
    throw new UnsafeXml(part, why, parser.line + 1, parser.column + 1);
  };
  let depth = 0;
  let nodes = 0;
  let characters = 0;
  parser.onerror = (error) => stop(error.message.split('\n')[0] ?? 'not well formed');
  parser.ondoctype = () => stop('a document type is not accepted');
  parser.onopentag = ({ name, attributes }) => {
    depth += 1;
    nodes += 1;
    if (depth > LIMITS.depth) stop(`nested deeper than ${LIMITS.depth}`);
    if (nodes > LIMITS.nodes) stop(`more than ${LIMITS.nodes} elements`);
    const own = Object.entries(attributes).map(([key, value]) => [bare(key), String(value)] as const);
    listener.open(bare(name), Object.fromEntries(own));
  };
  parser.onclosetag = (name) => {
    depth -= 1;
    listener.close(bare(name));
  };
  const onText = (text: string): void => {
    characters += text.length;
    if (characters > LIMITS.characters) stop(`more than ${LIMITS.characters} characters`);
    listener.text(text);
  };
  parser.ontext = onText;
  parser.oncdata = onText;
  parser.write(decoded(bytes, stop)).close();
}

function decoded(bytes: Uint8Array, stop: (why: string) => never): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return stop(`the bytes are not ${encoding}`);
  }
}
