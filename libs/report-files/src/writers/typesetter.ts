import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { pdfFaces } from './pdf-fonts.js';

/** Characters no face of the program has; boxes would stand in their place, so nothing is made. */
export class GlyphMissing extends Error {
  readonly code = 'glyph_missing';

  constructor(readonly characters: readonly string[]) {
    super(`no face has ${characters.map(named).join(', ')}`);
    this.name = 'GlyphMissing';
  }
}

type Compiled = NonNullable<ReturnType<NodeCompiler['compile']>['result']>;

let kept: NodeCompiler | undefined;

/**
 * Sets a template with what it is to say under `name`, and answers what `draw` makes of it. No times, no random ids, no face of the machine: the same
 * input gives the same bytes. Throws GlyphMissing for characters without a glyph.
 */
export function typeset<T>(
  template: string,
  [name, said]: readonly [name: string, said: object],
  draw: (compiler: NodeCompiler, document: Compiled) => T,
): T {
  const missing = charactersWithoutGlyph(JSON.stringify(said));
  if (missing.length > 0) throw new GlyphMissing(missing);
  kept ??= NodeCompiler.create({ fontArgs: [{ fontBlobs: pdfFaces().map(({ bytes }) => bytes) }] });
  const compiled = kept.compile({ mainFileContent: template, inputs: { [name]: JSON.stringify(said) } });
  if (compiled.result === null) {
    const error = compiled.takeError();
    throw new Error(`it could not be set: ${JSON.stringify(error?.shortDiagnostics)}`);
  }
  const drawn = draw(kept, compiled.result);
  // What one document left in the memory of the compiler is of no use to the next.
  kept.evictCache(2);
  return drawn;
}

/** Characters of a text that no face has, each once. */
function charactersWithoutGlyph(text: string): readonly string[] {
  const faces = pdfFaces();
  return [...new Set(text)].filter((character) => {
    if (/[\s\p{Default_Ignorable_Code_Point}]/u.test(character)) return false;
    const codePoint = character.codePointAt(0) ?? 0;
    return !faces.some(({ covers }) => covers(codePoint));
  });
}

function named(character: string): string {
  return `${character} (U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')})`;
}
