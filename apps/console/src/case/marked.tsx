import { useWords } from '../words/words.js';
import { type Candidate, piecesOf } from './candidates.js';

/**
 * Words with what may be confidential among them marked, each saying what it may be. What is said is no part of the words, so
 * that whoever selects them for a note quotes the text and nothing else.
 */
export function Marked({
  text,
  candidates,
}: {
  readonly text: string;
  readonly candidates: readonly Candidate[] | undefined;
}) {
  const { say } = useWords();
  if (candidates === undefined) return text;
  return piecesOf(text, candidates).map(({ from, text: piece, candidate }) => {
    if (candidate === null) return piece;
    const what = candidate.reveals.map((one) => say(`secrecy.reveals.${one}`)).join(say('seat.comma'));
    return (
      <mark key={from} role="group" tabIndex={0} aria-label={say('secrecy.marked', { what })} data-kind={what}>
        {piece}
      </mark>
    );
  });
}
