import { gather, gatheredFor, type Tx } from '#persistence/transaction';
import { inApp } from './notice-channel.js';
import { type NoticeScope, scopeName } from './notice-scope.js';
import { officeCalendar } from './office-calendar.js';
import { settleNotices, type SettleMeans } from './settle-notices.use-case.js';

/** What the running gateway tells people with: the days worked, and every channel there is. */
export function noticeMeans(): SettleMeans {
  return { calendar: officeCalendar(), channels: [inApp] };
}

/** Has the notices of a scope brought into line at the end of this transaction with all it has written, once however often it is said. */
export function tell(tx: Tx, scope: NoticeScope): void {
  gather(tx, settleAll, scope);
}

/**
 * Before something further of a scope is written: brings its notices into line with what this transaction has written of it by now. Messages that arrive
 * together are taken in together, and who was asked by the first and has signed by the second was asked all the same.
 */
export async function tellFirst(tx: Tx, scope: NoticeScope): Promise<void> {
  const name = scopeName(scope);
  if (gatheredFor(tx, settleAll).some((told) => scopeName(told) === name))
    await settleNotices(tx, scope, noticeMeans());
}

/** In the order of their names, so that two transactions about the same scopes lock them alike. */
async function settleAll(tx: Tx, scopes: readonly NoticeScope[]): Promise<void> {
  const byName = new Map(scopes.map((scope) => [scopeName(scope), scope]));
  const means = noticeMeans();
  for (const [, scope] of [...byName].toSorted(([a], [b]) => (a < b ? -1 : 1))) await settleNotices(tx, scope, means);
}
