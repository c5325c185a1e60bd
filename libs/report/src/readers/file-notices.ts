import type { Finding } from '../finding.js';
import type { Message, Severity } from '../place.js';
import type { FileNotice } from './report-document.js';
import { sourceText } from './source-text.js';

interface NoticeText extends Message {
  readonly rule: string;
  readonly severity: Severity;
}

/** What is signed must be what is seen: changes and hidden words are errors, what a reader left out is a warning. */
const NOTICES: Readonly<Record<FileNotice['code'], NoticeText>> = {
  tracked_insertions: { rule: 'Q04', severity: 'E', zh: '有修订痕迹（插入）', en: 'tracked insertions' },
  tracked_deletions: { rule: 'Q04', severity: 'E', zh: '有修订痕迹（删除）', en: 'tracked deletions' },
  hidden_text: { rule: 'Q04', severity: 'E', zh: '有看不见的文字，未读入', en: 'hidden text, not read' },
  comments: { rule: 'S14', severity: 'W', zh: '有批注，未读入', en: 'comments, not read' },
  footnotes: { rule: 'S14', severity: 'W', zh: '有脚注或尾注，未读入', en: 'footnotes, not read' },
  external_links: {
    rule: 'Q04',
    severity: 'W',
    zh: '引用了文件以外的内容，未读取',
    en: 'contents outside the file, not fetched',
  },
  active_fields: {
    rule: 'Q04',
    severity: 'W',
    zh: '有会自动更新的域，按所存文字读入',
    en: 'fields that update themselves; their stored text was read',
  },
  embedded_objects: { rule: 'Q04', severity: 'W', zh: '有嵌入对象，未读入', en: 'embedded objects, not read' },
  pictures: {
    rule: 'S04',
    severity: 'W',
    zh: '有图片；图片中的文字和表格读不出来',
    en: 'pictures; words and tables in them cannot be read',
  },
  formulas: {
    rule: 'Q04',
    severity: 'W',
    zh: '有公式，按所存结果读入',
    en: 'formulas; their stored results were read',
  },
  hidden_sheets: {
    rule: 'Q04',
    severity: 'W',
    zh: '有隐藏的工作表、行或列，未读入',
    en: 'hidden sheets, rows or columns, not read',
  },
  scripts: { rule: 'Q04', severity: 'I', zh: '有脚本，已略去', en: 'scripts, left out' },
  page_furniture: {
    rule: 'S14',
    severity: 'I',
    zh: '有页眉页脚等版面文字，已略去',
    en: 'headers, footers and the like, left out',
  },
  radicals: {
    rule: 'V07',
    severity: 'I',
    zh: '有部首形的汉字，已换成通用字',
    en: 'radicals in place of characters, replaced',
  },
};

/** One finding for each kind of thing a file reader saw besides the text. */
export function noticeFindings(notices: readonly FileNotice[]): readonly Finding[] {
  return notices.map(({ code, count, sample, at }): Finding => {
    const { rule, severity, zh, en } = NOTICES[code];
    const first = sourceText(at);
    const quoted = sample === '' ? { zh: '', en: '' } : { zh: `，首处“${sample}”`, en: `, the first "${sample}"` };
    return {
      code,
      rule,
      severity,
      place: { part: 'report' },
      line: at.line ?? null,
      at,
      original: sample,
      message: { zh: `${zh} ${count} 处（${first.zh}${quoted.zh}）`, en: `${count} × ${en} (${first.en}${quoted.en})` },
    };
  });
}
