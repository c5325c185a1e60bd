/** The day of an instant in mainland China, which has kept UTC+8 without summer time since 1992: `2027-02-03`. */
export function dateInChina(instant: string): string {
  return new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 10);
}

/** The minute of an instant in mainland China: `2027-02-03 09:00`. */
export function timeInChina(instant: string): string {
  return new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}

/** The instant at which a seal lets its act take effect at the earliest. */
export function effectiveAt({ at, notBefore }: { readonly at: string; readonly notBefore: string | null }): string {
  return notBefore !== null && notBefore > at ? notBefore : at;
}
