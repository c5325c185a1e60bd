/** Where the public site lets anybody check the report of this public address in his own browser. */
export function checkAddress(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}/check/#${pathname}`;
}
