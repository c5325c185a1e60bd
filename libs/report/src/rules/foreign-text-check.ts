import { failureIn, failuresOr, occurrencesOf, passagesOf, rangesOf, type Passage } from './report-passages.js';
import { wordsFor } from './rule-settings.js';
import type { Outcome, Subject } from './rule.js';

// Controls but tab and line feed, soft hyphen, zero-width and direction characters, separators, unpaired surrogates, private use.
const INVISIBLE =
  // oxlint-disable-next-line no-control-regex -- finding control characters is the purpose
  /(?:[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Surrogate}|[\ue000-\uf8ff])+/gu;
const MARKUP =
  /<\s{0,5}[/!]?\s{0,5}(?:script|iframe|style|object|embed|svg|link|meta|form|input|img|a|div|span|p|br|table|body|html)\b[^<>]{0,500}>?|javascript\s{0,5}:|\bon(?:load|error|click|mouseover)\s{0,5}=/giu;
const LINK =
  /(?<![\w@.-])(?:(?:https?|ftp):\/\/|www\.)(?<host>[\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{1,63}){0,6})(?::\d{1,5})?[\w/?#=&%.~+-]{0,300}/giu;

/** Q04: nothing that a page would run or hide, no link to a foreign site, no advertising. */
export function nothingForeign({ report, context }: Subject): readonly Outcome[] {
  const hosts = wordsFor(context.settings, 'Q04.link-hosts', report.year);
  const advertising = wordsFor(context.settings, 'Q04.advertising', report.year);
  const failures = passagesOf(report).flatMap((passage) => [
    ...invisibleIn(passage),
    ...markupIn(passage),
    ...foreignLinks(passage, hosts),
    ...advertising.flatMap((word) =>
      occurrencesOf(passage.text, word).map((range) =>
        failureIn(passage, range, {
          zh: `有广告用语“${word}”；请删除，并检查来稿是否被篡改`,
          en: `advertising "${word}"; remove it and see whether the text was tampered with`,
          expected: '',
        }),
      ),
    ),
  ]);
  return failuresOr(
    failures,
    '没有不可见字符、脚本、外部链接和广告',
    'no invisible characters, markup, foreign links or advertising',
  );
}

function invisibleIn(passage: Passage): readonly Outcome[] {
  return rangesOf(passage.text, INVISIBLE).map((range) => {
    const codes = Array.from(range.match[0].slice(0, 5), (character) => {
      const code = character.codePointAt(0) ?? 0;
      return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
    }).join(' ');
    return failureIn(passage, range, {
      zh: `第 ${range.from + 1} 个字符处有不可见字符 ${codes}；请删除`,
      en: `invisible character ${codes} at character ${range.from + 1}; remove it`,
      found: codes,
      replacement: '',
    });
  });
}

function markupIn(passage: Passage): readonly Outcome[] {
  return rangesOf(passage.text, MARKUP).map((range) =>
    failureIn(passage, range, {
      zh: `有网页代码“${range.match[0].slice(0, 30)}”；请删除，并检查来稿是否被篡改`,
      en: `markup "${range.match[0].slice(0, 30)}"; remove it and see whether the text was tampered with`,
      found: range.match[0].slice(0, 60),
      expected: '',
    }),
  );
}

function foreignLinks(passage: Passage, hosts: readonly string[]): readonly Outcome[] {
  return rangesOf(passage.text, LINK).flatMap((range): Outcome[] => {
    // Words follow an address without a blank: www.xx.gov.cn下载.
    const named = (range.match.groups?.['host'] ?? '').toLowerCase();
    const host = /^[a-z\d.-]+/u.exec(named)?.[0].replace(/[.-]+$/u, '') ?? named;
    const known = [named, host].some((name) => hosts.some((own) => name === own || name.endsWith(`.${own}`)));
    if (known) return [];
    return [
      failureIn(passage, range, {
        zh: `链接 ${host === '' ? named : host} 不在政府网站域名内；请核对，删除或改为政府网站地址`,
        en: `the link to ${host === '' ? named : host} leaves the government's sites; remove it or use an official address`,
        expected: hosts.join('|'),
      }),
    ];
  });
}
