import { isRefusal } from '#domain/decision';
import type { EvidenceCrypto } from '#evidence/crypto';
import { type EditionDocument, parseEdition } from '#report/edition';
import type { ProvenFacts, ProvenPages } from './proven-pages.js';
import type { SiteFolder } from './site-folder.js';

/** What is read of a report to quote it: its signed text, and what was proved of it. */
export interface SignedText {
  readonly edition: EditionDocument;
  readonly facts: ProvenFacts;
}

/**
 * The report readers have at an address now, for quoting: its tree proved itself once, and its text is, on the disk now, byte for byte what was signed.
 * The files beside it are not read. Undefined when nothing is shown there or its bytes differ.
 */
export async function signedTextAt(
  at: { readonly organ: string; readonly year: number },
  {
    folder,
    pages,
    crypto,
  }: { readonly folder: SiteFolder; readonly pages: ProvenPages; readonly crypto: EvidenceCrypto },
): Promise<SignedText | undefined> {
  const address = { organ: at.organ, year: at.year, edition: null };
  const tree = await folder.linkOf(address);
  if (tree === undefined) return undefined;
  const facts = await pages.factsAt({ ...address, tree });
  if (facts?.shows !== 'edition') return undefined;
  const bytes = await folder.readReport(tree);
  if (bytes === undefined || crypto.sha256(bytes) !== facts.content) return undefined;
  const edition = parseEdition(bytes);
  return isRefusal(edition) ? undefined : { edition, facts };
}
