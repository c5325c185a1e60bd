import { formatFor } from '../format.js';
import type { AnnualReport, Contact } from '../model.js';
import type { Place } from '../place.js';
import { findResidue, TEMPLATE_RESIDUE, TOOL_RESIDUE } from '../residue.js';
import { failureIn, failuresOr, occurrencesOf, passagesOf, type TextRange } from './report-passages.js';
import { wordsFor } from './rule-settings.js';
import { passed, type Outcome, type Subject } from './rule.js';

const REPORT: Place = { part: 'report' };

/** S03: the format is the one of the report year. */
export function formatFitsYear({ report }: Subject): readonly Outcome[] {
  const due = formatFor(report.year);
  if (due?.id === report.format) return [passed(REPORT, `${report.year} 年适用${due.issued}`, `${due.issued} applies`)];
  const expected = due === null ? '2019 年及以后' : due.issued;
  const message = {
    zh: `全文：${report.year} 年度报告应使用 ${expected} 格式，实为 ${report.format} 格式；请改用该格式重新填表`,
    en: `report: a report for ${report.year} needs the format ${expected}, found ${report.format}; fill in that form`,
  };
  return [{ status: 'fail', place: REPORT, expected, found: report.format, message }];
}

/** S09: 机关全称 + YYYY年 + 政府信息公开工作年度报告. A government may use the name of its region. */
export function statutoryTitle({ report, context }: Subject): readonly Outcome[] {
  const place: Place = { part: 'title' };
  const { profile } = context;
  const region = profile?.government === true ? [profile.name.replace(/人民政府$/u, '')] : [];
  const names = profile === undefined ? [report.organName] : [profile.name, ...region];
  const titles = names.map((name) => `${name}${report.year}年政府信息公开工作年度报告`);
  const plain = (text: string): string => text.normalize('NFKC').replace(/\s/gu, '');
  if (titles.some((title) => plain(title) === plain(report.title)))
    return [passed(place, '标题合规', 'the title is in order')];
  const expected = titles[0] ?? '';
  const message = {
    zh: `标题：应为“${expected}”，实为“${report.title}”；请写机关全称、年份和规定的名称`,
    en: `title: must read ${expected}, not ${report.title}; write full name, year and the statutory words`,
  };
  return [{ status: 'fail', place, expected, found: report.title, fix: expected, message }];
}

/** S14: nothing left over from a template, a word processor or a web page. */
export function noResidue({ report, context }: Subject): readonly Outcome[] {
  const words = wordsFor(context.settings, 'S14.residue', report.year);
  const failures = passagesOf(report).flatMap((passage) => {
    const patterned: readonly TextRange[] = findResidue(passage.text, [...TOOL_RESIDUE, ...TEMPLATE_RESIDUE]);
    const listed = words
      .flatMap((word) => occurrencesOf(passage.text, word))
      .filter((range) => !patterned.some((other) => range.from < other.to && other.from < range.to));
    return [...patterned, ...listed]
      .toSorted((one, other) => one.from - other.from)
      .map((range): Outcome => {
        const found = passage.text.slice(range.from, range.to);
        return failureIn(passage, range, {
          zh: `有模板或软件残留“${found}”；请删除或填写`,
          en: `"${found}" is left over from a template or tool; fill it in or remove it`,
          replacement: '',
        });
      });
  });
  return failuresOr(failures, '没有模板或软件残留', 'nothing left over from a template or tool');
}

interface Words {
  readonly zh: string;
  readonly en: string;
}

const CONTACT: readonly (readonly [keyof Contact, RegExp, Words])[] = [
  ['address', /地\s*址|地点/u, { zh: '地址', en: 'address' }],
  ['postcode', /邮编|邮政编码/u, { zh: '邮政编码', en: 'postcode' }],
  ['phone', /电\s*话/u, { zh: '电话', en: 'telephone number' }],
  ['email', /邮箱|@/u, { zh: '电子邮箱', en: 'e-mail address' }],
];

const BASIS: Words = {
  zh: '法律依据（《中华人民共和国政府信息公开条例》）',
  en: 'the legal basis, the Regulation on the Disclosure of Government Information (《中华人民共和国政府信息公开条例》)',
};
const PERIOD: Words = { zh: '统计期限', en: 'the period the figures are of' };
const DOWNLOAD: Words = { zh: '下载或查阅的地址', en: 'where to download or read the report' };

/** S17: the preface names the legal basis, the period, where to download the report and how to reach the office. */
export function prefaceIsComplete({ report }: Subject): readonly Outcome[] {
  const place: Place = { part: 'preface' };
  const missing = missingInPreface(report);
  if (missing.length === 0)
    return [passed(place, '引言要素齐全', 'the preface has basis, period, address of download and contact')];
  const names = missing.map(({ zh }) => zh).join('、');
  const message = {
    zh: `引言：没有写明${names}；请补写`,
    en: `preface: missing: ${missing.map(({ en }) => en).join(', ')}; add ${missing.length === 1 ? 'it' : 'them'}`,
  };
  return [{ status: 'fail', place, expected: names, found: '', message }];
}

function missingInPreface({ preface, period, contact, year }: AnnualReport): readonly Words[] {
  const plain = preface.normalize('NFKC').replace(/\s/gu, '');
  return [
    ...(/条例/u.test(plain) ? [] : [BASIS]),
    ...(period !== null || plain.includes(`${year}年1月1日`) ? [] : [PERIOD]),
    ...(/下载|网站|网址|门户|https?:|www\./iu.test(plain) ? [] : [DOWNLOAD]),
    ...CONTACT.flatMap(([field, pattern, name]) =>
      contact?.[field] === undefined && !pattern.test(plain)
        ? [{ zh: `联系方式（${name.zh}）`, en: `contact: ${name.en}` }]
        : [],
    ),
  ];
}
