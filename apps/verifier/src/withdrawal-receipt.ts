import { isDefect } from '#evidence/defect';
import { trustUnretired } from '#evidence/key-validity';
import { openStatement } from '#evidence/open-statement';
import { portableCrypto } from '#evidence/portable-crypto';
import { mismatch } from '#evidence/same-statement';
import { serviceKeys, type Trust } from '#evidence/trust';
import type { BundleSummary } from '#evidence/verify-bundle';
import { receiptEnvelope } from '#evidence/verify-files';
import { type NotProved, refused } from './acts.js';

/**
 * Why a receipt does not say that exactly this evidence of a withdrawal was read back from the address; null when it does. The bundle it names had the
 * text in it, so it is bound by the file it lists instead. Codes: receipt_(unreadable|signature|mismatch).
 */
export function withdrawalReceiptDefect(
  bytes: Uint8Array,
  withheld: Uint8Array,
  { case: caseId, round, document, edition, content }: BundleSummary,
  trust: Trust,
): NotProved | null {
  const envelope = receiptEnvelope(bytes);
  if (envelope === undefined) return refused('receipt_unreadable', 'receipt.json', 'not an envelope in canonical form');
  const keys = serviceKeys(trustUnretired(trust), 'publication', portableCrypto);
  const opened = openStatement('receipt', envelope, keys, portableCrypto);
  if (isDefect(opened)) return refused('receipt_signature', 'receipt.json', `${opened.defect}: ${opened.detail}`);
  const { statement } = opened;
  const wanted = { case: caseId, round, document, edition, content, act: 'withdraw', superseded: false };
  const wrong = mismatch('receipt_mismatch', 'receipt.json', statement, wanted);
  if (wrong !== undefined) return refused(wrong.defect, wrong.where, wrong.detail);
  const readBack = statement.files.find(({ name }) => name === 'withdrawal.json')?.digest ?? 'nothing';
  const digest = portableCrypto.sha256(withheld);
  return readBack === digest
    ? null
    : refused('receipt_mismatch', 'receipt.json', `withdrawal.json is ${digest}, read back was ${readBack}`);
}
