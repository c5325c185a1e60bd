import { LRUCache } from 'lru-cache';
import { getContent } from '#content-store/content-store';
import { isRefusal } from '#domain/decision';
import type { Digest } from '#domain/identifiers';
import type { Handle } from '#persistence/sql';
import { parseEdition } from '#report/edition';
import type { AnnualReport } from '#report/model';

const MOST_KEPT = 50;
const kept = new LRUCache<Digest, AnnualReport>({ max: MOST_KEPT });

/** The report of a frozen edition. A digest never means other bytes, so what was opened last is kept. Throws when the bytes are no edition. */
export async function editionReport(handle: Handle, content: Digest): Promise<AnnualReport> {
  const known = kept.get(content);
  if (known !== undefined) return known;
  const edition = parseEdition(await getContent(handle, content));
  if (isRefusal(edition)) throw new Error(`${content} is no edition: ${edition.refused}`);
  kept.set(content, edition.report);
  return edition.report;
}
