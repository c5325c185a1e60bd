import { toBase64 } from '#evidence/base64';
import type { AnnualReport } from '#report/model';
import { reportBodyHtml } from '#report/writers/report-html';
import { reportText } from '#report/writers/report-text';
import { xmlText } from '../feeds/xml-text.js';
import { timeInChina } from '../pages/date-in-china.js';
import type { Parcel } from './channel.js';

/** One file of a prepared draft. `text`: its characters, or its bytes in base64. */
export interface DraftFile {
  readonly name: string;
  readonly mediaType: string;
  readonly encoding: 'utf-8' | 'base64';
  readonly text: string;
}

/** What the editor of an official account takes. Source: developers.weixin.qq.com, 新增草稿 (draft_add), read 2026-11. */
const MOST = { title: 32, author: 16, abstract: 128, content: 20_000 } as const;

/**
 * The draft of an article for a WeChat official account: the text as an HTML fragment and as plain text, and a sheet with what goes
 * into the editor's other fields, and its cover. For a withdrawal the sheet alone, which says what to delete. Pure: the same parcel
 * and cover give the same bytes. `cover`: null where none can be made, and the sheet says so.
 */
export function draftFiles(parcel: Parcel, cover: Uint8Array | null): readonly DraftFile[] {
  const { report } = parcel;
  if (parcel.act === 'withdraw' || report === null) return [plain('封面单.txt', withdrawalSheet(parcel))];
  const html = `${noticeHtml(parcel)}${plainer(reportBodyHtml(report))}<p>原文：${xmlText(parcel.url)}</p>\n`;
  return [
    { name: '正文.html', mediaType: 'text/html', encoding: 'utf-8', text: html },
    plain('正文.txt', `${noticeText(parcel)}${reportText(report)}\n原文：${parcel.url}\n`),
    ...(cover === null
      ? []
      : [{ name: COVER, mediaType: 'image/png', encoding: 'base64', text: toBase64(cover) } as const]),
    plain('封面单.txt', coverSheet(parcel, report, { size: html.length, hasCover: cover !== null })),
  ];
}

const COVER = '封面.png';

const plain = (name: string, text: string): DraftFile => ({ name, mediaType: 'text/plain', encoding: 'utf-8', text });

function coverSheet(
  parcel: Parcel,
  report: AnnualReport,
  { size, hasCover }: { readonly size: number; readonly hasCover: boolean },
): string {
  const { title, organName, url, at, content, edition, earlier } = parcel;
  const lines = [
    '公众号发布封面单',
    '',
    `标题：${title}${overlong(title, MOST.title)}`,
    `作者：${organName}${overlong(organName, MOST.author)}`,
    `摘要：${cut(abstractOf(parcel, report), MOST.abstract)}`,
    `原文链接：${url}`,
    `版本：第 ${edition} 版，${timeInChina(at)} 在本站公开`,
    `报告内容 SHA-256：${content}`,
    '',
    '办理步骤：',
    ...earlier.map(({ edition: former, place }) => `□ 先删除以前发的第 ${former} 版：${place}`),
    `□ 新建图文，填写标题、作者、摘要和原文链接，${
      hasCover ? `封面用“${COVER}”（900×383）` : '标题有本系统字体没有的字，没有做封面，请选用单位统一的封面图'
    }`,
    size < MOST.content
      ? `□ 粘贴“正文.html”全部内容（${size} 字符）`
      : `□ “正文.html”有 ${size} 字符，超过编辑器的 ${MOST.content} 字符：只贴第一部分和原文链接`,
    '□ 由另一人对照原文核对数字',
    '□ 发布后，把文章地址填回向阳系统的“公开”页，点“确认已发布”',
  ];
  return sheet(lines);
}

function withdrawalSheet({ title, organName, edition, url, at, notice, earlier }: Parcel): string {
  const lines = [
    '公众号撤稿单',
    '',
    `标题：${title}`,
    `机关：${organName}`,
    `第 ${edition} 版已于 ${timeInChina(at)} 在本站撤回公开`,
    `理由：${notice?.reason ?? ''}`,
    `本站说明：${url}`,
    '',
    '办理步骤：',
    ...(earlier.length === 0
      ? ['□ 查公众号上是否发过该报告，发过的删除']
      : earlier.map(({ edition: former, place }) => `□ 删除第 ${former} 版的文章：${place}`)),
    '□ 删除后，回到向阳系统的“公开”页，点“确认已删除”',
  ];
  return sheet(lines);
}

/** One entry a line: a line break in a title or reason would pass for an entry, or a step to take, of its own. */
function sheet(lines: readonly string[]): string {
  return `${lines.map((line) => line.replaceAll(/\s+/gu, ' ').trim()).join('\n')}\n`;
}

function abstractOf({ notice, kind }: Parcel, report: AnnualReport): string {
  if (kind === 'correct' && notice !== null) return `更正：${notice.reason}`;
  return report.preface.replaceAll(/\s+/g, '') || report.title;
}

function noticeText({ notice, kind }: Parcel): string {
  return kind === 'correct' && notice !== null ? `更正说明：${notice.reason}\n\n` : '';
}

function noticeHtml(parcel: Parcel): string {
  const text = noticeText(parcel).trim();
  return text === '' ? '' : `<p><strong>${xmlText(text)}</strong></p>\n`;
}

/** The editor drops classes, ids and data; they only take up its characters. What joins cells of a table stays. */
function plainer(html: string): string {
  return html
    .replaceAll(/<(\/?)(?:section|div)\b[^>]*>\n?/g, '')
    .replaceAll(/<(\w+)(\s[^>]*)>/g, (_, name: string, attributes: string) => {
      const kept = attributes.match(/\s(?:colspan|rowspan)="\d+"/g) ?? [];
      return `<${name}${name === 'table' ? ' border="1"' : ''}${kept.join('')}>`;
    });
}

function overlong(text: string, most: number): string {
  const length = Array.from(text).length;
  return length > most ? `（${length} 字，编辑器最多 ${most} 字，请缩短）` : '';
}

function cut(text: string, most: number): string {
  const characters = Array.from(text);
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : text;
}
