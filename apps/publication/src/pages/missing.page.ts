import { h } from 'preact';
import { HOME, htmlPage, type Language } from './frame.page.js';

const WORDS = {
  zh: {
    404: ['没有这个页面', '这个地址下没有已发布的内容。地址可能写错，或者报告尚未签发。'],
    503: ['暂时不能提供', '这份报告的存储内容正在核对修复，核对无误后会自动恢复。'],
    list: '查看已发布的年度报告',
  },
  en: {
    404: [
      'There is no such page',
      'Nothing is public at this address. It may be mistyped, or the report is not signed yet.',
    ],
    503: ['Not available now', 'What is stored of this report is being checked and mended; it comes back by itself.'],
    list: 'The annual reports that are published',
  },
} as const;

/** The page for an address where nothing is public (404), or where the stored bytes do not prove themselves (503). */
export function renderMissingPage(status: 404 | 503, language: Language = 'zh'): Uint8Array {
  const words = WORDS[language];
  const [title, text] = words[status];
  return htmlPage(
    { title, description: title, language, way: [HOME[language], { text: title }] },
    h('h1', null, title),
    h('p', null, text),
    h('p', null, h('a', { href: HOME[language].href }, words.list)),
  );
}
