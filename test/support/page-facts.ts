import type { PageFacts } from '../../apps/publication/src/pages/page-facts.js';

/** What the page of a report says about its own sign-off, the first edition just published; `said`: what a test asks about. */
export const pageFacts = (said: Partial<PageFacts> = {}): PageFacts => ({
  kind: 'publish',
  notice: null,
  newer: null,
  firstPublishedAt: null,
  ratifiedAt: null,
  signedAt: '2026-01-25T17:30:00.000Z',
  publishedAt: '2026-01-26T01:00:00.000Z',
  site: 'http://localhost:3080',
  identity: { name: null, idCode: null, contact: null },
  report: { digest: 'a'.repeat(64), sizeBytes: 30_000 },
  evidence: { digest: 'b'.repeat(64), sizeBytes: 90_000 },
  derived: [],
  ...said,
});
