/** Which screen an address shows. */
export type Route =
  | { readonly screen: 'inbox' | 'done' | 'together' | 'missing' }
  | { readonly screen: 'case' | 'sign' | 'return'; readonly case: string };

const CASE = /^\/m\/r\/([0-9a-f-]{36})(?:\/(sign|return))?\/?$/;

/** The screen of an address below /m; `missing` for any other. */
export function routeOf(path: string): Route {
  if (/^\/m\/?$/.test(path)) return { screen: 'inbox' };
  if (/^\/m\/done\/?$/.test(path)) return { screen: 'done' };
  if (/^\/m\/together\/?$/.test(path)) return { screen: 'together' };
  const [, caseId, act] = CASE.exec(path) ?? [];
  if (caseId === undefined) return { screen: 'missing' };
  return { screen: act === undefined ? 'case' : (act as 'sign' | 'return'), case: caseId };
}

export const caseAddress = (caseId: string, act?: 'sign' | 'return'): string =>
  `/m/r/${caseId}${act === undefined ? '' : `/${act}`}`;
