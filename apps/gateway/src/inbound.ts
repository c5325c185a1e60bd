import type { InboundHandlers, InboundMessage } from '#contracts/routing';
import { instant } from '#domain/instant';
import type { Tx } from '#persistence/transaction';
import { openClock, scopeOfDocument } from './notices/clocks.queries.js';
import { keepLegFacts, keepRequest, stateBefore } from './notices/notice-facts.repository.js';
import { tell, tellFirst } from './notices/tell.js';
import { notifyChange } from './read-model/change-notices.js';
import { keepLeg, keepLive, keepReport, keepWithdrawn } from './read-model/project.repository.js';
import { keepRatification } from './read-model/ratification.queries.js';

type NoticeWanted = InboundMessage<'review.notice-requested'> | InboundMessage<'approval.notice-requested'>;

async function tellOf(tx: Tx, { id, type, body, occurredAt }: NoticeWanted): Promise<void> {
  const { kind, case: caseId, round, seat, stage, person, by } = body;
  await keepRequest(tx, { id, kind, case: caseId, round, seat, stage, person, by, at: instant(occurredAt) });
  tell(tx, { organ: body.organ, year: body.year });
  notifyChange(tx, { document: body.document, case: body.case, kind: type, organ: body.organ });
}

type PublicationNews = InboundMessage<'publication.ratified' | 'publication.superseded' | 'publication.held'>;

async function tellOfPublication(tx: Tx, { type, body }: Pick<PublicationNews, 'type' | 'body'>): Promise<void> {
  notifyChange(tx, { document: body.document, case: body.case, kind: type, organ: null });
}

type LegProgress = InboundMessage<'review.progressed'> | InboundMessage<'approval.progressed'>;

async function projectLeg(tx: Tx, { type, body, occurredAt }: LegProgress): Promise<void> {
  await tellFirst(tx, { organ: body.organ, year: body.year });
  const before = await stateBefore(tx, body);
  if (!(await keepLeg(tx, body, occurredAt))) return;
  await keepLegFacts(tx, body, before);
  tell(tx, { organ: body.organ, year: body.year });
  notifyChange(tx, { document: body.document, case: body.case, kind: type, organ: body.organ });
}

async function tellOfDocument(tx: Tx, document: string): Promise<void> {
  const scope = await scopeOfDocument(tx, document);
  if (scope) tell(tx, scope);
}

/** What the gateway hears: all of it only to show it, and to tell whom it concerns. */
export const inbound: InboundHandlers<'gateway', Tx> = {
  'drafting.report-changed': async (tx, { type, body, occurredAt }) => {
    await keepReport(tx, body, occurredAt);
    await openClock(tx, body);
    notifyChange(tx, { document: body.document, case: null, kind: type, organ: body.organ });
  },
  'review.progressed': projectLeg,
  'approval.progressed': projectLeg,
  'review.notice-requested': tellOf,
  'approval.notice-requested': tellOf,
  'publication.live': async (tx, { type, body, occurredAt }) => {
    await keepLive(tx, body, occurredAt);
    await tellOfDocument(tx, body.document);
    notifyChange(tx, { document: body.document, case: body.case, kind: type, organ: null });
  },
  'drafting.ratification-changed': async (tx, { type, body, occurredAt }) => {
    await keepRatification(tx, body, occurredAt);
    tell(tx, { organ: body.organ, year: body.year });
    notifyChange(tx, { document: body.document, case: body.case, kind: type, organ: body.organ });
  },
  'publication.withdrawn': async (tx, { type, body, occurredAt }) => {
    await keepWithdrawn(tx, body, occurredAt);
    await tellOfDocument(tx, body.document);
    notifyChange(tx, { document: body.document, case: body.case, kind: type, organ: null });
  },
  'publication.ratified': tellOfPublication,
  'publication.superseded': tellOfPublication,
  'publication.held': tellOfPublication,
};
