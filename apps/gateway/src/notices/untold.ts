import type { z } from 'zod';
import type { UntoldBecause } from '#contracts/http/publication.api';
import { type Instant, plusSeconds } from '#domain/instant';

/** A notice as it is kept for one person, and what is known of that person. */
export interface KeptNotice {
  readonly deliverAfter: Instant;
  readonly deliveredAt: Instant | null;
  /** It was taken back: something newer took its place, or it is so no more. */
  readonly isVoid: boolean;
  /** The person has left, or will, and since when; an account that is closed without a date is closed now. */
  readonly leftAt: Instant | null;
}

/** The sweep that sends what is due comes every few seconds; what is this late is not going out. */
const LATE_SECONDS = 60;

/** Why a notice has not reached its person; null when it has. What came after he had left was read by nobody. */
export function untoldBecause(
  { deliverAfter, deliveredAt, isVoid, leftAt }: KeptNotice,
  now: Instant,
): z.infer<typeof UntoldBecause> | null {
  if (leftAt !== null && leftAt <= (deliveredAt ?? now)) return 'left';
  if (deliveredAt !== null) return null;
  if (isVoid) return 'void';
  return now < plusSeconds(deliverAfter, LATE_SECONDS) ? 'quiet' : 'late';
}
