import type { Refusal } from '#domain/decision';
import type { Digest } from '#domain/identifiers';
import type { Instant } from '#domain/instant';
import type { Office, RouteStage } from '#evidence/statements';
import type { Ending, Round } from './leg.js';

/** A person acts on a seat, for himself or as somebody's deputy. */
interface OnSeat {
  readonly seat: string;
  readonly actor: string;
  readonly onBehalfOf: string | null;
}

/**
 * 同意, 签发: over the statement the person was shown (its digest), having looked at every item of the stage's checklist.
 * `unproved`: why a passkey's answer is no signature of this person; null without a passkey, or when it is one.
 */
interface Sign extends OnSeat {
  readonly type: 'sign';
  readonly grade: RouteStage['grade'];
  readonly unproved: Refusal | null;
  readonly stepUpAt: Instant | null;
  readonly statement: Digest;
  readonly checked: readonly string[];
}

/** 退回, to an earlier stage (of this leg or of the one before) that signs again, or with `to` null to the drafter. */
interface Return extends OnSeat {
  readonly type: 'return';
  readonly content: Digest;
  readonly reason: string;
  readonly place: string | null;
  readonly to: string | null;
  readonly seatIds: readonly string[];
}

/** 拿回 of one's own signature. */
interface TakeBack {
  readonly type: 'take-back';
  readonly seat: string;
  readonly actor: string;
  readonly content: Digest;
  readonly seatIds: readonly string[];
}

/** 转办: another holder of the same office takes the seat. */
interface HandOver {
  readonly type: 'hand-over';
  readonly seat: string;
  readonly actor: string;
  readonly content: Digest;
  readonly to: string;
  readonly seatId: string;
}

/** 加签: one more required seat in the open stage, for this person in this office. */
interface AddSigner {
  readonly type: 'add-signer';
  readonly seat: string;
  readonly actor: string;
  readonly content: Digest;
  readonly person: string;
  readonly office: Office;
  readonly seatId: string;
}

/** 减签: an added seat nobody has signed, by who added it. */
interface RemoveSigner {
  readonly type: 'remove-signer';
  readonly seat: string;
  readonly actor: string;
  readonly content: Digest;
}

/** 撤回 (submitter, under sign-off), 收回 (submitter or a signer, approved) and 作废 (submitter or the disclosure office). */
interface End<T extends 'withdraw' | 'recall' | 'cancel'> {
  readonly type: T;
  readonly actor: string;
  readonly content: Digest;
  readonly reason: string;
}

interface Postpone {
  readonly type: 'postpone';
  readonly actor: string;
  readonly content: Digest;
  readonly until: Instant;
}

/** What people ask of one leg of a case. No command carries a time: that is the context's. */
export type PersonCommand =
  | Sign
  | Return
  | TakeBack
  | HandOver
  | AddSigner
  | RemoveSigner
  | End<'withdraw'>
  | End<'recall'>
  | End<'cancel'>
  | Postpone;

/**
 * The later leg sent the case back within the round: this leg's stages from `to` on sign again. A person's reason is read
 * there; `code`: no person did, and why.
 */
interface Reopen {
  readonly type: 'reopen';
  readonly to: string;
  readonly pass: number;
  readonly seatIds: readonly string[];
  readonly code?: string;
}

/**
 * A newer directory says that these stages were signed by somebody who was not in office then, whom this leg, or for the
 * stages before it the verified dossier, had counted.
 */
interface LapseOf {
  readonly type: 'lapse';
  readonly stages: readonly string[];
  readonly seatIds: readonly string[];
}

/** What services ask of it. None of these adds a signature. */
export type SystemCommand =
  | { readonly type: 'open'; readonly round: Round; readonly seatIds: readonly string[] }
  | Reopen
  | LapseOf
  | { readonly type: 'offer-again'; readonly seatIds: readonly string[] }
  | { readonly type: 'escalate' }
  | { readonly type: 'release' }
  | { readonly type: 'confirm'; readonly edition: number; readonly content: Digest }
  | { readonly type: 'hold'; readonly code: string }
  | { readonly type: 'overtake' }
  | { readonly type: 'supersede' }
  | { readonly type: 'end-elsewhere'; readonly kind: Ending['kind'] };

export type LegCommand = PersonCommand | SystemCommand;

/** One command by its name. */
export type CommandOf<T extends LegCommand['type']> = Extract<LegCommand, { readonly type: T }>;
