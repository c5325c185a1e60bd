import { refuse, type Refusal } from '#domain/decision';
import { foldWords } from './folded-words.js';
import { pairsOf } from './word-pairs.js';

/** What a reader looks for. `words`: folded, each once, all of which a report must hold; `organ`: code, or a part of the name; `organs`: codes of those it names for short; '' and null mean any. */
export interface SearchQuestion {
  readonly typed: string;
  readonly words: readonly string[];
  readonly organ: string;
  readonly organs: readonly string[];
  readonly year: number | null;
}

/** Characters of a question, and how many words of it are looked for. */
export const QUESTION_LENGTH = 60;
const MOST_WORDS = 8;

/**
 * Reads what was typed: words are what stands between blanks. Null for no question at all. Refuses `search_too_long`, `search_too_many_words`, and
 * `search_too_short` when no word has two letters or characters in a row, because single ones stand in every report.
 */
export function readQuestion(
  typed: string,
  within: Pick<SearchQuestion, 'organ' | 'organs' | 'year'>,
): SearchQuestion | null | Refusal<'search_too_long' | 'search_too_many_words' | 'search_too_short'> {
  const text = typed.trim();
  if (text === '') return null;
  if (text.length > QUESTION_LENGTH) return refuse('search_too_long', { most: QUESTION_LENGTH });
  const words = [...new Set(text.split(/\s+/u).map((word) => foldWords(word).text))].filter((word) => word !== '');
  if (words.length > MOST_WORDS) return refuse('search_too_many_words', { most: MOST_WORDS });
  if (words.every((word) => pairsOf(word).length === 0)) return refuse('search_too_short');
  return { typed: text, words, ...within };
}
