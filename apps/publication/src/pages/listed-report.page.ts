import { type ComponentChildren, h } from 'preact';
import type { DerivedName } from '#report-files/writers/derived-names';
import { organPath, publicPath } from '../domain/public-address.js';
import { dayView } from './day.page.js';
import { FILES_WORDS } from './files-words.js';
import { inFrame, type Language } from './frame.page.js';
import { LIST_WORDS } from './list-words.js';

/** One public report in a list. `name`: the organ as the report itself calls it; `at`: since when this edition is public. */
export interface ListedReport {
  readonly organ: string;
  readonly name: string;
  readonly year: number;
  readonly edition: number;
  readonly title: string;
  readonly at: string;
  /** How this edition came about, when it is no first one. */
  readonly how: 'correct' | 'emergency' | null;
  /** Names of the files made of the signed bytes that stand beside it. */
  readonly files: readonly string[];
}

/** Files to read, in the order readers look for them; figures are under the open data. */
const OFFERED: readonly DerivedName[] = ['report.pdf', 'report.docx', 'report.xlsx'];

/** A report in a list: where it is, whose, since when, and its files. `isOfOneOrgan`: all of the list are of one organ, whose page this is. */
export function listedReportView(
  { organ, name, year, edition, title, at, how, files }: ListedReport,
  language: Language,
  isOfOneOrgan = false,
): ComponentChildren {
  const words = LIST_WORDS[language];
  const path = publicPath(organ, year);
  return h(
    'li',
    null,
    how === null ? null : h('span', { class: `tag ${how}` }, words.tags[how]),
    h('a', { class: 'main', href: inFrame(language, path), lang: 'zh-CN' }, title),
    h(
      'p',
      null,
      isOfOneOrgan ? null : [h('a', { href: inFrame(language, organPath(organ)), lang: 'zh-CN' }, name), ' · '],
      `${words.about(year, edition)} · `,
      dayView(at),
    ),
    h(
      'p',
      null,
      OFFERED.filter((file) => files.includes(file)).map((file) =>
        h('a', { href: `${path}${file}` }, FILES_WORDS[language].derived[file][0]),
      ),
      h('a', { href: `${path}report.json`, download: `${organ}-${year}.json` }, words.json),
      h('a', { href: `${path}evidence.zip`, download: `${organ}-${year}-evidence.zip` }, words.zip),
    ),
  );
}
