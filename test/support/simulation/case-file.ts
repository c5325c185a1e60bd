import type { CaseKind } from '#domain/case-kind';
import { type Digest, digest } from '#domain/identifiers';
import { nodeCrypto } from '#evidence/node-crypto';
import type { CountedSeat, Leg } from '#evidence/statements';
import type { LegCase, LegEvent } from '#signoff/leg';
import type { ReferenceLeg } from './reference-leg.js';

/** One leg of a case as its service keeps it, with what a second opinion makes of the same events. */
export interface LegFile {
  current: LegCase | null;
  /** The same as text, as it was when it was saved. */
  saved: string;
  reference: ReferenceLeg | null;
  /** What the ledger keeps of the present row: one entry for each accepted command, with its events. */
  entries: LegEvent[][];
  /** Notes of the open stage nobody has settled. */
  openNotes: number;
  /** Contents each person has opened. */
  readonly viewed: Map<string, Digest[]>;
}

/** One case: what drafting knows of it, and its two legs. */
export interface CaseFile {
  readonly id: string;
  readonly kind: CaseKind;
  readonly edition: number;
  round: number;
  state: 'submitted' | 'returned' | 'over' | 'effective';
  /** A person was told that the case is over for good. */
  cancelled: boolean;
  contributors: readonly string[];
  readonly legs: Readonly<Record<Leg, LegFile>>;
}

/** What a sealed bundle says, by its id. */
export interface Sealed {
  readonly case: string;
  readonly round: number;
  readonly edition: number;
  readonly kind: CaseKind;
  readonly content: Digest;
}

/** The review leg's seats that count, as its dossier lists them. */
export type Dossier = readonly Omit<CountedSeat, 'decision'>[];

const legFile = (): LegFile => ({
  current: null,
  saved: 'null',
  reference: null,
  entries: [],
  openNotes: 0,
  viewed: new Map(),
});

export function newCase(id: string, kind: CaseKind, edition: number, contributors: readonly string[]): CaseFile {
  const legs = { review: legFile(), approval: legFile() };
  return { id, kind, edition, round: 0, state: 'returned', cancelled: false, contributors, legs };
}

export const digestOf = (value: unknown): Digest =>
  digest(nodeCrypto.sha256(new TextEncoder().encode(JSON.stringify(value))));

/** What the round's edition says. A ratification is about what the emergency published. */
export const contentOf = ({ id, kind, edition }: Pick<CaseFile, 'id' | 'kind' | 'edition'>, round: number): Digest =>
  digestOf(kind === 'withdraw' || kind === 'ratify' ? `${kind} edition ${edition}` : `case ${id} round ${round}`);
