import { Agent, request } from 'undici';
import type { EvidenceCrypto } from '#evidence/crypto';
import { defect } from '#evidence/defect';
import { DERIVED_NAMES } from '#report-files/writers/derived-names';
import type { AnnualReport } from '#report/model';
import type { PublicNotice } from '#report/notice/public-notice';
import { findPageDefect, findToldDefect, type Told } from './page-figures.js';
import { readPage } from './page-reading.js';
import { isDerived, type PageFile } from './page-manifest.js';
import type { PageTree } from './page-tree.js';
import type { AttemptDefect } from './attempt.js';
import type { Figures } from './attempt-trail.js';
import { differenceOf } from './page-difference.js';
import { countedOn } from './step-figures.js';

const TIMEOUT_MS = 5_000;
/** An earlier edition's file, which a cache may still give, is read whole even where it was longer. */
const MORE_BYTES = 4 * 1024 * 1024;
/** What was just published is proved once by whichever process of the site has this connection, and not by each of them at the same time. */
const ONE_CONNECTION = new Agent({ connections: 1 });

/** The public address could not be asked; nothing is known, so it is asked again later. */
export class AddressUnreachable extends Error {
  /** The code of what it means, which programs and people see. */
  readonly code = 'address_unreachable';

  /** `status`: what it answered instead; undefined when it gave no answer. */
  constructor(
    readonly url: string,
    readonly status?: number,
    cause?: unknown,
  ) {
    super(`${url} could not be read back: ${status === undefined ? 'no answer' : `status ${status}`}`, { cause });
    this.name = 'AddressUnreachable';
  }
}

/** What was read and found right. */
export interface ReadPages {
  readonly files: readonly PageFile[];
  readonly figures: ReadFigures;
}

type ReadFigures = Required<Pick<Figures, 'read' | 'unread' | 'texts' | 'cells' | 'tags'>>;

/**
 * Reads a public address as any reader would: every file byte for byte, then every figure and paragraph of the page against the report.
 * Answers what differs, or the files that were read and how much was compared. Throws AddressUnreachable when the address gives no answer. Files made of the signed bytes that
 * it cannot give now are left out: what was signed never waits for them.
 */
export async function readBack(
  url: string,
  tree: PageTree,
  { report, told }: { readonly report: AnnualReport; readonly told: Told },
  crypto: EvidenceCrypto,
): Promise<AttemptDefect | ReadPages> {
  const read: PageFile[] = [];
  let figures: Omit<ReadFigures, 'read' | 'unread'> = { texts: 0, cells: 0, tags: { found: 0, of: 0, missing: [] } };
  const fetched = await fetchFiles(url, tree);
  for (const file of tree.files) {
    const bytes = fetched.get(file.name);
    if (bytes === undefined) continue;
    const digest = crypto.sha256(bytes);
    if (digest !== file.digest) {
      const sizes = `${bytes.byteLength} bytes, ${file.bytes.byteLength} were written`;
      return { ...defect('public_bytes_differ', file.name, sizes), read: digest };
    }
    read.push(file);
    if (file.name !== 'index.html') continue;
    const page = readPage(bytes);
    const shown = findPageDefect(page, report) ?? findToldDefect(page, told);
    if (shown !== null) return differenceOf(shown, report);
    figures = countedOn(page);
  }
  return { files: read, figures: { read: read.length, unread: tree.files.length - read.length, ...figures } };
}

/** The bytes of a tree's files by name, as far as they can be had. Over one connection nothing that was signed may wait behind a file that the site makes anew first. */
async function fetchFiles(url: string, { files }: PageTree): Promise<ReadonlyMap<string, Uint8Array | undefined>> {
  const signedFirst = files.toSorted((a, b) => Number(isDerived(a.name)) - Number(isDerived(b.name)));
  return new Map(
    await Promise.all(
      signedFirst.map(async ({ name, bytes: written }) => {
        const bytes = fetchBytes(`${url}${name === 'index.html' ? '' : name}`, written.byteLength);
        return [name, await (isDerived(name) ? bytes.catch(unreachable) : bytes)] as const;
      }),
    ),
  );
}

function unreachable(error: unknown): undefined {
  if (!(error instanceof AddressUnreachable)) throw error;
}

/** What must answer nothing but the withdrawal. */
const GONE = ['', 'report.json', 'evidence.json', ...DERIVED_NAMES];

/**
 * Reads addresses whose edition was taken back, as any reader would: page and files are gone (410) with exactly the page
 * that says why, and the evidence of the withdrawal is there. Answers what differs, or null.
 */
export async function readBackWithdrawal(
  addresses: readonly string[],
  tree: PageTree,
  notice: PublicNotice | null,
  crypto: EvidenceCrypto,
): Promise<AttemptDefect | null> {
  const [page, evidence] = tree.files;
  if (page === undefined || evidence === undefined) throw new Error('a withdrawal has a page and its evidence');
  const told = findToldDefect(readPage(page.bytes), { notice, marks: ['withdrawn'] });
  if (told !== null) return defect(told.code, told.where, `${told.expected} / ${told.found}`);
  for (const url of addresses) {
    for (const name of GONE)
      if (crypto.sha256(await fetchBytes(`${url}${name}`, page.bytes.byteLength, 410)) !== page.digest)
        return defect('still_public', `${url}${name}`, 'not the page of the withdrawal');
    if (crypto.sha256(await fetchBytes(`${url}${evidence.name}`, evidence.bytes.byteLength)) !== evidence.digest)
      return defect('public_bytes_differ', `${url}${evidence.name}`, 'not the evidence of the withdrawal');
  }
  return null;
}

/** What an address answers; no more is read of it than shows that it is far longer than `written`. What stands between is told to ask the site itself. */
async function fetchBytes(url: string, written: number, status = 200): Promise<Uint8Array> {
  let answered: number;
  try {
    const { statusCode, body } = await request(url, {
      dispatcher: ONE_CONNECTION,
      headers: { 'cache-control': 'no-cache' },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    answered = statusCode;
    const bytes = await readUpTo(body, written + MORE_BYTES);
    if (answered === status) return bytes;
  } catch (cause) {
    throw new AddressUnreachable(url, undefined, cause);
  }
  throw new AddressUnreachable(url, answered);
}

async function readUpTo(body: AsyncIterable<Uint8Array>, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size > most) break;
  }
  return new Uint8Array(Buffer.concat(chunks));
}
