import { instant } from '#domain/instant';
import { canonicalBytes } from '#evidence/canonical';
import { provenTrust } from '#evidence/key-changes';
import { portableCrypto } from '#evidence/portable-crypto';
import { type FilesVerdict, type PublicFiles, verifyFiles } from '#evidence/verify-files';

/** The verdict on the files of a publication, with no further request. RangeError for what is no trust file. */
export const verify = (files: PublicFiles, trust: unknown): FilesVerdict =>
  verifyFiles(files, provenTrust(trust, portableCrypto), portableCrypto, instant(new Date()));

/** What one compares by telephone: the SHA-256 of the trust file's canonical bytes. */
export const fingerprint = (trust: unknown): string =>
  portableCrypto.sha256(canonicalBytes(provenTrust(trust, portableCrypto)));
