import type { Instant } from '#domain/instant';

/** How a round was over before it was public. */
export const ENDINGS = ['returned', 'withdrawn', 'recalled', 'cancelled', 'held'] as const;
export type Ending = (typeof ENDINGS)[number];

/** A seat that waits for a signature, and who may give it. */
export interface SeatFacts {
  readonly seat: string;
  readonly stage: string;
  readonly since: Instant;
  /** Who may sign it as far as the gateway knows: who contributed or signed already it does not know. */
  readonly actors: readonly string[];
}

/** One leg of one case as it was announced last. */
export interface LegFacts {
  readonly case: string;
  readonly leg: 'review' | 'approval';
  readonly round: number;
  readonly edition: number;
  readonly document: string;
  readonly state: string;
  readonly ending: Ending | null;
  /** By when the open stage is due. */
  readonly dueAt: Instant | null;
  /** The leg's own clock found the open stage overdue. */
  readonly overdue: boolean;
  /** A stage that the leg found nobody can complete. */
  readonly blockedStage: string | null;
  /** Null while that is not announced: what is for him goes to all drafters of the organ. */
  readonly submitter: string | null;
  readonly seats: readonly SeatFacts[];
}

export const REQUEST_KINDS = ['urged', 'copied', 'consulted', 'answered'] as const;

/** An act that changes nothing in a case and of which somebody is to be told: 催办, 抄送, 征求意见 and the answer to that. */
export interface RequestFacts {
  readonly id: string;
  readonly kind: (typeof REQUEST_KINDS)[number];
  readonly case: string;
  readonly round: number;
  readonly seat: string | null;
  readonly stage: string | null;
  /** Null: whoever may take the seat; for an answer, whoever asked. */
  readonly person: string | null;
  readonly by: string | null;
  readonly at: Instant;
}

/** What was made public of the report last, whether it still is, since when that is so, and who has a notice of that. */
export interface LiveFacts {
  readonly document: string;
  readonly edition: number;
  readonly takenDown: boolean;
  readonly at: Instant;
  readonly known: readonly string[];
}

/** An emergency publication that is not confirmed yet. */
export interface RatificationFacts {
  readonly document: string;
  readonly edition: number;
  readonly case: string | null;
  readonly state: 'owed' | 'open' | 'refused';
  readonly dueAt: Instant | null;
}

/** Whom a seat waited for, in a round of a case. `heard`: he was told so before it was over, which quiet hours may have kept from him. */
export interface Asked {
  readonly case: string;
  readonly round: number;
  readonly person: string;
  readonly heard: boolean;
}

/** All that the gateway knows about one organ's report for one year, as of one instant. */
export interface ReportFacts {
  readonly organ: string;
  readonly year: number;
  readonly level: string;
  /** Null while nobody has started it. */
  readonly document: string | null;
  readonly live: LiveFacts | null;
  readonly legs: readonly LegFacts[];
  readonly requests: readonly RequestFacts[];
  readonly ratifications: readonly RatificationFacts[];
  readonly asked: readonly Asked[];
  /** Drafters of the organ. */
  readonly makers: readonly string[];
  readonly administrators: readonly string[];
}
