/** Somebody has a report open: where in it, and from when on nothing was heard of it any more. */
interface Seen {
  readonly chapter: number;
  readonly until: number;
}

/** One person at one report, as gateway processes tell each other; `chapter` null: gone. */
export interface Presence {
  readonly document: string;
  readonly person: string;
  readonly chapter: number | null;
}

/** How long somebody is taken to be there after he was heard of, in milliseconds: two signs may be lost. */
export const PRESENT_FOR_MS = 50_000;

/** Who has which report open now. In memory alone: it lasts no longer than people look, and a process that starts anew hears of everybody within one sign of his. */
export class PresenceBoard {
  readonly #reports = new Map<string, Map<string, Seen>>();

  /** Notes a sign of somebody. `now`: milliseconds of a clock that never jumps. */
  hear({ document, person, chapter }: Presence, now: number): void {
    const seen = this.#reports.get(document) ?? new Map<string, Seen>();
    if (chapter === null) seen.delete(person);
    else seen.set(person, { chapter, until: now + PRESENT_FOR_MS });
    this.#forgetOld(seen, now);
    if (seen.size > 0) this.#reports.set(document, seen);
    else this.#reports.delete(document);
  }

  /** Who else is there, and at which chapter. */
  others(document: string, person: string, now: number): { readonly person: string; readonly chapter: number }[] {
    const seen = this.#reports.get(document);
    if (seen === undefined) return [];
    this.#forgetOld(seen, now);
    if (seen.size === 0) this.#reports.delete(document);
    return [...seen].filter(([one]) => one !== person).map(([one, { chapter }]) => ({ person: one, chapter }));
  }

  #forgetOld(seen: Map<string, Seen>, now: number): void {
    for (const [person, { until }] of seen) if (until <= now) seen.delete(person);
  }
}
