import type { z } from 'zod';
import { draftingMessages } from './messages/drafting.messages.js';
import { gatewayMessages } from './messages/gateway.messages.js';
import { entryMessages, ledgerMessages } from './messages/ledger.messages.js';
import { approvalMessages, publicationMessages, reviewMessages } from './messages/leg.messages.js';

/** Every message type with the schema of its body. Bodies carry ids and digests, never text, names or addresses. */
export const catalogue = {
  ...gatewayMessages,
  ...draftingMessages,
  ...reviewMessages,
  ...approvalMessages,
  ...publicationMessages,
  ...entryMessages,
  ...ledgerMessages,
} as const;

export type MessageType = keyof typeof catalogue;
export type MessageBody<T extends MessageType> = z.infer<(typeof catalogue)[T]>;
