import type { CaseKind } from '#domain/case-kind';
import { isRefusal } from '#domain/decision';
import type { Digest } from '#domain/identifiers';
import { type Instant, plusSeconds } from '#domain/instant';
import type { DecisionStatement, Leg, RouteStage } from '#evidence/statements';
import { type LegCase, type LegEvent, type Round, signedSeats } from '#signoff/leg';
import { decide, evolve } from '#signoff/leg-case';
import type { LegCommand } from '#signoff/leg-command';
import type { LegContext } from '#signoff/leg-context';
import type { LegRules } from '#signoff/leg-rules';
import { id } from '../bundle-builder.js';
import { type CaseFile, digestOf, type Dossier, newCase, type Sealed } from './case-file.js';
import { type Setting, stagesOf } from './history.js';
import { must } from './promise.js';
import { Publication } from './publication.js';
import { tellReference } from './reference-law.js';
import { type Facts, ReferenceLeg } from './reference-leg.js';
import { countedSeats, verifySealed } from './shadow-bundle.js';
import { Staff, START } from './staff.js';

/** News from one service to another, kept until it is acknowledged. */
export interface Message {
  readonly to: 'drafting' | Leg | 'publication';
  readonly type: string;
  readonly case: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A history of both legs beside each other: every accepted command is held against the law, whoever asked for it. */
export class World {
  now: Instant = START;
  private latest: Instant = START;
  readonly staff = new Staff();
  readonly stages: readonly RouteStage[];
  readonly cases: CaseFile[] = [];
  readonly shown = new Map<Digest, DecisionStatement>();
  readonly seatIds = new Set<string>();
  readonly pending: Message[] = [];
  readonly delivered: Message[] = [];
  readonly sealed = new Map<string, Sealed>();
  /** Every counted seat of both legs behind a bundle. */
  readonly counted = new Map<string, Dossier>();
  readonly publication = new Publication(this.sealed);
  readonly dossiers = new Map<string, Dossier>();
  /** Event types and refusal codes this history has seen. */
  readonly reached = new Set<string>();
  readonly asked: { readonly file: CaseFile; readonly leg: Leg; readonly command: LegCommand }[] = [];
  private nextId = 1000;

  constructor(
    readonly setting: Setting,
    private readonly rules: LegRules,
  ) {
    this.stages = stagesOf(setting);
  }

  /** Lets time go on, or the clock be set back. */
  pass(seconds: number): void {
    this.now = plusSeconds(this.now, seconds);
    if (this.now > this.latest) this.latest = this.now;
  }

  /** When a change of the directory takes effect: it never works back on what was signed before. */
  nextSecond(): Instant {
    return plusSeconds(this.latest, 1);
  }

  freshIds(count = 16): string[] {
    return Array.from({ length: count }, () => id((this.nextId += 1)));
  }

  newCase(kind: CaseKind, edition: number, contributors: readonly string[]): CaseFile {
    const file = newCase(this.freshIds(1)[0]!, kind, edition, contributors);
    this.cases.push(file);
    return file;
  }

  of(caseId: string): CaseFile {
    return this.cases.find((file) => file.id === caseId)!;
  }

  facts(file: CaseFile, leg: Leg, person: string | null): Facts {
    const { viewed, openNotes } = file.legs[leg];
    const opened = person === null ? [] : (viewed.get(person) ?? []);
    const lapsedBefore = this.lapsedBefore(file, leg);
    return { at: this.now, staff: this.staff, viewed: opened, openNotes, lapsedBefore, shown: this.shown, seatIds: this.seatIds }; // prettier-ignore
  }

  /** Stages of the dossier an approval leg rests on whose signer had left his office, as is known now. */
  private lapsedBefore(file: CaseFile, leg: Leg): readonly string[] {
    const round = file.legs.approval.current?.round;
    if (leg === 'review' || round === undefined) return [];
    const dossier = this.dossiers.get(`${file.id} ${round.round} ${round.pass}`) ?? [];
    return dossier.filter((seat) => !this.staff.countsStill(seat)).map(({ stage }) => stage);
  }

  /** Holds a leg under sign-off against the staff as it is known now, as its service does by sweep and before every act. */
  lapse(file: CaseFile, leg: Leg): void {
    const { current } = file.legs[leg];
    if (current?.state !== 'in-review') return;
    const own = signedSeats(current).filter((seat) => !this.rules.countsStill(seat, this.staff));
    const stages = [...this.lapsedBefore(file, leg), ...own.map(({ stage }) => stage)];
    this.command(file, leg, { type: 'lapse', stages, seatIds: this.freshIds() });
  }

  context({ at, staff, viewed, openNotes }: Facts): LegContext {
    const dueFor = ({ dueWorkingDays }: RouteStage, since: Instant): Instant | null =>
      dueWorkingDays === 0 ? null : plusSeconds(since, dueWorkingDays * 20);
    return { at, offices: staff, viewed, openNotes, digestOf, dueFor };
  }

  /**
   * Decides a command and, unless the process dies before the commit, keeps what follows. Answers the refusal's code, or
   * `accepted`; null when the process died.
   */
  command(file: CaseFile, leg: Leg, command: LegCommand, dies = false): string | null {
    const actor = 'actor' in command ? command.actor : null;
    if (actor !== null && !dies) this.lapse(file, leg);
    const { current, saved } = file.legs[leg];
    const facts = this.facts(file, leg, actor);
    const decision = decide(current, command, this.context(facts), this.rules);
    must(JSON.stringify(current) === saved, 'I20: deciding changes nothing');
    if (dies) return null;
    if (isRefusal(decision)) {
      this.reached.add(decision.refused);
      return decision.refused;
    }
    if (decision.events.length === 0) return 'accepted';
    file.legs[leg].entries.push([]);
    for (const event of decision.events) this.keep(file, leg, command, event, facts);
    const { reference } = file.legs[leg];
    must(actor === null || reference?.state !== 'in-review' || reference.lapsed(this.staff).length === 0, 'I3: nobody acts on the strength of a signature that would not verify'); // prettier-ignore
    this.judge(file, leg);
    this.replay(file, leg);
    return 'accepted';
  }

  /** Opens a round, or a pass of it, on a fresh row, as the service does once the row before it is ended. */
  open(file: CaseFile, round: Round, reviewedAt = this.now): void {
    must(!file.cancelled || round.leg === 'review', 'what was cancelled is over for good');
    const own = file.legs[round.leg];
    const at = reviewedAt > this.now ? reviewedAt : this.now;
    const facts = { ...this.facts(file, round.leg, null), at };
    const decision = decide(null, { type: 'open', round, seatIds: this.freshIds() }, this.context(facts), this.rules);
    must(!isRefusal(decision), 'opening is never refused');
    Object.assign(own, { current: null, reference: null, entries: [], openNotes: 0 });
    own.entries.push([]);
    for (const event of decision.events) this.keep(file, round.leg, { type: 'open', round, seatIds: [] }, event, facts);
    this.judge(file, round.leg);
    this.replay(file, round.leg);
  }

  /** Holds a leg under sign-off against the second opinion. */
  judge(file: CaseFile, leg: Leg): void {
    const { current, reference } = file.legs[leg];
    if (current === null || reference === null) return;
    const blocked = this.rules.blocked(current, this.staff, this.now) !== null;
    reference.compare(current, blocked, this.facts(file, leg, null));
  }

  send(to: Message['to'], type: string, file: CaseFile, body: Message['body']): void {
    this.pending.push({ to, type, case: file.id, body });
  }

  private keep(file: CaseFile, leg: Leg, command: LegCommand, event: LegEvent, facts: Facts): void {
    const own = file.legs[leg];
    this.reached.add(event.type);
    if (event.type === 'opened') own.reference = new ReferenceLeg(event.round, event, facts);
    else tellReference(own.reference!, command, event, facts);
    own.current = evolve(own.current, event);
    own.entries.at(-1)!.push(event);
    if (event.type === 'stage-opened') own.openNotes = 0;
    this.tell(file, own.current, event);
  }

  /** The messages of an event, in the transaction in which it happened. */
  private tell(file: CaseFile, leg: LegCase, event: LegEvent): void {
    const { round } = leg;
    const { pass } = round;
    const identity = { round: round.round, edition: round.edition, content: round.content };
    if (event.type === 'cleared') {
      const dossier = countedSeats(leg);
      const name = `${file.id} ${round.round} ${pass}`;
      must(!this.dossiers.has(name), 'I6: one dossier for each pass');
      this.dossiers.set(name, dossier);
      this.send('approval', 'cleared', file, { ...identity, pass, dossier: name });
    }
    if (event.type === 'approved') this.seal(file, leg);
    if (event.type === 'released') this.send('publication', 'released', file, { bundle: bundleOf(file.id, round) });
    if (event.type !== 'ended') return;
    const { kind, to, code } = event.ending;
    const ended = { ...identity, kind: kind === 'held' ? 'returned' : kind, to, pass, code };
    if (kind === 'cancelled') file.cancelled = true;
    this.send('drafting', 'ended', file, ended);
    if (round.leg === 'approval') this.send('review', 'ended', file, ended);
  }

  private seal(file: CaseFile, leg: LegCase): void {
    const { round } = leg;
    const bundle = bundleOf(file.id, round);
    must(!this.sealed.has(bundle), 'I6: one seal for each approval');
    const dossier = this.dossiers.get(`${file.id} ${round.round} ${round.pass}`)!;
    verifySealed(leg, dossier, this.stages, this.staff);
    const { case: caseId, round: nth, edition, kind, content } = round;
    this.counted.set(bundle, [...dossier, ...countedSeats(leg)]);
    this.sealed.set(bundle, { case: caseId, round: nth, edition, kind, content });
    this.send('publication', 'granted', file, { bundle });
  }

  /** I12: what the ledger keeps of the row, told again from nothing, is the row. */
  private replay(file: CaseFile, leg: Leg): void {
    const own = file.legs[leg];
    const told = own.entries.flat().reduce<LegCase | null>(evolve, null);
    own.saved = JSON.stringify(own.current);
    must(JSON.stringify(told) === own.saved, 'I12: the ledger told again is the table');
  }
}

/** The name of a round's bundle; a round that was sent back is approved in a later pass. */
export const bundleOf = (caseId: string, { round, pass }: Pick<Round, 'round' | 'pass'>): string =>
  `bundle ${caseId} ${round} ${pass}`;
