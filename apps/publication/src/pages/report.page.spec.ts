import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { isRefusal } from '#domain/decision';
import type { EditionDocument } from '#report/edition';
import { readPlainText } from '#report/readers/plain-text';
import { pageFacts } from '../../../../test/support/page-facts.js';
import type { PageFacts } from './page-facts.js';
import { renderReportPage } from './report.page.js';

const reading = readPlainText(readFileSync('samples/xiangyang-2020.txt', 'utf8'));
if (isRefusal(reading)) throw new Error(reading.refused);
const edition: EditionDocument = {
  schema: 'sunward.edition/1',
  document: '00000000-0000-4000-8000-000000000001',
  edition: 1,
  kind: 'annual-report',
  organ: { code: 'xiangyang', name: '向阳区人民政府', level: 'county' },
  year: 2020,
  format: reading.report.format,
  report: reading.report,
  attachments: [],
};
const facts = pageFacts({
  kind: 'emergency',
  ratifiedAt: '2026-01-27T01:00:00.000Z',
  derived: [{ name: 'report.csv', digest: 'c'.repeat(64), sizeBytes: 20_000 }],
});
const page = (language: 'zh' | 'en'): string =>
  new TextDecoder().decode(renderReportPage(edition, facts, '', language));
const withContact = (contact: NonNullable<EditionDocument['report']['contact']>, language: 'zh' | 'en'): string =>
  new TextDecoder().decode(
    renderReportPage({ ...edition, report: { ...edition.report, contact } }, facts, '', language),
  );
const addresses = (part: string): string[] => [...part.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href);
const after = (text: string, mark: string): string => text.slice(text.indexOf(mark));

describe('whom to ask about a report', () => {
  const contact = {
    address: '向阳区光复路1号',
    postcode: '154000',
    phone: '0454-8620018',
    email: 'xyqzf@example.gov.cn',
  };

  it('is what was signed with it, to be dialled and written to', () => {
    for (const language of ['zh', 'en'] as const) {
      const part = after(withContact(contact, language), '<section aria-labelledby="ask">');
      for (const text of Object.values(contact)) expect(part).toContain(text);
      expect(addresses(part)).toEqual(expect.arrayContaining(['tel:04548620018', 'mailto:xyqzf@example.gov.cn']));
    }
  });

  it('is no address when it is none, and not said where the report has none', () => {
    const odd = withContact({ phone: '8620018、8620019', email: 'javascript:alert(1)@x' }, 'zh');
    expect(odd).toContain('8620018、8620019');
    expect(odd).not.toMatch(/href="(?:tel|mailto|javascript):/);
    expect(withContact({}, 'zh')).not.toContain('id="ask"');
    expect(page('zh')).not.toContain('id="ask"');
  });
});

describe('the editions of a report', () => {
  const second = (said: Partial<PageFacts>, language: 'zh' | 'en' = 'zh'): string[] => {
    const corrected = pageFacts({ kind: 'correct', publishedAt: '2026-02-26T16:30:00.000Z', ...said });
    const text = new TextDecoder().decode(renderReportPage({ ...edition, edition: 2 }, corrected, '', language));
    const part = after(text, '<section aria-labelledby="versions">');
    const items = part.slice(0, part.indexOf('</section>')).split('<li>').slice(1);
    return items.map((item) => item.replace(/<[^>]*>/g, ''));
  };

  it('are listed with the day of each that this page proves', () => {
    const first = { firstPublishedAt: '2026-01-26T01:00:00.000Z' };
    expect(second(first).slice(0, -1)).toEqual(['第2版（本页） · 2026-02-27 · 现行版本', '第1版 · 2026-01-26']);
    const newer = { edition: 4, at: '2026-04-01T01:00:00.000Z' };
    expect(second({ ...first, newer }).slice(0, -1)).toEqual([
      '第4版 · 2026-04-01 · 现行版本',
      '第3版',
      '第2版（本页） · 2026-02-27',
      '第1版 · 2026-01-26',
    ]);
  });

  it('are listed without a day that nothing public proves any more', () => {
    expect(second({}).at(-2)).toBe('第1版');
  });
});

describe('the English frame of a report', () => {
  it('offers the files and says how to check them in English', () => {
    const part = after(page('en'), '<section aria-labelledby="files">');
    expect(part).toContain('How to check it');
    expect(part).toContain('being made; it will be added here');
    expect(part).toContain('evidence of the ratification');
    // But for the citation, which is in Chinese and says so.
    expect(part.replace(/<p lang="zh-CN">[^<]*<\/p>/, '')).not.toMatch(/\p{Script=Han}/u);
  });

  it('leads to the same files as the Chinese one', () => {
    const [zh, en] = (['zh', 'en'] as const).map((language) =>
      addresses(after(page(language), 'aria-labelledby="files"')),
    );
    const elsewhere = (href: string): string => (/^\/(?:check|data|accessibility)\/$/.test(href) ? `/en${href}` : href);
    expect(en).toEqual(zh?.map((href) => elsewhere(href.replace(/^\.\//, '/xxgk/ndbg/xiangyang/2020/'))));
    expect(en?.length).toBeGreaterThan(7);
  });
});
