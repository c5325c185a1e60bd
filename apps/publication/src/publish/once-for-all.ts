/** Does `work` once for all who ask for the same at the same time: what is the same, the first argument says. A later question is a new one. */
export function onceForAll<A extends readonly [string, ...unknown[]], T>(
  work: (...asked: A) => Promise<T>,
): (...asked: A) => Promise<T> {
  const running = new Map<string, Promise<T>>();
  return (...asked) => {
    const [key] = asked;
    const known = running.get(key);
    if (known !== undefined) return known;
    const begun = work(...asked).finally(() => running.delete(key));
    running.set(key, begun);
    return begun;
  };
}
