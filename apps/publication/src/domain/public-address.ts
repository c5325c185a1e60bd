/** Public path of a report, with the slash at the end: `/xxgk/ndbg/<organ>/<year>/`. */
export function publicPath(organ: string, year: number): string {
  return `/xxgk/ndbg/${organ}/${year}/`;
}

/** Public path of everything an organ published, with the slash at the end. */
export function organPath(organ: string): string {
  return `/xxgk/ndbg/${organ}/`;
}

/** What an address names: a report, or one edition of it; `file` is empty for the page itself. */
export interface AddressedFile {
  readonly organ: string;
  readonly year: number;
  readonly edition: number | null;
  readonly file: string;
}

const ADDRESS =
  /^\/xxgk\/ndbg\/(?<organ>[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?)\/(?<year>\d{4})\/(?:v(?<edition>[1-9]\d{0,5})\/)?(?<file>[a-z]+\.(?:csv|docx|html|json|pdf|xlsx|zip))?$/;

/** Reads a request path; null when it is no address of a report's file. Nothing outside this form ever reaches the disk. */
export function readAddress(path: string): AddressedFile | null {
  const parts = ADDRESS.exec(path)?.groups;
  if (parts === undefined) return null;
  const { organ, year, edition, file } = parts;
  if (organ === undefined || year === undefined) return null;
  return { organ, year: Number(year), edition: edition === undefined ? null : Number(edition), file: file ?? '' };
}

/**
 * The name a file of an edition is saved under: `xiangyang-2020-v1.pdf`. ASCII letters, digits and hyphens only, whatever the organ's code is, so that
 * it needs no quoting in a header. Source: RFC 6266 4.3.
 */
export function savedAs(
  {
    organ,
    year,
    edition,
  }: { readonly organ: { readonly code: string }; readonly year: number; readonly edition: number },
  file: string,
): string {
  const stem = file.startsWith('report.') ? '' : `-${file.slice(0, file.lastIndexOf('.'))}`;
  const code = organ.code.replace(/[^A-Za-z0-9-]/g, '-');
  return `${code}-${year}-v${edition}${stem}${file.slice(file.lastIndexOf('.'))}`;
}
