/** A UTC instant as ISO 8601 with milliseconds, e.g. `2026-01-31T16:00:00.000Z`. Text order is time order. */
export type Instant = string & { readonly __brand: 'Instant' };

const PATTERN = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** Makes an Instant from a Date or from exact text. Throws RangeError on anything else. */
export function instant(value: Date | string): Instant {
  const text = typeof value === 'string' ? value : value.toISOString();
  if (!PATTERN.test(text) || Number.isNaN(Date.parse(text))) throw new RangeError(`not an instant: ${text}`);
  return text as Instant;
}

/** The instant `seconds` later (or earlier, when negative). */
export function plusSeconds(at: Instant, seconds: number): Instant {
  return instant(new Date(Date.parse(at) + seconds * 1000));
}
