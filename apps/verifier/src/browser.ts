import { instant } from '#domain/instant';
import { canonicalBytes } from '#evidence/canonical';
import { portableCrypto } from '#evidence/portable-crypto';
import { provenTrust } from '#evidence/key-changes';
import { type FilesVerdict, type PublicFiles, verifyFiles } from '#evidence/verify-files';

export { defectSentence } from '#evidence/defect-sentences';

/**
 * Proves a publication from the bytes of its files and the JSON of a trust file, in the reader's own browser and with no
 * further request. `now`: a time in place of the clock's. RangeError for what is no trust file.
 */
export function verify(files: PublicFiles, trust: unknown, now: Date = new Date()): FilesVerdict {
  return verifyFiles(files, provenTrust(trust, portableCrypto), portableCrypto, instant(now));
}

/** What one compares by telephone: the SHA-256 of the trust file's canonical bytes. RangeError for what is none. */
export function fingerprint(trust: unknown): string {
  return portableCrypto.sha256(canonicalBytes(provenTrust(trust, portableCrypto)));
}
