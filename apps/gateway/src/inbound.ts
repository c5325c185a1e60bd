import type { InboundHandlers, InboundMessage } from '#contracts/routing';
import type { Tx } from '#persistence/transaction';
import { keepLeg, keepLive, keepReport, keepWithdrawn, notifyChange } from './read-model/project.repository.js';
import { keepRatification } from './read-model/ratification.queries.js';

type NoticeWanted = InboundMessage<'review.notice-requested'> | InboundMessage<'approval.notice-requested'>;

async function tellOf(tx: Tx, { type, body }: NoticeWanted): Promise<void> {
  notifyChange(tx, { document: body.document, case: body.case, kind: type, organ: body.organ });
}

type PublicationNews = InboundMessage<'publication.ratified' | 'publication.superseded' | 'publication.held'>;

async function tellOfPublication(tx: Tx, { type, body }: Pick<PublicationNews, 'type' | 'body'>): Promise<void> {
  notifyChange(tx, { document: body.document, case: body.case, kind: type, organ: null });
}

type LegProgress = InboundMessage<'review.progressed'> | InboundMessage<'approval.progressed'>;

async function projectLeg(tx: Tx, { type, body, occurredAt }: LegProgress): Promise<void> {
  if (!(await keepLeg(tx, body, occurredAt))) return;
  notifyChange(tx, { document: body.document, case: body.case, kind: type, organ: body.organ });
}

/** What the gateway hears: all of it only to show it. */
export const inbound: InboundHandlers<'gateway', Tx> = {
  'drafting.report-changed': async (tx, { type, body, occurredAt }) => {
    await keepReport(tx, body, occurredAt);
    notifyChange(tx, { document: body.document, case: null, kind: type, organ: body.organ });
  },
  'review.progressed': projectLeg,
  'approval.progressed': projectLeg,
  'review.notice-requested': tellOf,
  'approval.notice-requested': tellOf,
  'publication.live': async (tx, { type, body, occurredAt }) => {
    await keepLive(tx, body, occurredAt);
    notifyChange(tx, { document: body.document, case: body.case, kind: type, organ: null });
  },
  'drafting.ratification-changed': async (tx, { type, body, occurredAt }) => {
    await keepRatification(tx, body, occurredAt);
    notifyChange(tx, { document: body.document, case: body.case, kind: type, organ: body.organ });
  },
  'publication.withdrawn': async (tx, { type, body, occurredAt }) => {
    await keepWithdrawn(tx, body, occurredAt);
    notifyChange(tx, { document: body.document, case: body.case, kind: type, organ: null });
  },
  'publication.ratified': tellOfPublication,
  'publication.superseded': tellOfPublication,
  'publication.held': tellOfPublication,
};
