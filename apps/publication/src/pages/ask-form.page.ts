import { type ComponentChildren, h } from 'preact';
import { inFrame, type Language } from './frame.page.js';
import { LIST_WORDS } from './list-words.js';

/** What was asked of a list; null and '' mean all. */
export interface ListQuery {
  readonly year: number | null;
  readonly organ: string;
}

interface FieldWords {
  readonly year: string;
  readonly organ: string;
  readonly allYears: string;
  readonly yearOf: (year: number) => string;
}

/** The choice of a year, or of all. `years`: those to choose from; one that was asked for stays chosen though it has no report. */
export function yearField(year: number | null, years: readonly number[], words: FieldWords): ComponentChildren {
  const option = (value: number | null): ComponentChildren =>
    h(
      'option',
      { value: value ?? '', selected: value === year },
      value === null ? words.allYears : words.yearOf(value),
    );
  const choices = year === null || years.includes(year) ? years : [year, ...years].toSorted((a, b) => b - a);
  return h('label', null, words.year, h('select', { name: 'year' }, option(null), choices.map(option)));
}

/** Where a part of an organ's name, or its code, is typed. */
export function organField(organ: string, words: FieldWords): ComponentChildren {
  return h(
    'label',
    { class: 'wide' },
    words.organ,
    h('input', { name: 'organ', type: 'search', value: organ, maxLength: 60, autocomplete: 'off' }),
  );
}

/** The form that asks a list for a year and an organ. `path`: of the list, in Chinese; `years`: those to choose from. */
export function askForm(
  path: string,
  { year, organ }: ListQuery,
  years: readonly number[],
  language: Language,
): ComponentChildren {
  const words = LIST_WORDS[language];
  return h(
    'form',
    { class: 'ask', method: 'get', action: inFrame(language, path), role: 'search' },
    yearField(year, years, words),
    organField(organ, words),
    h('button', { type: 'submit' }, words.send),
  );
}
