import type { AnnualReport, Contact } from '../model.js';
import { isRealDate } from '../real-date.js';
import type { TextLine } from './text-line.js';

/** What stands before chapter one. `year` null: neither title nor period names one. `ignored`: lines above the title. */
export interface FrontMatter {
  readonly title: string;
  readonly titleLine: number;
  readonly organName: string;
  readonly year: number | null;
  readonly preface: readonly TextLine[];
  readonly ignored: readonly TextLine[];
}

const TITLE = /^(?<organ>.{1,80}?)(?<year>\d{4})年(?:度)?政府信息公开(?:工作)?(?:年度)?报告(?:[（(].{1,10}[）)])?$/u;
const LONGEST_TITLE_LINES = 3;

/** Finds title, year and preface. The title may be broken over up to three lines; without one the first line serves. */
export function readFrontMatter(lines: readonly TextLine[]): FrontMatter {
  const filled = lines.filter(({ text }) => text.trim() !== '').map(({ no, text }) => ({ no, text: text.trim() }));
  // A title in one line wins over one put together, so that an index block above it stays out of it.
  for (let count = 1; count <= LONGEST_TITLE_LINES; count += 1) {
    for (let at = 0; at < filled.length; at += 1) {
      const title = filled
        .slice(at, at + count)
        .map(({ text }) => text)
        .join('');
      const { organ, year } = TITLE.exec(title.normalize('NFKC'))?.groups ?? {};
      if (organ === undefined || year === undefined || organ.includes('。')) continue;
      const rest = { preface: filled.slice(at + count), ignored: filled.slice(0, at) };
      return { title, titleLine: filled[at]?.no ?? 0, organName: organNameOf(title), year: Number(year), ...rest };
    }
  }
  const title = filled[0]?.text.slice(0, 200) ?? '';
  const year = /(\d{4})年/.exec(title)?.[1] ?? periodOf(filled)?.from.slice(0, 4);
  const organName = organNameOf(title);
  const numeric = year === undefined ? null : Number(year);
  return {
    title,
    titleLine: filled[0]?.no ?? 0,
    organName: organName === '' ? title : organName,
    year: numeric,
    preface: filled.slice(1),
    ignored: [],
  };
}

/** What stands in a title before the year. From the text as typed: the form that is matched has other brackets and widths. */
export function organNameOf(title: string): string {
  return title.split(/[\d０-９]{4}年/u)[0]?.trim() ?? '';
}

/** True when one of the lines is a title of the statutory form. */
export function hasStatutoryTitle(front: FrontMatter): boolean {
  return TITLE.test(front.title.normalize('NFKC'));
}

const PERIOD =
  /(?<year>\d{4})年(?<month>\d{1,2})月(?<day>\d{1,2})日起?(?:至|到|[—–~-]+)(?:(?<endYear>\d{4})年)?(?<endMonth>\d{1,2})月(?<endDay>\d{1,2})日/;

/** The first period the text names, as real dates; null when there is none or a date does not exist. */
export function periodOf(lines: readonly TextLine[]): AnnualReport['period'] {
  const text = lines.map((line) => line.text.normalize('NFKC').replace(/\s/g, '')).join('\n');
  const found = PERIOD.exec(text)?.groups;
  if (found === undefined) return null;
  const from = isoDate(found['year'], found['month'], found['day']);
  const to = isoDate(found['endYear'] ?? found['year'], found['endMonth'], found['endDay']);
  return isRealDate(from) && isRealDate(to) ? { from, to } : null;
}

function isoDate(year = '', month = '', day = ''): string {
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

const CONTACT: readonly (readonly [keyof Contact, RegExp])[] = [
  ['address', /地址[:：]\s*([^，。；,;）)\n]{4,80})/u],
  ['postcode', /(?:邮编|邮政编码)[:：]?\s*(\d{6})(?!\d)/u],
  ['phone', /电话[:：]?\s*((?:0\d{2,3}[-—－]?)?\d{7,8}(?!\d))/u],
  ['email', /([\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5})/u],
];

/** The contact details the preface gives; undefined when it gives none. They stay in the preface too. */
export function contactOf(preface: string): Contact | undefined {
  const found = CONTACT.flatMap(([field, pattern]) => {
    const text = pattern.exec(preface)?.[1]?.trim();
    return text === undefined ? [] : [[field, text] as const];
  });
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

/** Whether the figures are those of a region (全区, 我市 …) or of one organ; a guess from the words, to be confirmed by a person. */
export function scopeOf(organName: string, prose: string): AnnualReport['scope'] {
  if (/[局委办厅院会处中心]$/u.test(organName)) return 'organ';
  return /[全我][省市区县旗州镇乡]/u.test(prose) ? 'region' : 'organ';
}
