import type { MessageBody } from '#contracts/catalogue';
import { announce } from '#outbox/announce';
import type { Tx } from '#persistence/transaction';
import { type LegCase, type LegEvent, signedSeats } from './leg.js';
import type { StoredLeg } from './stored-leg.js';
import { escalationOf, isSeatOpen, legRules, openStage } from './leg-rules.js';

/** Tells everybody concerned what happened to a round, in the transaction in which it happened. */
export async function announceLeg(
  tx: Tx,
  stored: StoredLeg,
  events: readonly LegEvent[],
  correlationId: string,
): Promise<void> {
  const { round } = stored.legCase;
  const message = { stream: round.document, correlationId };
  const progressed = { ...message, type: `${round.leg}.progressed` as const, body: progressOf(stored) };
  await announce(tx, [
    ...events.flatMap((event) => newsOf(stored, event)).map((news) => ({ ...message, ...news })),
    progressed,
  ]);
}

type News =
  | { readonly type: 'review.cleared'; readonly body: MessageBody<'review.cleared'> }
  | { readonly type: 'review.ended' | 'approval.ended'; readonly body: MessageBody<'approval.ended'> }
  | { readonly type: 'approval.granted'; readonly body: MessageBody<'approval.granted'> }
  | { readonly type: 'approval.released'; readonly body: MessageBody<'approval.released'> };

function newsOf(stored: StoredLeg, event: LegEvent): News[] {
  const { round } = stored.legCase;
  const identity = roundOfCase(stored.legCase);
  switch (event.type) {
    case 'cleared': {
      const { organ, year, route, submission, notBefore, pass } = round;
      const dossier = product(stored.dossier, 'dossier');
      const directory = stored.judgedBy;
      const body = { ...identity, organ, year, route, submission, dossier, notBefore, pass, directory };
      return [{ type: 'review.cleared', body }];
    }
    case 'approved': {
      const { releaseAt } = event;
      return [{ type: 'approval.granted', body: { ...identity, bundle: product(stored.bundle, 'bundle'), releaseAt } }];
    }
    case 'released':
      return [releaseNews(stored)];
    case 'ended': {
      const { kind, to, code } = event.ending;
      const because = code === undefined ? {} : { code, directory: stored.judgedBy };
      // For everybody else a held round is one that came back to its drafter.
      const said = kind === 'held' ? 'returned' : kind;
      return [{ type: `${round.leg}.ended`, body: { ...identity, kind: said, to, pass: round.pass, ...because } }];
    }
    default:
      return [];
  }
}

/** The release as publication hears it. Said again by a sweep when the page does not appear. */
export function releaseNews(stored: StoredLeg): Extract<News, { type: 'approval.released' }> {
  return {
    type: 'approval.released',
    body: { ...roundOfCase(stored.legCase), bundle: product(stored.bundle, 'bundle') },
  };
}

function roundOfCase({
  round,
}: LegCase): Pick<MessageBody<'review.ended'>, 'case' | 'round' | 'document' | 'edition' | 'content'> {
  return {
    case: round.case,
    round: round.round,
    document: round.document,
    edition: round.edition,
    content: round.content,
  };
}

/** What lists show of a round: the whole of it, so that a reader may keep only the newest. */
function progressOf({ legCase, version, blocked }: StoredLeg): MessageBody<'review.progressed'> {
  const { round, state, seats, clock, releaseAt } = legCase;
  return {
    ...roundOfCase(legCase),
    version,
    organ: round.organ,
    year: round.year,
    leg: round.leg,
    state,
    stage: openStageId(legCase),
    openSeats: seats
      .filter((seat) => isSeatOpen(legRules, legCase, seat))
      .map(({ id, stage, role, organ, person }) => {
        const superior = escalationOf(legCase, stage);
        const office = superior && `${superior.role}@${superior.organ}`;
        return { seat: id, stage, role, organ, person, superior: office };
      }),
    signedSeats: signedSeats(legCase).map(({ id, stage, signature }) => ({ seat: id, stage, at: signature.at })),
    releaseAt,
    kind: round.kind,
    submitter: round.submitter,
    dueAt: clock?.dueAt ?? null,
    overdue: clock?.escalated ?? false,
    blocked: blocked === null ? null : { stage: blocked.stage, seats: [...blocked.seats] },
  };
}

/** What somebody should be told of though the case stays as it is. `person` null: whoever may take the seat. */
export type Notice = Pick<MessageBody<'review.notice-requested'>, 'kind' | 'seat' | 'stage' | 'person' | 'by'>;

/** Asks the gateway to tell somebody. */
export async function announceNotice(
  tx: Tx,
  { legCase }: Pick<StoredLeg, 'legCase'>,
  notice: Notice,
  correlationId: string,
): Promise<void> {
  const { document, organ, year, leg } = legCase.round;
  const body = { ...roundOfCase(legCase), organ, year, leg, ...notice };
  await announce(tx, [{ type: `${leg}.notice-requested`, stream: document, correlationId, body }]);
}

/** The stage people sign in now, or null when the round waits for nobody's signature. */
export function openStageId(legCase: LegCase): string | null {
  return legCase.state === 'in-review' ? (openStage(legRules, legCase)?.id ?? null) : null;
}

function product<T>(made: T | null, what: string): T {
  if (made === null) throw new Error(`a complete leg has a ${what}`);
  return made;
}
