/** An expected "no": a value, never thrown, never retried. `code` is stable; `data` carries the numbers a person needs. */
export interface Refusal<Code extends string = string> {
  readonly refused: Code;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What a pure rule answers: the events that happened, or one refusal. */
export type Decision<Event, Code extends string = string> = { readonly events: readonly Event[] } | Refusal<Code>;

/** Accepts a command with the events it causes; an empty list means "already so". */
export function accept<Event>(...events: Event[]): { readonly events: readonly Event[] } {
  return { events };
}

/** Refuses a command. `data` must hold no personal data: it is logged and stored with the command. */
export function refuse<Code extends string>(code: Code, data: Record<string, unknown> = {}): Refusal<Code> {
  return { refused: code, data };
}

/** Tells a refusal from any other outcome. */
export function isRefusal(outcome: unknown): outcome is Refusal {
  return typeof outcome === 'object' && outcome !== null && 'refused' in outcome;
}

/** A promise the code itself makes; breaking it is a defect, never a user's mistake. */
export function invariant(holds: unknown, promise: string): asserts holds {
  if (!holds) throw new Error(`broken invariant: ${promise}`);
}
