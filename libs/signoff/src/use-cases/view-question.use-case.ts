import { getContent } from '#content-store/content-store';
import type { AskedByLink } from '#contracts/http/leg.api';
import { isRefusal, type Refusal, refuse } from '#domain/decision';
import type { EvidenceCrypto } from '#evidence/crypto';
import { databaseNow, type Handle } from '#persistence/sql';
import { parseEdition } from '#report/edition';
import type { z } from 'zod';
import { consultationByToken } from '../beside-the-case.repository.js';
import { latestDirectory } from '../directory-copy.repository.js';

/**
 * What the holder of a link is asked, with the edition it is about, until it expires: nothing but the link says who he is. Refuses
 * not_found for a link nobody gave, consultation_closed {at}.
 */
export async function viewQuestion(
  handle: Handle,
  link: string,
  crypto: EvidenceCrypto,
): Promise<z.infer<typeof AskedByLink> | Refusal> {
  const asked = await consultationByToken(handle, crypto.sha256(Buffer.from(link, 'utf8')));
  if (asked === undefined) return refuse('not_found');
  const { question, expiresAt, answeredAt } = asked;
  if ((await databaseNow(handle)) >= expiresAt) return refuse('consultation_closed', { at: expiresAt });
  const edition = parseEdition(await getContent(handle, asked.content));
  if (isRefusal(edition)) throw new Error(`content ${asked.content} asked about is no edition: ${edition.refused}`);
  const { organ, year, report } = edition;
  const organs = (await latestDirectory(handle))?.document.organs ?? [];
  const name = organs.find(({ code }) => code === organ.code)?.name ?? organ.name;
  return { organ: name, year, question, expiresAt, answeredAt, report };
}
