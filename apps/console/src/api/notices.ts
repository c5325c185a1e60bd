import type { z } from 'zod';
import type { NoticeCounts, NoticeLine, NoticeLines, NoticeSettings } from '#contracts/http/notices.api';
import { send } from './send.js';

export type Notices = z.infer<typeof NoticeLines>;
export type NoticeItem = z.infer<typeof NoticeLine>;
export type Counts = z.infer<typeof NoticeCounts>;
export type Quiet = z.infer<typeof NoticeSettings>;

/** Marks one notice as read. */
export const markRead = (notice: string): Promise<Counts> =>
  send<Counts>({ method: 'POST', path: `/notices/${notice}/read`, body: {} });

/** Marks as read what had come by then: what comes while one looks stays unread. */
export const markAllRead = (until: string): Promise<Counts> =>
  send<Counts>({ method: 'POST', path: '/notices/read', body: { until } });

/** Keeps when one is left in peace. */
export const keepQuiet = (settings: Quiet): Promise<Quiet> =>
  send<Quiet>({ method: 'PUT', path: '/notices/settings', body: settings });

/** Where a notice leads: to its case, which says what has become of it; else to its report, or to one's passkeys. */
export function noticeAddress({
  kind,
  case: caseId,
  document,
}: Pick<NoticeItem, 'kind' | 'case' | 'document'>): string | null {
  if (kind === 'passkey-registered' || kind === 'passkey-revoked') return '/mine#passkeys';
  if (caseId !== null) return `/cases/${caseId}`;
  return document === null ? null : `/reports/${document}`;
}
