import type { NoticeKind } from '#contracts/http/notices.api';
import type { Instant } from '#domain/instant';

/** What one person is to know, as a fact that may stop being one. Ids and codes only: the sentence is made at the door. */
export interface Notice {
  readonly person: string;
  readonly kind: NoticeKind;
  /** What it is about; a person has one live notice about it. `seat:…`, `case:…`, `report:…`, `live:…`, … */
  readonly topic: string;
  /** Tells two notices of one kind on one topic apart: the second urging, the next day overdue. */
  readonly mark: string;
  readonly case: string | null;
  readonly round: number | null;
  readonly seat: string | null;
  readonly stage: string | null;
  readonly document: string | null;
  /** Whoever caused it, where that is known. */
  readonly actor: string | null;
  readonly dueAt: Instant | null;
}

/** The same fact: it is neither sent again nor taken back. */
export function identityOf({ person, topic, kind, mark }: Notice): string {
  return [person, topic, kind, mark].join(' ');
}

/** What can replace each other: one of them is live at a time. */
export function slotOf({ person, topic }: Pick<Notice, 'person' | 'topic'>): string {
  return `${person} ${topic}`;
}
