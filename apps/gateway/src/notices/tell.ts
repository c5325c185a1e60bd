import type { Tx } from '#persistence/transaction';
import { inApp } from './notice-channel.js';
import type { NoticeScope } from './notice-scope.js';
import { officeCalendar } from './office-calendar.js';
import { settleNotices, type SettleMeans } from './settle-notices.use-case.js';

/** What the running gateway tells people with: the days worked, and every channel there is. */
export function noticeMeans(): SettleMeans {
  return { calendar: officeCalendar(), channels: [inApp] };
}

/** Brings the notices of a scope into line with what this transaction has just written; comes after all of that. */
export async function tell(tx: Tx, scope: NoticeScope): Promise<void> {
  await settleNotices(tx, scope, noticeMeans());
}
