import { isDefect } from '#evidence/defect';
import { portableCrypto } from '#evidence/portable-crypto';
import type { Trust } from '#evidence/trust';
import type { BundleSummary } from '#evidence/verify-bundle';
import { openWithdrawalReceipt } from '#evidence/verify-files';
import { type NotProved, refused } from './acts.js';

/** Why a receipt does not say that exactly this evidence of a withdrawal was read back from the address; null when it does. Codes: receipt_(unreadable|signature|mismatch). */
export function withdrawalReceiptDefect(
  bytes: Uint8Array,
  withheld: Uint8Array,
  sealed: BundleSummary,
  trust: Trust,
): NotProved | null {
  const opened = openWithdrawalReceipt(bytes, { withheld, sealed }, trust, portableCrypto);
  return isDefect(opened) ? refused(opened.defect, opened.where, opened.detail) : null;
}
