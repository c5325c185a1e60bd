import { createHash } from 'node:crypto';
import { publicPath } from '../domain/public-address.js';
import { isDerived, manifestEntries, type PageFile } from '../publish/page-manifest.js';
import type { PageTree } from '../publish/page-tree.js';
import type { SiteAddress } from '../site/site-folder.js';
import type { EvidenceCrypto } from '#evidence/crypto';

/** Milliseconds for one file, and for all of an address. */
const FILE_MS = 10_000;
const COPY_MS = 30_000;
/** Milliseconds for a list or a feed, and for a download of all reports: both downloads and all lists end before a monitor counts as silent. */
export const LIST_MS = 10_000;
export const DOWNLOAD_MS = 100_000;
/** Bytes of one public file; larger ones are none of ours. */
const MOST_BYTES = 32 * 1024 * 1024;

/**
 * What readers get at an address now. `silent`: the site gives no answer, or says that it shows nothing now; `absent`: 404; `elsewhere`: it sends them to
 * another address for the file of this name.
 */
export type PublicCopy =
  | { readonly kind: 'copy'; readonly files: readonly PageFile[] }
  | { readonly kind: 'silent'; readonly why: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'elsewhere'; readonly name: string };

/** The public address of a report or of one edition. */
export function addressUrl(origin: string, { organ, year, edition }: SiteAddress): string {
  return `${origin}${publicPath(organ, year)}${edition === null ? '' : `v${edition}/`}`;
}

/**
 * Fetches the files of a tree from its public address as any reader would: without cookies or caches, following no redirect. The page of a
 * withdrawal is answered with 410 by this site, and with 200 by a server that only knows files. Of a file made of the signed bytes that the
 * site does not give now nothing is shown, so nothing can be wrong: it stands for itself. A file longer than its manifest says is read no further than
 * is needed to see that.
 */
export async function fetchCopy(
  url: string,
  tree: PageTree,
  crypto: EvidenceCrypto,
  copyMs = COPY_MS,
): Promise<PublicCopy> {
  const whole = AbortSignal.timeout(copyMs);
  const sizes = new Map(manifestEntries(tree.manifest).map(({ name, sizeBytes }) => [name, sizeBytes]));
  const files: PageFile[] = [];
  for (const file of tree.files) {
    const { name } = file;
    const path = name === 'index.html' ? '' : name;
    const got = await fetchFile(`${url}${path}`, name, mostOf(sizes.get(name)), whole);
    if (!('kind' in got)) files.push({ name, bytes: got.bytes, digest: crypto.sha256(got.bytes) });
    else if (got.kind !== 'elsewhere' && isDerived(name)) files.push(file);
    else return got;
  }
  return { kind: 'copy', files };
}

function mostOf(sizeBytes: number | undefined): number {
  return Number.isSafeInteger(sizeBytes) ? Math.min(sizeBytes ?? 0, MOST_BYTES) : MOST_BYTES;
}

/** How a list is read. `ms`: after which there was no answer; `partOf`: what of it is compared, and `mostBytes` up to which it is held for that. */
export interface DigestReading {
  readonly ms?: number;
  readonly partOf?: ((bytes: Uint8Array) => string) | undefined;
  readonly mostBytes?: number | undefined;
}

/** In place of a digest: an answer longer than what was to be held of it. */
export const TOO_LONG = 'too_long';

/** The SHA-256 of what readers get at an address, or `partOf` of it, or TOO_LONG; undefined when it gives no whole answer. */
export async function fetchDigest(
  url: string,
  { ms = DOWNLOAD_MS, partOf, mostBytes = MOST_BYTES }: DigestReading = {},
): Promise<string | undefined> {
  const hash = createHash('sha256');
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    const answer = await fetch(url, { redirect: 'error', cache: 'no-store', signal: AbortSignal.timeout(ms) });
    if (answer.status !== 200) return undefined;
    for await (const part of answer.body ?? []) {
      const bytes = part as Uint8Array;
      size += bytes.byteLength;
      if (partOf === undefined) hash.update(bytes);
      else if (size > mostBytes) return TOO_LONG;
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

async function fetchFile(
  url: string,
  name: string,
  mostBytes: number,
  whole: AbortSignal,
): Promise<{ readonly bytes: Uint8Array } | Exclude<PublicCopy, { kind: 'copy' }>> {
  try {
    const answer = await fetch(url, {
      redirect: 'manual',
      cache: 'no-store',
      headers: { 'cache-control': 'no-cache' },
      signal: AbortSignal.any([whole, AbortSignal.timeout(FILE_MS)]),
    });
    if (answer.status === 404) return { kind: 'absent' };
    if (leadsElsewhere(url, answer)) return { kind: 'elsewhere', name };
    if (answer.status !== 200 && answer.status !== 410) return { kind: 'silent', why: `status_${answer.status}` };
    return { bytes: await bytesOf(answer, mostBytes) };
  } catch (error) {
    return { kind: 'silent', why: error instanceof Error ? error.name : 'no_answer' };
  }
}

/** Whether readers are shown another place. The same address over https is the installation's own step, and shows nothing yet. */
function leadsElsewhere(url: string, { status, headers }: Response): boolean {
  const location = headers.get('location');
  if (status < 300 || status > 399 || location === null) return false;
  if (!URL.canParse(location, url)) return true;
  const [from, to] = [new URL(url), new URL(location, url)];
  return to.protocol !== 'https:' || to.hostname !== from.hostname || to.pathname !== from.pathname;
}

/** The bytes of an answer, and no more of one that is too long than shows that. */
async function bytesOf(answer: Response, mostBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of answer.body ?? []) {
    const bytes = part as Uint8Array;
    size += bytes.byteLength;
    parts.push(bytes);
    if (size > mostBytes) break;
  }
  return new Uint8Array(Buffer.concat(parts));
}
