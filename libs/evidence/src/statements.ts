import type { Digest } from '#domain/identifiers';
import type { Instant } from '#domain/instant';

/** 审核段 or 签发段: the part of a route a service owns. */
export type Leg = 'review' | 'approval';

/** An office a stage asks for; `organ` "self" is the organ whose report it is. */
interface Slot {
  readonly role: string;
  readonly organ: string;
}

/** One stage of a route. `need` signatures of its slots make it full; `ordered` slots open one after another. */
export interface RouteStage {
  readonly id: string;
  readonly leg: Leg;
  readonly name: string;
  readonly meaning: string;
  readonly need: 'all' | number;
  readonly ordered: boolean;
  readonly grade: 'attested' | 'passkey';
  readonly dueWorkingDays: number;
  readonly slots: readonly Slot[];
}

/** A sign-off route: immutable, named by the digest of its canonical bytes, agreed by two administrators. */
export interface RouteDocument {
  readonly schema: 'sunward.route/1';
  readonly kind: 'publish';
  readonly name: string;
  readonly undoSeconds: number;
  readonly stages: readonly RouteStage[];
}

/** Who holds which office, and which routes apply. Persons are ids; their names never leave the gateway. */
export interface DirectoryDocument {
  readonly schema: 'sunward.directory/1';
  readonly version: number;
  readonly at: Instant;
  readonly organs: readonly {
    readonly code: string;
    readonly name: string;
    readonly level: string;
    readonly parent: string | null;
  }[];
  readonly persons: readonly { readonly id: string; readonly active: boolean }[];
  readonly grants: readonly {
    readonly person: string;
    readonly role: string;
    readonly organ: string;
    readonly from: Instant;
    readonly until: Instant | null;
  }[];
  /** `digest` names the route document, `envelope` its signed envelope in the content store. */
  readonly routes: readonly {
    readonly digest: Digest;
    readonly envelope: Digest;
    readonly kind: 'publish';
    readonly appliesTo: '*' | readonly string[];
  }[];
}

/** Drafting: this edition was frozen, by these contributors. `checks` is the digest of the canonical check results. */
export interface SubmissionStatement {
  readonly case: string;
  readonly round: number;
  readonly kind: 'publish';
  readonly document: string;
  readonly edition: number;
  readonly organ: string;
  readonly year: number;
  readonly content: Digest;
  readonly route: Digest;
  readonly contributors: readonly string[];
  readonly submitter: string;
  readonly notBefore: Instant | null;
  readonly checks: Digest;
  readonly at: Instant;
}

/** A person signs, or returns, one seat over exactly this content. */
export interface DecisionStatement {
  readonly case: string;
  readonly round: number;
  readonly leg: Leg;
  readonly seat: string;
  readonly stage: string;
  readonly kind: 'sign' | 'return';
  readonly document: string;
  readonly edition: number;
  readonly content: Digest;
  readonly route: Digest;
  readonly notBefore: Instant | null;
  readonly meaning: string;
  readonly actor: string;
  readonly onBehalfOf: string | null;
  readonly reason: Digest | null;
  readonly place: string | null;
}

/** A seat that counts. `decision` is the digest of the decision envelope's canonical bytes. */
export interface CountedSeat {
  readonly seat: string;
  readonly stage: string;
  readonly role: string;
  readonly organ: string;
  readonly actor: string;
  readonly decision: Digest;
  readonly at: Instant;
}

/** Review: the review leg is complete with these decisions. */
export interface DossierStatement {
  readonly case: string;
  readonly round: number;
  readonly document: string;
  readonly edition: number;
  readonly content: Digest;
  readonly route: Digest;
  readonly submission: Digest;
  readonly seats: readonly CountedSeat[];
  readonly at: Instant;
}

/** Approval: all signatures are in. `submission`, `dossier` and `directory` are digests of envelopes' canonical bytes. */
export interface SealStatement {
  readonly case: string;
  readonly round: number;
  readonly kind: 'publish';
  readonly document: string;
  readonly edition: number;
  readonly organ: string;
  readonly year: number;
  readonly content: Digest;
  readonly route: Digest;
  readonly directory: Digest;
  readonly submission: Digest;
  readonly dossier: Digest;
  readonly notBefore: Instant | null;
  readonly contributors: readonly string[];
  readonly seats: readonly CountedSeat[];
  readonly at: Instant;
}

/** Publication: this is what the public address answered. */
export interface ReceiptStatement {
  readonly case: string;
  readonly round: number;
  readonly document: string;
  readonly edition: number;
  readonly content: Digest;
  readonly bundle: Digest;
  readonly channel: 'site';
  readonly url: string;
  readonly files: readonly { readonly name: string; readonly digest: Digest; readonly sizeBytes: number }[];
  readonly readBackAt: Instant;
}

/** Gateway: this person, with the password entered at `stepUpAt`, sent exactly this request. Lives 30 seconds. */
export interface CallerStatement {
  readonly person: string;
  readonly session: string;
  readonly stepUpAt: Instant | null;
  readonly audience: string;
  readonly method: string;
  readonly path: string;
  readonly body: Digest;
  readonly key: string | null;
  readonly correlationId: string;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
}

/** Statement types by the name of their shape. */
export interface Statements {
  route: RouteDocument;
  directory: DirectoryDocument;
  submission: SubmissionStatement;
  decision: DecisionStatement;
  dossier: DossierStatement;
  seal: SealStatement;
  receipt: ReceiptStatement;
  caller: CallerStatement;
}
