import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One round of one leg of a case. `current` marks the highest round of its case: the row every command locks. */
@Entity({ name: 'leg_case' })
// One row per round and pass: a repeated message cannot open it twice.
@Index('leg_case_round', ['caseId', 'round', 'pass'], { unique: true })
// Serves the lock: the one current round of a case.
@Index('leg_case_current', ['caseId'], { unique: true, where: '"current"' })
// One open case per document, kind and leg.
@Index('leg_case_open_document', ['document', 'kind'], {
  unique: true,
  where: "state IN ('in-review', 'approved', 'released')",
})
// Serves the release sweep (approved and due) and the sweep for released and not live.
@Index('leg_case_due', ['releaseAt'], { where: "state IN ('approved', 'released')" })
// Serves the sweep for overdue stages.
@Index('leg_case_overdue', ['dueAt'], { where: `"current" AND state = 'in-review'` })
// Serves the sweep for cases a newer directory has not been held against.
@Index('leg_case_unjudged', ['judgedBy'], { where: `"current" AND state = 'in-review'` })
@Check('leg_case_leg', "leg IN ('review', 'approval')")
export class LegCaseRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'case_id' }) caseId: string;
  @Column('int') round: number;
  /** Counts how often this leg began within the round: more than once when a later leg sent the case back. */
  @Column('int') pass: number;
  @Column('boolean') current: boolean;
  /** Counts locks; its update is what makes two commands take turns. */
  @Column('bigint') turn: string;
  /** Counts accepted changes over all rounds of the case; announced, so a reader keeps the newest. */
  @Column('int') version: number;
  @Column('text') kind: string;
  @Column('text') leg: string;
  @Column('uuid') document: string;
  @Column('int') edition: number;
  @Column('text') organ: string;
  @Column('int') year: number;
  @Column('text') content: string;
  @Column('text') route: string;
  @Column('text', { name: 'route_envelope' }) routeEnvelope: string;
  @Column('text') submission: string;
  @Column('uuid') submitter: string;
  @Column('uuid', { array: true }) contributors: string[];
  @Column('timestamptz', { name: 'not_before', nullable: true }) notBefore: Date | null;
  @Column('text', { nullable: true }) notice: string | null;
  @Column('int', { name: 'undo_seconds' }) undoSeconds: number;
  /** The stages of the whole route as JSON, both legs, exactly as agreed. */
  @Column('text') stages: string;
  @Column('uuid', { name: 'counted_elsewhere', array: true }) countedElsewhere: string[];
  /** Digest of the review leg's record: made by the review leg, received by the approval leg. */
  @Column('text', { nullable: true }) dossier: string | null;
  /** Digest of the bundle, once the last approval signature is in. */
  @Column('text', { nullable: true }) bundle: string | null;
  @Column('text') state: string;
  @Column('timestamptz', { name: 'opened_at' }) openedAt: Date;
  /** The stage people sign in, since when, until when (working days), and whether the superior was asked already. */
  @Column('text', { name: 'open_stage', nullable: true }) openStage: string | null;
  @Column('timestamptz', { name: 'opened_stage_at', nullable: true }) openedStageAt: Date | null;
  @Column('timestamptz', { name: 'due_at', nullable: true }) dueAt: Date | null;
  @Column('boolean') escalated: boolean;
  /** The stage distinct people can no longer fill, with its offices, as JSON; null while they can. */
  @Column('text', { nullable: true }) blocked: string | null;
  /** Version of the directory by which that was judged. */
  @Column('int', { name: 'judged_by' }) judgedBy: number;
  @Column('timestamptz', { name: 'release_at', nullable: true }) releaseAt: Date | null;
  @Column('timestamptz', { name: 'released_at', nullable: true }) releasedAt: Date | null;
  @Column('timestamptz', { name: 'reminded_at', nullable: true }) remindedAt: Date | null;
  @Column('text', { name: 'ended_kind', nullable: true }) endedKind: string | null;
  @Column('uuid', { name: 'ended_by', nullable: true }) endedBy: string | null;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt: Date | null;
  @Column('text', { name: 'ended_reason', nullable: true }) endedReason: string | null;
  @Column('text', { name: 'ended_place', nullable: true }) endedPlace: string | null;
  /** The review stage the approval leg sent the case back to. */
  @Column('text', { name: 'ended_to', nullable: true }) endedTo: string | null;
  /** Why it ended though no person ended it, as a stable code; `ended_by` is null then. */
  @Column('text', { name: 'ended_code', nullable: true }) endedCode: string | null;
  /** When signatures turned out to count for nothing, and to which stage the case went back, as JSON, oldest first. */
  @Column('text', { default: '[]' }) lapses: string;
}

/** A seat of a round; ids are fresh per round, so an old id opens nothing. */
@Entity({ name: 'leg_seat' })
// Serves loading a round's seats in route order; no two seats in one place.
@Index('leg_seat_place', ['legCase', 'place'], { unique: true, where: '"current"' })
// A person stands behind one counted signature of a round, whatever the code believes.
@Index('leg_seat_signer', ['legCase', 'signedBy'], { unique: true, where: '"current"' })
export class LegSeatRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'leg_case' }) legCase: string;
  /** Position over the whole leg, from 0. */
  @Column('int') place: number;
  /** False once the seat was opened anew under another id: its signature counts no more. */
  @Column('boolean') current: boolean;
  @Column('text') stage: string;
  @Column('int') ordinal: number;
  @Column('text') role: string;
  @Column('text') organ: string;
  /** The only one who may take it: named by the route, or to whom it was handed over. */
  @Column('uuid', { nullable: true }) person: string | null;
  /** Who asked for this seat beside the route. */
  @Column('uuid', { name: 'added_by', nullable: true }) addedBy: string | null;
  /** The superior office by which an overdue seat was signed. */
  @Column('text', { name: 'as_role', nullable: true }) asRole: string | null;
  @Column('text', { name: 'as_organ', nullable: true }) asOrgan: string | null;
  @Column('uuid', { name: 'signed_by', nullable: true }) signedBy: string | null;
  @Column('uuid', { name: 'signed_for', nullable: true }) signedFor: string | null;
  @Column('timestamptz', { name: 'signed_at', nullable: true }) signedAt: Date | null;
}

/** What a person decided, with the proof that it was this person. Insert only: a trigger refuses anything else. */
@Entity({ name: 'leg_decision' })
// A seat carries one signature, whatever the code believes.
@Index('leg_decision_seat', ['seat'], { unique: true, where: "kind = 'sign'" })
// Serves what was sent back in a round, in the order of time.
@Index('leg_decision_round', ['legCase', 'at'])
export class LegDecisionRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'leg_case' }) legCase: string;
  @Column('uuid') seat: string;
  @Column('text') stage: string;
  @Column('text') kind: string;
  @Column('uuid') actor: string;
  @Column('timestamptz') at: Date;
  /** SHA-256 of the decision envelope's canonical bytes. */
  @Column('text') digest: string;
  /** The decision as signed by this service, canonical JSON. */
  @Column('text') envelope: string;
  /** The gateway's assertion that this person sent `body`, canonical JSON. */
  @Column('text') caller: string;
  @Column('bytea') body: Buffer;
  @Column('text', { nullable: true }) reason: string | null;
  /** A return: where in the report, and to which earlier stage (null: the drafter). */
  @Column('text', { nullable: true }) place: string | null;
  @Column('text', { name: 'to_stage', nullable: true }) toStage: string | null;
  @Column('uuid', { name: 'on_behalf_of', nullable: true }) onBehalfOf: string | null;
  /** The principal's grant, when a deputy decided: canonical JSON. */
  @Column('text', { nullable: true }) deputy: string | null;
  /** How the passkey it was signed with was registered, when it was. */
  @Column('text', { nullable: true }) passkey: string | null;
}
