import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Trust } from '#evidence/trust';
import type { PublicFiles } from '#evidence/verify-files';
import { CommandFailure, EXIT } from './exit-code.js';
import { readFileBeside, readLocalFile } from './local-file.js';
import type { Output } from './output.js';
import { fetchPublication, fetchTrust, readTrust, trustFingerprint } from './publication-files.js';

/** Files named by hand, in place of those found. */
export interface EvidenceOptions {
  readonly trust?: string;
  readonly report?: string;
  readonly inclusion?: string;
  readonly ratification?: string;
}

/** The files of one publication, and the anchors to go by. `ratification`: the evidence that an emergency was ratified. */
export interface FoundEvidence {
  readonly files: PublicFiles & { readonly ratification?: Uint8Array };
  readonly trust: Trust;
}

interface Place {
  readonly output: Output;
  readonly varDir: string;
}

/** Finds the evidence at a public address or in a file; offline for a file. CommandFailure when something cannot be had. */
export function findEvidence(source: string, options: EvidenceOptions, place: Place): Promise<FoundEvidence> {
  return /^https?:\/\//.test(source)
    ? evidenceAt(source, options, place.output)
    : evidenceIn(source, options, place.varDir);
}

async function evidenceIn(file: string, options: EvidenceOptions, varDir: string): Promise<FoundEvidence> {
  const trustFile = options.trust ?? path.join(varDir, 'trust.json');
  if (options.trust === undefined && !existsSync(trustFile))
    throw new CommandFailure(EXIT.usage, 'trust_needed', {
      zh: `没有信任文件：请用 --trust 指定（站点的 /.well-known/sunward/trust.json）。`,
      en: `No trust file: name it with --trust (the site's /.well-known/sunward/trust.json).`,
    });
  const files = filesOf({
    evidence: await readLocalFile(file),
    report: await named(options.report),
    receipt: await readFileBeside(file, 'receipt.json'),
    inclusion: (await named(options.inclusion)) ?? (await readFileBeside(file, 'inclusion.json')),
    ratification: (await named(options.ratification)) ?? (await readFileBeside(file, 'ratification.json')),
  });
  return { files, trust: await readTrust(trustFile) };
}

/** The files behind a public address; without a trust file of one's own, under what the site says of itself. */
export async function evidenceAt(address: string, options: EvidenceOptions, output: Output): Promise<FoundEvidence> {
  const trust = options.trust === undefined ? await siteTrust(address, output) : await readTrust(options.trust);
  const found = await fetchPublication(address);
  const files = filesOf({
    ...found,
    report: (await named(options.report)) ?? found.report,
    inclusion: (await named(options.inclusion)) ?? found.inclusion,
    ratification: (await named(options.ratification)) ?? found.ratification,
  });
  return { files, trust };
}

const named = async (file: string | undefined): Promise<Uint8Array | undefined> =>
  file === undefined ? undefined : readLocalFile(file);

type Sought = Pick<PublicFiles, 'evidence'> &
  Readonly<Record<'report' | 'receipt' | 'inclusion' | 'ratification', Uint8Array | undefined>>;

function filesOf({ evidence, report, receipt, inclusion, ratification }: Sought): FoundEvidence['files'] {
  return {
    evidence,
    ...(report === undefined ? {} : { report }),
    ...(receipt === undefined ? {} : { receipt }),
    ...(inclusion === undefined ? {} : { inclusion }),
    ...(ratification === undefined ? {} : { ratification }),
  };
}

async function siteTrust(address: string, output: Output): Promise<Trust> {
  const trust = await fetchTrust(address);
  const fingerprint = trustFingerprint(trust);
  output.warn({
    zh: `注意：信任文件取自被核验的站点自身，只能证明前后一致，不能证明身份。请向机关核对指纹：${fingerprint}`,
    en: `Warning: the trust file comes from the very site under test: it proves consistency, not identity. Compare its fingerprint with the organ: ${fingerprint}`,
  });
  return trust;
}
