import type { Instant } from '#domain/instant';

/** Something that comes true at an instant. */
export interface Timed {
  readonly at: Instant;
}

/** What holds now, and when the next thing will. */
export interface Latest<E> {
  readonly current: E | null;
  readonly next: Instant | null;
}

/** The newest event that has come; of two at one instant the later in the list. */
export function latestOf<E extends Timed>(events: readonly E[], now: Instant): Latest<E> {
  let current: E | null = null;
  let next: Instant | null = null;
  for (const event of events) {
    if (event.at > now) next = earlier(next, event.at);
    else if (current === null || event.at >= current.at) current = event;
  }
  return { current, next };
}

/** The earlier of two instants, either of which may be missing. */
export function earlier(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}
