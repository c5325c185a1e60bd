import { z } from 'zod';
import { CASE_KINDS } from '#domain/case-kind';
import { InstantField, OrganCode, ReportYear, UuidField } from '../fields.js';

/** What a notice is about. With a seat, `due-soon` and `overdue` speak of that seat; without one, of the statutory date. */
export const NoticeKind = z.enum([
  'turn',
  'returned',
  'withdrawn',
  'recalled',
  'cancelled',
  'due-soon',
  'overdue',
  'urged',
  'consulted',
  'answered',
  'copied',
  'blocked',
  'held',
  'live',
  'taken-down',
  'ratification',
  'directory-change',
  'passkey-registered',
  'passkey-revoked',
]);
export type NoticeKind = z.infer<typeof NoticeKind>;

/** One notice to the person asking, with its sentence in both languages. */
export const NoticeLine = z
  .object({
    id: UuidField,
    kind: NoticeKind,
    organ: OrganCode.nullable(),
    organName: z.string().nullable(),
    year: ReportYear.nullable(),
    document: UuidField.nullable(),
    case: UuidField.nullable(),
    caseKind: z.enum(CASE_KINDS).nullable(),
    round: z.int().nullable(),
    seat: UuidField.nullable(),
    stage: z.string().nullable(),
    stageName: z.string().nullable(),
    /** Whoever caused it, by name, where that is known. */
    byName: z.string().nullable(),
    dueAt: InstantField.nullable(),
    /** Working days left, 0 on the last day, negative when overdue; null without a due time or where a year's holidays are not known. */
    workdaysLeft: z.int().nullable(),
    deliveredAt: InstantField,
    readAt: InstantField.nullable(),
    text: z.object({ zh: z.string(), en: z.string() }),
  })
  .meta({ id: 'NoticeLine' });
export type NoticeLine = z.infer<typeof NoticeLine>;

export const NoticeLines = z
  .object({ items: z.array(NoticeLine), next: z.string().nullable() })
  .meta({ id: 'NoticeLines' });

/** How many notices there are, and how many of them are unread, in all and by kind. */
export const NoticeCounts = z
  .object({ total: z.int(), unread: z.int(), unreadByKind: z.partialRecord(NoticeKind, z.int()) })
  .meta({ id: 'NoticeCounts' });

/** Marks as read what had been delivered by `until`: what came after the person looked stays unread. */
export const ReadAll = z.strictObject({ until: InstantField }).meta({ id: 'ReadAllNotices' });

const TimeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'a time of day: 00:00 to 23:59');

/** When a person is left in peace: from `quietFrom` up to `quietUntil` in Asia/Shanghai (equal: never), and on days off. */
export const NoticeSettings = z
  .strictObject({ quietFrom: TimeOfDay, quietUntil: TimeOfDay, quietOnDaysOff: z.boolean() })
  .meta({ id: 'NoticeSettings' });
export type NoticeSettings = z.infer<typeof NoticeSettings>;
