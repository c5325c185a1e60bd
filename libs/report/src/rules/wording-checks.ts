import { failureIn, failuresOr, occurrencesOf, passagesOf, rangesOf, type Passage } from './report-passages.js';
import { wordsFor } from './rule-settings.js';
import type { Outcome, Subject } from './rule.js';

/** An entry `wrong→right` of a word list; `right` null where no replacement is sure. */
function entryOf(text: string): { readonly wrong: string; readonly right: string | null } {
  const [wrong = '', right] = text.split('→');
  return { wrong, right: right ?? null };
}

const DOUBLED = /(?<word>\p{Script=Han}{2,4}?)\k<word>/gu;

/** Q01: no known typo, no word or function character written twice. */
export function noTypos({ report, context }: Subject): readonly Outcome[] {
  const [typos = [], characters = [], allowed = []] = ['Q01.typos', 'Q01.doubled-characters', 'Q01.allowed'].map((id) =>
    wordsFor(context.settings, id, report.year),
  );
  const failures = passagesOf(report).flatMap((passage) => {
    const known = typos.flatMap((typo) => typosIn(passage, typo));
    const twice = [...doubledCharacters(passage, characters), ...doubledWords(passage, allowed)].filter(
      (outcome) => !known.some((other) => overlap(outcome, other)),
    );
    return [...known, ...twice];
  });
  return failuresOr(failures, '没有发现叠词和常见错字', 'no doubled word or known typo was found');
}

function overlap({ place: one }: Outcome, { place: other }: Outcome): boolean {
  if (!('chapter' in one) || !('chapter' in other)) return false;
  return (one.from ?? 0) < (other.to ?? 0) && (other.from ?? 0) < (one.to ?? 0);
}

function typosIn(passage: Passage, typo: string): readonly Outcome[] {
  const { wrong, right } = entryOf(typo);
  return occurrencesOf(passage.text, wrong).map((range) =>
    failureIn(passage, range, {
      zh: right === null ? `“${wrong}”疑为错字；请核对` : `“${wrong}”疑为错字；请改为“${right}”`,
      en: right === null ? `"${wrong}" looks like a typo; see to it` : `"${wrong}" looks like a typo for "${right}"`,
      ...(right === null ? {} : { replacement: right }),
    }),
  );
}

function doubled(passage: Passage, range: { from: number; to: number }): Outcome {
  const found = passage.text.slice(range.from, range.to);
  const once = found.slice(0, found.length / 2);
  return failureIn(passage, range, {
    zh: `“${found}”重复；请改为“${once}”`,
    en: `"${found}" is written twice; write "${once}"`,
    replacement: once,
  });
}

function doubledCharacters(passage: Passage, characters: readonly string[]): readonly Outcome[] {
  return characters.flatMap((entry) => {
    const [pair = '', exceptions = ''] = entry.split('/');
    return occurrencesOf(passage.text, pair)
      .filter(({ to }) => !exceptions.includes(passage.text[to] ?? '\n'))
      .map((range) => doubled(passage, range));
  });
}

function doubledWords(passage: Passage, allowed: readonly string[]): readonly Outcome[] {
  return rangesOf(passage.text, DOUBLED)
    .filter(({ match }) => !allowed.includes(match[0]) && !/^(.)\1+$/u.test(match[0]))
    .filter(({ match }) => !/^[〇零一二三四五六七八九十百千万]+$/u.test(match[0]))
    .map((range) => doubled(passage, range));
}

/** Q05: no organ, item or expression that is out of date, none that offends. */
export function noOutdatedWords({ report, context }: Subject): readonly Outcome[] {
  const lists = [
    ['Q05.outdated', '已不再使用', 'is out of date'],
    ['Q05.sensitive', '用语不当', 'is improper'],
  ] as const;
  const failures = lists.flatMap(([id, why, whyEn]) =>
    wordsFor(context.settings, id, report.year).flatMap((entry) => {
      const { wrong, right } = entryOf(entry);
      return passagesOf(report).flatMap((passage) =>
        occurrencesOf(passage.text, wrong).map((range) =>
          failureIn(passage, range, {
            zh: `“${wrong}”${why}；请${right === null ? '改写或说明' : `改为“${right}”或说明`}`,
            en: `"${wrong}" ${whyEn}; ${right === null ? 'reword or explain it' : `write "${right}" or explain it`}`,
            ...(right === null ? {} : { expected: right }),
          }),
        ),
      );
    }),
  );
  return failuresOr(failures, '没有过时或不当用语', 'no outdated or improper expression');
}
