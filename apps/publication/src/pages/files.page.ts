import { type ComponentChildren, h } from 'preact';
import type { DerivedName } from '#report-files/writers/derived-names';
import type { EditionDocument } from '#report/edition';
import { savedAs } from '../domain/public-address.js';
import { FILES_WORDS, type FilesWords } from './files-words.js';
import type { FileFact, PageFacts } from './page-facts.js';

/** The order readers look for them. */
const SHOWN: readonly DerivedName[] = ['report.pdf', 'report.docx', 'report.xlsx', 'report.csv', 'dictionary.csv'];

/** Everything to take home: files made from the signed bytes, the signed bytes themselves, and what proves them. `base`: the folder they stand in. */
export function filesView(
  edition: EditionDocument,
  facts: PageFacts,
  base = './',
  language: 'zh' | 'en' = 'zh',
): ComponentChildren {
  const words = FILES_WORDS[language];
  const offered = new Offer(base, edition, facts, words);
  return h(
    'section',
    { 'aria-labelledby': 'files' },
    h('h2', { id: 'files' }, words.title),
    h(
      'ul',
      { class: 'files' },
      SHOWN.map((name) => offered.derived(name)),
      offered.file('report.json', words.report, facts.report),
      offered.file('evidence.json', words.evidence, facts.evidence),
      facts.ratifiedAt === null ? null : offered.plain('ratification.json', words.ratification),
      offered.plain('receipt.json', words.receipt),
      h(
        'li',
        null,
        offered.link('evidence.zip', 'evidence.zip'),
        h('span', null, ` · ${words.zip}`),
        h('code', null, 'node verify.mjs'),
      ),
    ),
    h('p', { class: 'note' }, words.note),
  );
}

class Offer {
  constructor(
    private readonly base: string,
    private readonly edition: EditionDocument,
    private readonly facts: PageFacts,
    private readonly words: FilesWords,
  ) {}

  derived(name: DerivedName): ComponentChildren {
    const [kind, meaning] = this.words.derived[name];
    const file = this.facts.derived.find((one) => one.name === name);
    const said = h('span', null, ` · ${meaning}`);
    if (file === undefined)
      return h(
        'li',
        { 'data-missing': name },
        h('strong', null, kind),
        said,
        h('span', null, ` · ${this.words.notYet}`),
      );
    const text = this.words.sized(kind, sizeText(file.sizeBytes));
    return h('li', null, this.link(name, text, savedAs(this.edition, name)), said, digestView(name, file));
  }

  file(name: string, meaning: string, file: FileFact): ComponentChildren {
    const said = h('span', null, ` · ${meaning} · ${sizeText(file.sizeBytes)}`);
    return h('li', null, this.link(name, name), said, digestView(name, file));
  }

  plain(name: string, meaning: string): ComponentChildren {
    return h('li', null, this.link(name, name), h('span', null, ` · ${meaning}`));
  }

  link(name: string, text: string, download = name): ComponentChildren {
    return h('a', { href: `${this.base}${name}`, download }, text);
  }
}

// The proof of a page compares these with the files themselves.
function digestView(name: string, { digest }: FileFact): ComponentChildren {
  return [h('br', null), h('span', null, 'SHA-256 '), h('code', { 'data-file': name }, digest)];
}

function sizeText(sizeBytes: number): string {
  return `${(sizeBytes / 1024).toFixed(1)} KB`;
}
