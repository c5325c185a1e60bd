import type { NoticeKind } from '#contracts/http/notices.api';
import type { Tx } from '#persistence/transaction';
import { notifyChange } from '../read-model/change-notices.js';
import type { StoredNotice } from './plan-notices.js';

/**
 * A way notices reach people. Each has rows of its own in `notice`, under its name. `handOver` runs in the transaction
 * in which the notice was found true and is marked delivered; it must not wait for anything remote. A channel that leaves
 * the house (mail, an office messenger) writes a row to send here, and sends by a sweep that looks at the notice again.
 */
export interface NoticeChannel {
  readonly name: string;
  handOver(tx: Tx, notice: StoredNotice): Promise<void>;
}

/** Whoever sees how a report went public sees who has been told of it. */
const SHOWN_TO_ALL: ReadonlySet<NoticeKind> = new Set(['live', 'taken-down']);

/** The list in the console: the row is the delivery, and an open page is told to look. */
export const inApp: NoticeChannel = {
  name: 'in-app',
  handOver: async (tx, { person, document, case: caseId, kind }) => {
    notifyChange(tx, { document, case: caseId, kind: 'notice', organ: null, person });
    if (SHOWN_TO_ALL.has(kind)) notifyChange(tx, { document, case: caseId, kind: 'told', organ: null });
  },
};
