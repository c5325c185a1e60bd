import type { CaseKind } from '#domain/case-kind';
import type { Digest } from '#domain/identifiers';
import type { Instant } from '#domain/instant';

/** 审核段 or 签发段: the part of a route a service owns. */
export type Leg = 'review' | 'approval';

/** A role at an organ; `organ` "self" is the organ whose report it is. */
export interface Office {
  readonly role: string;
  readonly organ: string;
}

/** An office a stage asks for. `person`: the only one who may take it, who must hold the office all the same. */
interface Slot extends Office {
  readonly person?: string | null;
}

/** One thing the signer of a stage has looked at and says so. */
export interface ChecklistItem {
  readonly id: string;
  readonly text: string;
}

/**
 * One stage of a route. `need` signatures of its slots make it full; `ordered` slots open one after another. `duty`: the
 * statutory purpose of a stage that no route may lack; `escalation`: who else may sign once it is overdue. Routes of the
 * first form have no checklist, duty, escalation and named persons.
 */
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
  readonly checklist?: readonly ChecklistItem[];
  readonly duty?: 'secrecy' | null;
  readonly escalation?: Office | null;
}

/** A sign-off route: immutable, named by the digest of its canonical bytes, agreed by two administrators. */
export interface RouteDocument {
  readonly schema: 'sunward.route/1' | 'sunward.route/2';
  readonly kind: CaseKind;
  readonly name: string;
  readonly undoSeconds: number;
  readonly stages: readonly RouteStage[];
}

/** Who holds which office, and which routes apply. Persons are ids; their names never leave the gateway. */
export interface DirectoryDocument {
  readonly schema: 'sunward.directory/1' | 'sunward.directory/2';
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
  /**
   * `digest` names the route document, `envelope` its signed envelope in the content store. A route applies to the organs
   * it names, or to every organ of the levels it names (absent or "*": all), for what is submitted from `from` until
   * before `until`. A route that was in force stays listed for ever: cases begun under it end under it.
   */
  readonly routes: readonly {
    readonly digest: Digest;
    readonly envelope: Digest;
    readonly kind: CaseKind;
    readonly appliesTo: '*' | readonly string[];
    readonly levels?: '*' | readonly string[];
    readonly from?: Instant;
    readonly until?: Instant | null;
  }[];
}

/** Gateway: this principal, stepped up, lets this agent sign an office for him, from `from` until before `until`. */
export interface DeputyStatement extends Office {
  readonly id: string;
  readonly principal: string;
  readonly agent: string;
  readonly from: Instant;
  readonly until: Instant;
  readonly at: Instant;
}

/**
 * Gateway: this person, stepped up, registered this passkey at `at`. `credential` and `publicKey` (SubjectPublicKeyInfo) in
 * base64url; it signs for `rpId` on pages of `origin` alone.
 */
export interface PasskeyStatement {
  readonly id: string;
  readonly person: string;
  readonly credential: string;
  readonly publicKey: string;
  readonly rpId: string;
  readonly origin: string;
  readonly at: Instant;
}

/**
 * Drafting: this edition was frozen, by these contributors. `checks` is the digest of the canonical check results;
 * `notice` that of what the public is told about a correction, withdrawal or emergency, null for a first edition.
 */
export interface SubmissionStatement {
  readonly case: string;
  readonly round: number;
  readonly kind: CaseKind;
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
  readonly notice?: Digest | null;
}

/** A person signs, or returns, one seat over exactly this content. `act` (absent: publish) is what the case asks for. */
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
  readonly act?: CaseKind;
  readonly notice?: Digest | null;
}

/**
 * A seat that counts. `decision` is the digest of the decision envelope's canonical bytes. `added`: asked for beside the
 * route (加签). `as`: the office by which an overdue seat was taken. `onBehalfOf`: the person a deputy signed for.
 */
export interface CountedSeat {
  readonly seat: string;
  readonly stage: string;
  readonly role: string;
  readonly organ: string;
  readonly actor: string;
  readonly decision: Digest;
  readonly at: Instant;
  readonly onBehalfOf?: string | null;
  readonly added?: boolean;
  readonly as?: Office | null;
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
  readonly kind: CaseKind;
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
  readonly notice?: Digest | null;
}

/**
 * Publication: this is what the public address answered. `act` (absent: publish): what was read back, an edition of that kind,
 * or the page that says it was withdrawn, or that it is ratified; `superseded`: the act came too late and changed nothing.
 */
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
  readonly act?: CaseKind;
  readonly superseded?: boolean;
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
  deputy: DeputyStatement;
  passkey: PasskeyStatement;
  submission: SubmissionStatement;
  decision: DecisionStatement;
  dossier: DossierStatement;
  seal: SealStatement;
  receipt: ReceiptStatement;
  caller: CallerStatement;
}
