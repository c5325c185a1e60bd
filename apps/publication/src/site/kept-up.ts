/** Who takes less of a download than this, in bytes a second after the first half minute, keeps others from theirs. */
const LEAST = { bytesPerSecond: 8_192, afterMs: 30_000 };

/** Data for as long as whoever asked for it keeps taking it. Throws when he is too slow, which ends the answer before its end. */
export async function* keptUp(
  data: AsyncIterable<string> | AsyncIterable<Uint8Array>,
  now: () => number = () => performance.now(),
): AsyncGenerator<string | Uint8Array> {
  const began = now();
  let taken = 0;
  for await (const part of data) {
    yield part;
    taken += part.length;
    const ms = now() - began;
    if (ms > LEAST.afterMs && taken < (ms / 1000) * LEAST.bytesPerSecond) throw new Error('too slow a reader');
  }
}
