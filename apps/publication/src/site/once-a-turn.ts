/**
 * Finds what a key says once in each turn of the event loop, however many ask: what was asked in one turn had all arrived before it began, so none
 * hears what was no longer true when it asked.
 */
export function onceATurn<T>(find: (key: string) => T): (key: string) => T {
  const found = new Map<string, T>();
  return (key) => {
    const known = found.get(key);
    if (known !== undefined) return known;
    if (found.size === 0) setImmediate(() => found.clear());
    const now = find(key);
    found.set(key, now);
    return now;
  };
}
