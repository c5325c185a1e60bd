import { chapterHeading, chapterNumeral, MAX_CHAPTERS } from '../model.js';
import type { Place } from '../place.js';
import { glossedList, meaningOf } from './glossed.js';
import { chapterName, chapterText, notAssessable } from './report-passages.js';
import { numberFor, wordsFor } from './rule-settings.js';
import { passed, type Outcome, type Subject } from './rule.js';

const REPORT: Place = { part: 'report' };
const WORK_PLAN = /工作安排|工作计划|工作打算|工作思路|下一步|改进措施/u;

const numeralOf = (no: number): string => (no >= 1 && no <= MAX_CHAPTERS ? chapterNumeral(no) : String(no));

/** S01: the chapters of the format, in order, none missing, none added. */
export function statutoryChaptersStand({ report, format }: Subject): readonly Outcome[] {
  const due = format.chapters.map(({ no }) => numeralOf(no));
  const there = report.chapters.map(({ no }) => numeralOf(no));
  const [expected, found] = [due.join('、'), there.join('、')];
  if (expected === found) return [passed(REPORT, '六个部分齐全、有序', 'six chapters, in order')];
  const missing = due.filter((no) => !there.includes(no)).join('、');
  const added = there.filter((no, at) => !due.includes(no) || there.indexOf(no) !== at).join('、');
  const zh = [missing === '' ? '' : `缺${missing}`, added === '' ? '' : `多${added}`].filter(Boolean).join('，');
  const en = [missing === '' ? '' : `missing ${missing}`, added === '' ? '' : `added ${added}`].filter(Boolean);
  const message = {
    zh: `全文：应有部分 ${expected}，实有 ${found}（${zh === '' ? '次序不对' : zh}）；请按格式补齐、删去或调整次序`,
    en: `report: chapters must be ${expected}, found ${found} (${en.join(', ') || 'out of order'}); add, remove or reorder them`,
  };
  return [{ status: 'fail', place: REPORT, expected, found, message }];
}

/** S02: each chapter has its statutory title. The fix is the title without numeral, as the model holds it. */
export function chapterTitlesStand({ report, format }: Subject): readonly Outcome[] {
  return format.chapters.flatMap((statutory): Outcome[] => {
    const chapter = report.chapters.find(({ no }) => no === statutory.no);
    if (chapter === undefined) return [];
    const place = { chapter: statutory.no };
    const expected = chapterHeading(statutory);
    const found = chapterHeading(chapter);
    if (found.replace(/\s/g, '') === expected) return [passed(place, `标题为“${expected}”`, `heading is ${expected}`)];
    const plan = statutory.no === format.chapters.length && WORK_PLAN.test(chapter.title);
    const where = chapterName(statutory.no);
    const message = {
      zh: `${where.zh}标题：应为“${expected}”，实为“${found}”；${plan ? '工作安排写入第五部分，本部分报告其他事项，没有的写“无”' : '请改用规定的标题'}`,
      en: `${where.en}: the heading must read “${expected}” (${meaningOf(statutory.title)}), not “${found}”; ${plan ? 'move the work plan to chapter 5 and report other matters here, 无 (“none”) if there are none' : 'use the statutory heading'}`,
    };
    return [{ status: 'fail', place, expected, found, fix: statutory.title, message }];
  });
}

// A measure begins a clause; 有待提高 and 需要进一步加大 only name what is lacking.
const MEASURE =
  /下一步|整改|今后|接下来|将(?!近|领)|拟(?!定)|(?:^|[。；，、：:\n]|[一二三四五六七八九]是)(?:要|继续|持续|不断|进一步|切实|着力|积极)*(?:加强|完善|强化|健全|优化|提升|提高|加大|规范|落实|改进|加快|深化|拓展|组织)/u;

/** S11: chapters of prose say something; one speaks of its topics, five of a problem and a measure, six at least 无. */
export function chaptersSaySomething(subject: Subject): readonly Outcome[] {
  const { report, format } = subject;
  const results = format.chapters
    .filter(({ kind }) => kind === 'prose')
    .flatMap(({ no }): readonly Outcome[] => {
      const text = chapterText(report, no);
      if (text === null) return [];
      if (text.trim() !== '') return thinness(subject, no, text);
      const { zh, en } = chapterName(no);
      const none = no === 6 ? { zh: '，没有的写“无”', en: ', 无 (“none”) if there is nothing' } : { zh: '', en: '' };
      const message = { zh: `${zh}：没有内容；请补写${none.zh}`, en: `${en}: empty; write it${none.en}` };
      return [{ status: 'fail', place: { chapter: no }, expected: '有内容', found: '', message }];
    });
  if (results.length > 0) return results;
  return [passed(REPORT, '第一、五、六部分内容齐全', 'chapters 1, 5 and 6 have their contents')];
}

function thinness({ report, context }: Subject, no: number, text: string): readonly Outcome[] {
  const settingOf = (id: string): readonly string[] => wordsFor(context.settings, id, report.year);
  const thin = (missing: readonly string[], zh: string, en: string): readonly Outcome[] => {
    if (missing.length === 0) return [];
    const names = missing.join('、');
    const where = chapterName(no);
    const message = {
      zh: `${where.zh}：没有写到${names}；${zh}`,
      en: `${where.en}: nothing on ${glossedList(missing)}; ${en}`,
    };
    return [{ status: 'fail', severity: 'W', place: { chapter: no }, expected: names, found: '', message }];
  };
  if (no === 1) {
    const missing = settingOf('S11.topics').filter((topic) => !topic.split('|').some((word) => text.includes(word)));
    const names = missing.map((topic) => topic.split('|')[0] ?? topic);
    return thin(names, '请逐项补写', 'write a passage on each');
  }
  if (no !== 5) return [];
  const missing = [
    ...(settingOf('S11.problems').some((word) => text.includes(word)) ? [] : ['存在的问题']),
    ...(MEASURE.test(text) ? [] : ['改进措施']),
  ];
  return thin(missing, '请至少写明一个问题和一项措施', 'state at least one problem and one measure');
}

/** True for a government: as its profile says, else by its name, which may be that of its region alone. */
function isGovernment({ report, context }: Subject): boolean {
  return context.profile?.government ?? /(?:人民政府|[省市区县旗州盟乡镇])$/u.test(report.organName.trim());
}

/** S12: a government tells the results of assessment, social appraisal and accountability. Nothing for other organs. */
export function governmentTellsResults(subject: Subject): readonly Outcome[] {
  const { report, context } = subject;
  if (!isGovernment(subject)) return [];
  const text = [1, 5].map((no) => chapterText(report, no) ?? '').join('\n');
  const groups = wordsFor(context.settings, 'S12.results', report.year);
  const missing = groups.filter((group) => !group.split('|').some((word) => text.includes(word)));
  const place = { chapter: 1 };
  const lacking = missing.map((group) => group.split('|')[0] ?? group);
  const names = lacking.join('、');
  if (missing.length === 0)
    return [
      passed(place, '写明了工作考核、社会评议和责任追究结果', 'assessment, appraisal and accountability are told'),
    ];
  const message = {
    zh: `第一部分：各级人民政府应当写明工作考核、社会评议和责任追究结果，缺${names}；请在监督保障中补写，没有的也要写明`,
    en: `chapter 1: a government must tell the results of assessment, appraisal and accountability; missing: ${glossedList(lacking)}; add them, also where there are none`,
  };
  return [{ status: 'fail', place, expected: names, found: '', message }];
}

/** S13: chapter one is not longer than the local limit, spaces not counted. */
export function chapterOneIsShort({ report, context }: Subject): readonly Outcome[] {
  const place = { chapter: 1 };
  const text = chapterText(report, 1);
  if (text === null)
    return notAssessable(place, '缺第一部分，字数无法核对', 'chapter 1 is missing, no length to check');
  const limit = numberFor(context.settings, 'S13.characters', report.year);
  const length = Array.from(text.replace(/\s/gu, '')).length;
  const formula = `${length} ≤ ${limit}`;
  const numbers = { expected: `≤ ${limit}`, found: String(length), formula };
  if (length <= limit) return [{ ...passed(place, `第一部分字数：${formula}`, `chapter 1: ${formula}`), ...numbers }];
  const message = {
    zh: `第一部分：${length} 字，超过 ${limit} 字，多 ${length - limit} 字；请精简`,
    en: `chapter 1: ${length} characters, ${length - limit} more than ${limit}; shorten it`,
  };
  return [{ status: 'fail', place, ...numbers, message }];
}

/** S16: chapter six says whether 信息处理费 was charged. */
export function feesAreTold({ report, context }: Subject): readonly Outcome[] {
  const place = { chapter: 6 };
  const text = chapterText(report, 6);
  if (text === null) return notAssessable(place, '缺第六部分，无法核对', 'chapter 6 is missing, nothing to check');
  const words = wordsFor(context.settings, 'S16.fee', report.year);
  if (words.some((word) => text.includes(word)))
    return [passed(place, '写明了信息处理费情况', 'the information handling fee is told')];
  const message = {
    zh: '第六部分：没有写明信息处理费收取情况；请写明收取的件数和金额，没有收取的写“本年度未收取信息处理费”',
    en: 'chapter 6: nothing on the information handling fee; state number and amount, or that none was charged',
  };
  return [{ status: 'fail', place, expected: words.join('|'), found: '', message }];
}
