import { type ComponentChildren, h } from 'preact';
import type { AnnualReport, Contact } from '#report/model';
import type { Language } from './frame.page.js';

const WORDS = {
  zh: {
    title: '对本报告有疑问',
    lead: '可以询问发布机关，也可以向其申请公开其他政府信息。联系方式是报告签批时所载的：',
    address: '地址',
    postcode: '邮编',
    phone: '电话',
    email: '电子邮箱',
  },
  en: {
    title: 'Questions about this report',
    lead: 'Ask the office that published it; it also takes applications for other information. As the report said when it was signed:',
    address: 'Address',
    postcode: 'Postcode',
    phone: 'Telephone',
    email: 'E-mail',
  },
} as const;

const FIELDS = ['address', 'postcode', 'phone', 'email'] as const satisfies readonly (keyof Contact)[];

/** One number a telephone can dial, and one mailbox; whatever else was written stays text. */
const DIALLED = /^\+?\d[\d -]{4,18}\d$/;
const MAILBOX = /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/;

/** Whom to ask about the report: the contact that was signed with it. Nothing where it has none. */
export function contactView({ contact }: Pick<AnnualReport, 'contact'>, language: Language = 'zh'): ComponentChildren {
  const words = WORDS[language];
  const given = FIELDS.flatMap((field) => {
    const text = contact?.[field];
    return text === undefined ? [] : [{ field, text }];
  });
  if (given.length === 0) return null;
  return h(
    'section',
    { 'aria-labelledby': 'ask' },
    h('h2', { id: 'ask' }, words.title),
    h('p', null, words.lead),
    h(
      'dl',
      { class: 'facts' },
      given.map(({ field, text }) =>
        h('div', null, h('dt', null, words[field]), h('dd', { lang: 'zh-CN' }, linked(field, text))),
      ),
    ),
  );
}

function linked(field: keyof Contact, text: string): ComponentChildren {
  if (field === 'phone' && DIALLED.test(text)) return h('a', { href: `tel:${text.replaceAll(/[ -]/g, '')}` }, text);
  if (field === 'email' && MAILBOX.test(text)) return h('a', { href: `mailto:${text}` }, text);
  return text;
}
