import type { EvidenceCrypto } from '#evidence/crypto';
import { type Defect, defect } from '#evidence/defect';
import type { AnnualReport } from '#report/model';
import { findPageDefect } from './page-figures.js';
import type { PageTree } from './page-tree.js';

const TIMEOUT_MS = 5_000;

/** The public address could not be asked; nothing is known, so it is asked again later. */
export class AddressUnreachable extends Error {
  constructor(url: string, reason: string, cause?: unknown) {
    super(`${url} could not be read back: ${reason}`, { cause });
    this.name = 'AddressUnreachable';
  }
}

/**
 * Reads a public address as any reader would: every file byte for byte, then every figure and paragraph of the page against the report.
 * Answers what differs, or null. Throws AddressUnreachable when the address gives no answer.
 */
export async function readBack(
  url: string,
  tree: PageTree,
  report: AnnualReport,
  crypto: EvidenceCrypto,
): Promise<Defect | null> {
  for (const file of tree.files) {
    const name = file.name === 'index.html' ? '' : file.name;
    const bytes = await fetchBytes(`${url}${name}`);
    if (crypto.sha256(bytes) !== file.digest)
      return defect(
        'public_bytes_differ',
        file.name,
        `${bytes.byteLength} bytes, ${file.bytes.byteLength} were signed`,
      );
    if (file.name !== 'index.html') continue;
    const shown = findPageDefect(new TextDecoder().decode(bytes), report);
    if (shown !== null) return defect(shown.code, shown.where, `${shown.expected} / ${shown.found}`);
  }
  return null;
}

async function fetchBytes(url: string): Promise<Uint8Array> {
  let response: Response;
  try {
    response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (response.status === 200) return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    throw new AddressUnreachable(url, 'no answer', cause);
  }
  throw new AddressUnreachable(url, `status ${response.status}`);
}
