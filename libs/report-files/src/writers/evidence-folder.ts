import type { Trust } from '#evidence/trust';
import type { PublicFiles } from '#evidence/verify-files';

/** Files of an edition. `ratification`: the evidence that an emergency was ratified. */
type EditionEvidence = PublicFiles & Required<Pick<PublicFiles, 'report'>> & { readonly ratification?: Uint8Array };

/** Files of a withdrawal: its evidence without the text, and the receipt of what was read back at the address. */
interface WithdrawalEvidence {
  readonly withdrawal: Uint8Array;
  readonly receipt?: Uint8Array;
}

/** What a folder of evidence is made of. `title`: of the report, or of whose it was; `url`: the public address, for the reader's eyes; null when it is not known. */
export interface EvidenceFolder {
  readonly files: EditionEvidence | WithdrawalEvidence;
  readonly trust: Trust;
  readonly title: string;
  readonly url: string | null;
}
