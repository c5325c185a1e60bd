import { type ComponentChildren, h } from 'preact';
import type { EditionDocument } from '#report/edition';
import { formatById } from '#report/format';
import { chapterHeading, type Chapter } from '#report/model';
import { publicPath } from '../domain/public-address.js';
import { dateInChina } from './date-in-china.js';
import { htmlPage } from './frame.page.js';
import type { FileFact, PageFacts } from './page-facts.js';
import { noticeView, standingView, versionsView, versionText } from './standing.page.js';

/**
 * The public page of an edition: a pure function of the edition and the facts of its seal. `text` is the edition's
 * `renderReportText`, made ahead of time.
 */
export function renderReportPage(edition: EditionDocument, facts: PageFacts, text: string): Uint8Array {
  const { report } = edition;
  const frame = {
    title: report.title,
    description: `${edition.organ.name}${edition.year}年政府信息公开工作年度报告（第${edition.edition}版）`,
    way: [{ text: '政府信息公开年度报告', href: '/xxgk/ndbg/' }, { text: `${edition.organ.name} ${edition.year}年` }],
  };
  return htmlPage(
    frame,
    h('h1', { 'data-text': 'title' }, report.title),
    standingView(edition, facts),
    factsView(edition, facts),
    noticeView(edition, facts),
    contentsView(report.chapters),
    // Made by `renderReportText`, where every text went in as a child and was escaped.
    h('div', { class: 'report', dangerouslySetInnerHTML: { __html: text } }),
    versionsView(edition, facts),
    filesView(facts),
    proofView(edition, facts),
    englishView(edition, facts),
  );
}

function factsView(edition: EditionDocument, facts: PageFacts): ComponentChildren {
  const rows = [
    ['发布机构', edition.organ.name],
    ['报告年度', `${edition.year}年`],
    ['签发日期', dateInChina(facts.signedAt)],
    ['发布日期', dateInChina(facts.publishedAt)],
    ['公开方式', '主动公开'],
    ['版本', versionText(edition, facts)],
    ['格式依据', formatById(edition.format)?.issued ?? edition.format],
    ['内容摘要', facts.report.digest.slice(0, 16)],
  ];
  return h(
    'dl',
    { class: 'facts' },
    rows.map(([name, value]) => h('div', null, h('dt', null, name), h('dd', null, value))),
  );
}

function contentsView(chapters: readonly Chapter[]): ComponentChildren {
  return h(
    'nav',
    { class: 'contents', 'aria-labelledby': 'contents' },
    h('h2', { id: 'contents' }, '目录'),
    h(
      'ol',
      null,
      chapters.map((chapter) => entry(`#chapter-${chapter.no}`, chapterHeading(chapter))),
      entry('#files', '下载与核验'),
    ),
  );
}

function entry(href: string, text: string): ComponentChildren {
  return h('li', null, h('a', { href }, text));
}

function filesView({ report, evidence, ratifiedAt }: PageFacts): ComponentChildren {
  return h(
    'section',
    { 'aria-labelledby': 'files' },
    h('h2', { id: 'files' }, '下载与核验'),
    h(
      'ul',
      { class: 'files' },
      fileView('report.json', '报告数据：签批人所签的原始字节', report),
      fileView('evidence.json', '证据包：全部签批、审签路线与名录', evidence),
      ...(ratifiedAt === null
        ? []
        : [
            h(
              'li',
              null,
              h('a', { href: './ratification.json', download: 'ratification.json' }, 'ratification.json'),
              h('span', null, ' · 追认证据：事后按正常程序签批同一内容'),
            ),
          ]),
      h(
        'li',
        null,
        h('a', { href: './receipt.json', download: 'receipt.json' }, 'receipt.json'),
        h('span', null, ' · 发布回执：系统上线后回读本页逐字节核对的签名记录'),
      ),
      h(
        'li',
        null,
        h('a', { href: './evidence.zip', download: 'evidence.zip' }, 'evidence.zip'),
        h('span', null, ' · 以上文件、公钥与核验程序合为一个文件夹，断网也能核验：解压后运行 '),
        h('code', null, 'node verify.mjs'),
      ),
    ),
  );
}

function fileView(name: string, meaning: string, file: FileFact): ComponentChildren {
  return h(
    'li',
    null,
    h('a', { href: `./${name}`, download: name }, name),
    h('span', null, ` · ${meaning} · ${sizeText(file.sizeBytes)}`),
    h('br', null),
    h('span', null, 'SHA-256 '),
    h('code', null, file.digest),
  );
}

function proofView(edition: EditionDocument, { site }: PageFacts): ComponentChildren {
  const url = `${site}${publicPath(edition.organ.code, edition.year)}`;
  return h(
    'section',
    { class: 'note', 'aria-labelledby': 'proof' },
    h('h3', { id: 'proof' }, '如何核验'),
    h('p', null, '任何人都可以自行核对：本页内容与各级签批人所签的完全一致，此后未被改动。'),
    h(
      'ol',
      null,
      h('li', null, '在装有 Sunward（向阳）的计算机上运行 ', h('code', null, `sunward verify ${url}`), '；'),
      h('li', null, '程序取回证据包，逐一验证签名、职务、环节顺序与内容摘要，列出由何岗位于何时签批；'),
      h(
        'li',
        null,
        '也可以先下载 evidence.json 与 report.json，断网后核验；公钥见 ',
        h('a', { href: '/.well-known/sunward/trust.json' }, 'trust.json'),
        '。',
      ),
    ),
  );
}

function englishView(edition: EditionDocument, { site }: PageFacts): ComponentChildren {
  const url = `${site}${publicPath(edition.organ.code, edition.year)}`;
  return h(
    'section',
    { class: 'english', lang: 'en', 'aria-label': 'English summary' },
    `Annual report on open government information, ${edition.year}, edition ${edition.edition}. `,
    'The Chinese text is the statutory text. The files above are the exact bytes that were signed, ' +
      'and the signatures; check them yourself with ',
    h('code', null, `sunward verify ${url}`),
    '.',
  );
}

function sizeText(sizeBytes: number): string {
  return `${(sizeBytes / 1024).toFixed(1)} KB`;
}
