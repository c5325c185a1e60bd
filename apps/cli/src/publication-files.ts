import { canonicalBytes } from '#evidence/canonical';
import { nodeCrypto } from '#evidence/node-crypto';
import { provenTrust } from '#evidence/key-changes';
import type { Trust } from '#evidence/trust';
import { outOfReach } from './api-client.js';
import { CommandFailure, EXIT } from './exit-code.js';
import { readJsonFile } from './local-file.js';

/** The files that prove a publication; receipt and inclusion come a little after it went live, the ratification of an emergency in its own time. */
export interface PublicationFiles {
  readonly evidence: Uint8Array;
  /** Absent where the edition was withdrawn. */
  readonly report: Uint8Array | undefined;
  readonly receipt: Uint8Array | undefined;
  readonly inclusion: Uint8Array | undefined;
  readonly ratification: Uint8Array | undefined;
}

const MAX_BYTES = 64 * 1024 * 1024;
const TIMEOUT_MS = 30_000;

/** Downloads the files that stand beside a page (or beside the evidence address itself), or those of its withdrawal. */
export async function fetchPublication(address: string): Promise<PublicationFiles> {
  const beside = (name: string): URL => new URL(name, address);
  const withdrawal = await downloadIfThere(beside('withdrawal.json'));
  if (withdrawal !== undefined)
    return {
      evidence: withdrawal,
      report: undefined,
      receipt: undefined,
      inclusion: undefined,
      ratification: undefined,
    };
  return {
    evidence: await download(beside('evidence.json')),
    report: await download(beside('report.json')),
    receipt: await downloadIfThere(beside('receipt.json')),
    inclusion: await downloadIfThere(beside('inclusion.json')),
    ratification: await downloadIfThere(beside('ratification.json')),
  };
}

/** The anchors a site publishes about itself: they prove consistency, not identity. */
export async function fetchTrust(address: string): Promise<Trust> {
  const url = new URL('/.well-known/sunward/trust.json', address);
  const bytes = await download(url);
  return trustFrom(() => JSON.parse(new TextDecoder().decode(bytes)), url.href);
}

/** Reads a trust file. CommandFailure `bad_trust` saying what is wrong with it. */
export async function readTrust(path: string): Promise<Trust> {
  const value = await readJsonFile(path);
  return trustFrom(() => value, path);
}

/** What one compares by telephone: the SHA-256 of the anchors' canonical bytes. */
export function trustFingerprint(trust: Trust): string {
  return nodeCrypto.sha256(canonicalBytes(trust));
}

function trustFrom(read: () => unknown, where: string): Trust {
  try {
    return provenTrust(read(), nodeCrypto);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const sentence = {
      zh: `${where} 不是可用的信任文件：${reason}`,
      en: `${where} is no usable trust file: ${reason}`,
    };
    throw new CommandFailure(EXIT.usage, 'bad_trust', sentence, { where }, error);
  }
}

async function downloadIfThere(url: URL): Promise<Uint8Array | undefined> {
  try {
    return await download(url);
  } catch (error) {
    if (error instanceof CommandFailure && error.code === 'not_published' && error.exit === EXIT.finding)
      return undefined;
    throw error;
  }
}

async function download(url: URL): Promise<Uint8Array> {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch((error: unknown) => {
    throw outOfReach(url.origin, error);
  });
  if (!response.ok) {
    const exit = response.status >= 500 ? EXIT.unreachable : EXIT.finding;
    const sentence = {
      zh: `${url.href} 没有内容（HTTP ${response.status}）。`,
      en: `${url.href}: HTTP ${response.status}.`,
    };
    throw new CommandFailure(exit, 'not_published', sentence, { url: url.href, status: response.status });
  }
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes.byteLength <= MAX_BYTES) return bytes;
  const sentence = { zh: `${url.href} 超过 ${MAX_BYTES} 字节。`, en: `${url.href} is larger than ${MAX_BYTES} bytes.` };
  throw new CommandFailure(EXIT.finding, 'too_large', sentence, { url: url.href, sizeBytes: bytes.byteLength });
}
