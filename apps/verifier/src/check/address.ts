const ADDRESS =
  /^(?<frame>(?:\/en)?)(?<path>\/xxgk\/ndbg\/[a-z0-9-]{1,64}\/\d{4}\/(?:v[1-9]\d{0,5}\/)?)[a-z]*(?:\.[a-z]+)?$/;

/**
 * What somebody pasted: the path of a report on this site, a report elsewhere, or no address of a report at all. `page`: what he has before him, which is
 * the report in an English frame when its path begins with `/en`; the files beside it are the same.
 */
export type PastedAddress =
  | { readonly kind: 'here'; readonly path: string; readonly page: string }
  | { readonly kind: 'elsewhere' | 'no-report' };

/** Reads a pasted address; a page, a file beside it and a path alone lead to the same report. */
export function readPasted(text: string, origin: string): PastedAddress {
  let url: URL;
  try {
    url = new URL(text.trim(), origin.startsWith('http') ? origin : 'http://nowhere.invalid');
  } catch {
    return { kind: 'no-report' };
  }
  const withSlash = /\/(?:\d{4}|v\d+)$/.test(url.pathname) ? `${url.pathname}/` : url.pathname;
  const { frame, path } = ADDRESS.exec(withSlash)?.groups ?? {};
  if (frame === undefined || path === undefined) return { kind: 'no-report' };
  return url.origin === origin ? { kind: 'here', path, page: `${frame}${path}` } : { kind: 'elsewhere' };
}
