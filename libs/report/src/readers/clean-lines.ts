import { findResidue, TOOL_RESIDUE } from '../residue.js';
import { unsafeCharacter, withoutUnsafeCharacters } from '../text-safety.js';
import type { TextLine } from './text-line.js';

/** What was taken out of a line: the text, and where in the trimmed, cleaned line it stood. */
export interface Removal {
  readonly line: number;
  readonly kind: 'residue' | 'unsafe';
  readonly text: string;
  readonly at: number;
}

/** Lines without residue of tools and without characters nobody can see; each removal is listed. */
export function cleanLines(lines: readonly TextLine[]): {
  readonly lines: readonly TextLine[];
  readonly removals: readonly Removal[];
} {
  const removals: Removal[] = [];
  const cleaned = lines.map(({ no, text }) => {
    const unsafe = unsafeCharacter(text);
    if (unsafe !== null) removals.push({ line: no, kind: 'unsafe', text: unsafe.code, at: unsafe.at });
    const visible = withoutUnsafeCharacters(text);
    const residues = findResidue(visible, TOOL_RESIDUE);
    const indent = visible.length - visible.trimStart().length;
    let kept = '';
    let from = 0;
    for (const residue of residues) {
      kept += visible.slice(from, residue.from);
      removals.push({ line: no, kind: 'residue', text: residue.text, at: Math.max(0, kept.length - indent) });
      from = residue.to;
    }
    return { no, text: kept + visible.slice(from) };
  });
  return { lines: cleaned, removals };
}
