/** What is looked at together: everything about one organ's report of one year, or the changes of the directory. */
export type NoticeScope = { readonly organ: string; readonly year: number } | 'directory';

/** A scope as rows name it, e.g. `report:xiangyang:2026`. */
export function scopeName(scope: NoticeScope): string {
  return scope === 'directory' ? scope : `report:${scope.organ}:${scope.year}`;
}

/** Reads a row's scope. Throws on a name that nothing here wrote. */
export function readScope(name: string): NoticeScope {
  if (name === 'directory') return name;
  const [, organ, year] = /^report:([a-z0-9-]+):(\d{4})$/.exec(name) ?? [];
  if (organ === undefined) throw new Error(`no scope of notices: ${name.slice(0, 80)}`);
  return { organ, year: Number(year) };
}
