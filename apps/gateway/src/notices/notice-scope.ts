/** What is looked at together: everything about one organ's report of one year, the changes of the directory, or a person's passkeys. */
export type NoticeScope =
  { readonly organ: string; readonly year: number } | { readonly passkeysOf: string } | 'directory';

const PASSKEYS = 'passkeys:';

/** A scope as rows name it, e.g. `report:xiangyang:2026`. */
export function scopeName(scope: NoticeScope): string {
  if (scope === 'directory') return scope;
  return 'passkeysOf' in scope ? `${PASSKEYS}${scope.passkeysOf}` : `report:${scope.organ}:${scope.year}`;
}

/** Reads a row's scope. Throws on a name that nothing here wrote. */
export function readScope(name: string): NoticeScope {
  if (name === 'directory') return name;
  if (name.startsWith(PASSKEYS)) return { passkeysOf: name.slice(PASSKEYS.length) };
  const [, organ, year] = /^report:([a-z0-9-]+):(\d{4})$/.exec(name) ?? [];
  if (organ === undefined) throw new Error(`no scope of notices: ${name.slice(0, 80)}`);
  return { organ, year: Number(year) };
}
