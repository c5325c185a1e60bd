import { h } from 'preact';
import { htmlPage } from './frame.page.js';

/** The page for an address where nothing is public (404), or where the stored bytes do not prove themselves (503). */
export function renderMissingPage(status: 404 | 503): Uint8Array {
  const [title, text] =
    status === 404
      ? ['没有这个页面', '这个地址下没有已发布的内容。地址可能写错，或者报告尚未签发。']
      : ['暂时不能提供', '这份报告的存储内容正在核对修复，核对无误后会自动恢复。'];
  return htmlPage(
    { title, description: title, way: [{ text: '政府信息公开年度报告', href: '/xxgk/ndbg/' }, { text: title }] },
    h('h1', null, title),
    h('p', null, text),
    h('p', null, h('a', { href: '/xxgk/ndbg/' }, '查看已发布的年度报告')),
    h('p', { lang: 'en' }, status === 404 ? 'There is nothing public at this address.' : 'Temporarily unavailable.'),
  );
}
