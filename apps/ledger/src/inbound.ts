import type { InboundHandlers } from '#contracts/routing';
import type { Tx } from '#persistence/transaction';
import { noteArrival } from './use-cases/note-arrival.use-case.js';

/** Everything the log hears: that an entry was written, and its hash. */
export const inbound: InboundHandlers<'ledger', Tx> = {
  'gateway.entry-recorded': noteArrival,
  'drafting.entry-recorded': noteArrival,
  'review.entry-recorded': noteArrival,
  'approval.entry-recorded': noteArrival,
  'publication.entry-recorded': noteArrival,
};
