/** The code Node and PostgreSQL give an error, such as `ENOENT` or `57014`; undefined for one without. */
export function errorCode(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
