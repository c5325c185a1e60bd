import { readFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import { canonicalBytes } from '#evidence/canonical';
import type { EvidenceCrypto } from '#evidence/crypto';
import { filesManifest, MANIFEST, type NamedFiles } from '#evidence/files-manifest';
import type { EvidenceFolder } from './evidence-folder.js';
import { chineseGuide, englishGuide } from './evidence-guides.js';

/** The program that travels with the evidence, and the list of what it is made of. */
export interface TravellingVerifier {
  readonly program: Uint8Array;
  readonly billOfMaterials: Uint8Array;
}

/**
 * Everything needed to check one publication, or its withdrawal, for ever, with Node and nothing else, as a ZIP: the files, the anchors, the
 * verifier, and what to do in both languages. The same bytes for the same publication on every machine.
 */
export function evidenceZip(folder: EvidenceFolder, verifier: TravellingVerifier, crypto: EvidenceCrypto): Uint8Array {
  const fingerprint = crypto.sha256(canonicalBytes(folder.trust));
  const encoder = new TextEncoder();
  const files: NamedFiles = {
    'README.txt': encoder.encode(englishGuide(folder, fingerprint)),
    'README.zh-CN.txt': encoder.encode(chineseGuide(folder, fingerprint)),
    ...Object.fromEntries(Object.entries(folder.files).map(([name, bytes]) => [`${name}.json`, bytes])),
    'trust.json': canonicalBytes(folder.trust),
    'verify.mjs': verifier.program,
    'verify.sbom.json': verifier.billOfMaterials,
  };
  const whole: NamedFiles = { ...files, [MANIFEST]: filesManifest(files, folder.trust, crypto) };
  const names = Object.keys(whole).toSorted();
  // ZIP times are local: this names the same fields in every time zone, the first a ZIP can say.
  const mtime = new Date(1980, 0, 1);
  return zipSync(Object.fromEntries(names.map((name) => [name, [whole[name]!, { mtime }] as const])), { level: 6 });
}

let kept: TravellingVerifier | undefined;

/** Reads the verifier the build left beside this program; read once. */
export function readVerifier(): TravellingVerifier {
  const folder = new URL(import.meta.url.endsWith('.ts') ? '../../../../dist/run/' : './', import.meta.url);
  kept ??= {
    program: new Uint8Array(readFileSync(new URL('verify.mjs', folder))),
    billOfMaterials: new Uint8Array(readFileSync(new URL('verify.sbom.json', folder))),
  };
  return kept;
}
