import { expect, it } from '@jest/globals';
import { REASON } from '../../../../test/support/publication-files.js';
import { renderWithdrawnPage } from './withdrawn.page.js';

const DOCUMENT = '00000000-0000-4000-8000-000000000003';

it.each(['zh', 'en'] as const)(
  'in place of a withdrawn report stand the feeds that will tell of the next edition: %s',
  (language) => {
    const notice = {
      schema: 'sunward.notice/1',
      kind: 'withdraw',
      document: DOCUMENT,
      edition: 1,
      replaces: 1,
      reason: REASON,
      changes: null,
    } as const;
    const organ = { code: 'xiangyang', name: '向阳区<人民>政府' };
    const page = new TextDecoder().decode(
      renderWithdrawnPage({ organ, year: 2020, notice, withdrawnAt: '2026-01-20T01:00:00.000Z' }, language),
    );
    for (const [type, form] of [
      ['atom+xml', 'atom'],
      ['feed+json', 'json'],
    ])
      expect(page).toContain(
        `<link rel="alternate" type="application/${type}" href="/feeds/reports.${form}?organ=xiangyang" title="向阳区&lt;人民>政府`,
      );
  },
);
