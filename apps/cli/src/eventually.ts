import { setTimeout as wait } from 'node:timers/promises';
import type { Message } from '#report/place';
import { CommandFailure, EXIT } from './exit-code.js';

const PAUSE_MS = 50;

/** Asks until `look` answers something, at most `withinMs`. CommandFailure `not_in_time` naming what was awaited. */
export async function eventually<T>(
  awaited: Message,
  look: () => Promise<T | undefined>,
  withinMs = 60_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) {
      const sentence = {
        zh: `等候 ${withinMs / 1000} 秒仍未完成：${awaited.zh}`,
        en: `not within ${withinMs / 1000} s: ${awaited.en}`,
      };
      throw new CommandFailure(EXIT.unreachable, 'not_in_time', sentence);
    }
    await wait(PAUSE_MS);
  }
}
