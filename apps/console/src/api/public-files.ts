import { Unreachable } from './send.js';

/** What lies beside a public page, as bytes; `receipt` and `inclusion` come a moment after the page itself. */
export interface PublishedFiles {
  readonly evidence: Uint8Array;
  readonly report: Uint8Array;
  readonly receipt: Uint8Array | undefined;
  readonly inclusion: Uint8Array | undefined;
  readonly trust: unknown;
}

async function bytesAt(url: URL): Promise<Uint8Array | undefined> {
  let response: Response;
  try {
    response = await fetch(url, { credentials: 'omit', cache: 'no-store' });
  } catch (error) {
    throw new Unreachable('the public site does not answer', { cause: error });
  }
  return response.ok ? new Uint8Array(await response.arrayBuffer()) : undefined;
}

async function neededAt(url: URL): Promise<Uint8Array> {
  const bytes = await bytesAt(url);
  if (bytes === undefined) throw new Unreachable(`${url.href} is not there`);
  return bytes;
}

/** Reads the files of a public page from its public address, as anybody would. Throws Unreachable. */
export async function readPublished(page: string): Promise<PublishedFiles> {
  const [evidence, report, receipt, inclusion, trust] = await Promise.all([
    neededAt(new URL('evidence.json', page)),
    neededAt(new URL('report.json', page)),
    bytesAt(new URL('receipt.json', page)),
    bytesAt(new URL('inclusion.json', page)),
    neededAt(new URL('/.well-known/sunward/trust.json', page)),
  ]);
  return { evidence, report, receipt, inclusion, trust: JSON.parse(new TextDecoder().decode(trust)) as unknown };
}
