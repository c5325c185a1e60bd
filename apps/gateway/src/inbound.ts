import type { InboundHandlers, InboundMessage } from '#contracts/routing';
import type { Tx } from '#persistence/transaction';
import { keepLeg, keepLive, keepReport, notifyChange } from './read-model/project.repository.js';

type NoticeWanted = InboundMessage<'review.notice-requested'> | InboundMessage<'approval.notice-requested'>;

async function tellOf(tx: Tx, { type, body }: NoticeWanted): Promise<void> {
  notifyChange(tx, { document: body.document, case: body.case, kind: type, organ: body.organ });
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
  'publication.held': async (tx, { type, body }) => {
    notifyChange(tx, { document: body.document, case: body.case, kind: type, organ: null });
  },
};
