import { type ComponentChildren, h } from 'preact';
import type { DerivedName } from '#report-files/writers/derived-names';
import type { EditionDocument } from '#report/edition';
import { savedAs } from '../domain/public-address.js';
import type { FileFact, PageFacts } from './page-facts.js';

const DERIVED: Readonly<Record<DerivedName, readonly [kind: string, meaning: string]>> = {
  'dictionary.csv': ['CSV 数据字典', '说明 report.csv 各列的含义'],
  'report.csv': ['CSV', '全部数据，一行一格'],
  'report.docx': ['Word', '按 GB/T 9704—2012 排版'],
  'report.pdf': ['PDF', '按 GB/T 9704—2012 排版，带标签'],
  'report.xlsx': ['Excel', '三张表与正文，文字不作公式'],
};

/** The order readers look for them. */
const SHOWN: readonly DerivedName[] = ['report.pdf', 'report.docx', 'report.xlsx', 'report.csv', 'dictionary.csv'];

/** Everything to take home: files made from the signed bytes, the signed bytes themselves, and what proves them. `base`: the folder they stand in. */
export function filesView(edition: EditionDocument, facts: PageFacts, base = './'): ComponentChildren {
  const offered = new Offer(base, edition, facts);
  return h(
    'section',
    { 'aria-labelledby': 'files' },
    h('h2', { id: 'files' }, '下载与核验', h('span', { lang: 'en' }, 'Files and evidence')),
    h(
      'ul',
      { class: 'files' },
      SHOWN.map((name) => offered.derived(name)),
      offered.file('report.json', '报告数据：签批人所签的原始字节', facts.report),
      offered.file('evidence.json', '证据包：全部签批、审签路线与名录', facts.evidence),
      facts.ratifiedAt === null ? null : offered.plain('ratification.json', '追认证据：事后按正常程序签批同一内容'),
      offered.plain('receipt.json', '发布回执：系统上线后回读本页逐字节核对的签名记录'),
      h(
        'li',
        null,
        offered.link('evidence.zip', 'evidence.zip'),
        h('span', null, ' · 以上签名文件、公钥与核验程序合为一个文件夹，断网也能核验：解压后运行 '),
        h('code', null, 'node verify.mjs'),
      ),
    ),
    h(
      'p',
      { class: 'note' },
      'PDF、Word、Excel 与 CSV 由签批的原始字节自动生成，未另行签名；本站提供之前重新生成一遍、比对摘要。',
    ),
  );
}

class Offer {
  constructor(
    private readonly base: string,
    private readonly edition: EditionDocument,
    private readonly facts: PageFacts,
  ) {}

  derived(name: DerivedName): ComponentChildren {
    const [kind, meaning] = DERIVED[name];
    const file = this.facts.derived.find((one) => one.name === name);
    const said = h('span', null, ` · ${meaning}`);
    if (file === undefined)
      return h(
        'li',
        { 'data-missing': name },
        h('strong', null, kind),
        said,
        h('span', null, ' · 正在制作，做好后补在这里'),
      );
    const text = `${kind}（${sizeText(file.sizeBytes)}）`;
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
