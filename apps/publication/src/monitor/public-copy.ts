import { createHash } from 'node:crypto';
import { publicPath } from '../domain/public-address.js';
import { isDerived, type PageFile } from '../publish/page-manifest.js';
import type { PageTree } from '../publish/page-tree.js';
import type { SiteAddress } from '../site/site-folder.js';
import type { EvidenceCrypto } from '#evidence/crypto';

const TIMEOUT_MS = 10_000;
/** Milliseconds for a download of all reports. */
const DOWNLOAD_MS = 120_000;
/** Bytes of one public file; larger ones are none of ours. */
const MOST_BYTES = 32 * 1024 * 1024;

/** What readers get at an address now. `silent`: the site gives no answer, or says that it shows nothing now; `absent`: 404. */
export type PublicCopy =
  | { readonly kind: 'copy'; readonly files: readonly PageFile[] }
  | { readonly kind: 'silent'; readonly why: string }
  | { readonly kind: 'absent' };

/** The public address of a report or of one edition. */
export function addressUrl(origin: string, { organ, year, edition }: SiteAddress): string {
  return `${origin}${publicPath(organ, year)}${edition === null ? '' : `v${edition}/`}`;
}

/**
 * Fetches the files of a tree from its public address as any reader would: without cookies, caches or redirects. The page of a
 * withdrawal is answered with 410 by this site, and with 200 by a server that only knows files. Of a file made of the signed bytes that the
 * site does not give now nothing is shown, so nothing can be wrong: it stands for itself.
 */
export async function fetchCopy(url: string, tree: PageTree, crypto: EvidenceCrypto): Promise<PublicCopy> {
  const files: PageFile[] = [];
  for (const file of tree.files) {
    const { name } = file;
    const got = await fetchFile(`${url}${name === 'index.html' ? '' : name}`);
    if (!('kind' in got)) files.push({ name, bytes: got.bytes, digest: crypto.sha256(got.bytes) });
    else if (isDerived(name)) files.push(file);
    else return got;
  }
  return { kind: 'copy', files };
}

/** The SHA-256 of what readers get at an address, or `partOf` of it; undefined when it gives no whole answer, or for `partOf` one larger than any page. */
export async function fetchDigest(url: string, partOf?: (bytes: Uint8Array) => string): Promise<string | undefined> {
  const hash = createHash('sha256');
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    const answer = await fetch(url, { redirect: 'error', cache: 'no-store', signal: AbortSignal.timeout(DOWNLOAD_MS) });
    if (answer.status !== 200) return undefined;
    for await (const part of answer.body ?? []) {
      const bytes = part as Uint8Array;
      size += bytes.byteLength;
      if (partOf === undefined) hash.update(bytes);
      else if (size > MOST_BYTES) return undefined;
      else parts.push(bytes);
    }
  } catch (error) {
    // No answer, or one that broke off: nothing is shown that could be wrong.
    const { name } = error as { readonly name?: string };
    if (name === 'TypeError' || name === 'TimeoutError') return undefined;
    throw error;
  }
  return partOf === undefined ? hash.digest('hex') : partOf(new Uint8Array(Buffer.concat(parts)));
}

async function fetchFile(url: string): Promise<{ readonly bytes: Uint8Array } | Exclude<PublicCopy, { kind: 'copy' }>> {
  try {
    const answer = await fetch(url, {
      redirect: 'error',
      cache: 'no-store',
      headers: { 'cache-control': 'no-cache' },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (answer.status === 404) return { kind: 'absent' };
    if (answer.status !== 200 && answer.status !== 410) return { kind: 'silent', why: `status_${answer.status}` };
    return { bytes: await bytesOf(answer) };
  } catch (error) {
    return { kind: 'silent', why: error instanceof Error ? error.name : 'no_answer' };
  }
}

async function bytesOf(answer: Response): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of answer.body ?? []) {
    const bytes = part as Uint8Array;
    size += bytes.byteLength;
    if (size > MOST_BYTES) throw new RangeError(`${answer.url}: more than ${MOST_BYTES} bytes`);
    parts.push(bytes);
  }
  return new Uint8Array(Buffer.concat(parts));
}
