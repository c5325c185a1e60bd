// What a key costs in a browser, measured inside the page: no clock of this process and no wire are in the figures.
import { setTimeout as sleep } from 'node:timers/promises';
import { quantile } from './measures.mjs';

/** Slower than anybody types in a cell, so that no key waits for the work of the one before. */
const BETWEEN_KEYS_MS = 70;

const round = (value) => Math.round(value * 10) / 10;
const spread = (times) => ({ median: round(quantile(times, 0.5)), p95: round(quantile(times, 0.95)) });

/**
 * Runs in the page: notes every key until asked. `work`: until its handlers are done. `paint`: until the next frame is handed over: told by a task of the
 * highest priority, so that what was put off until after the frame is not counted as before it. `frame`: that frame alone. What the browser itself says of
 * the keys, until they were on the screen, in steps of 8 ms, is `shown`; it names those of 16 and more.
 */
function watch() {
  const keys = [];
  const longTasks = [];
  new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
    type: 'longtask',
  });
  const shown = [];
  new PerformanceObserver((list) =>
    shown.push(
      ...list
        .getEntries()
        .filter(({ name }) => name === 'keydown')
        .map(({ duration }) => duration),
    ),
  ).observe({ type: 'event', durationThreshold: 16 });
  let latest;
  // Of the newest key: one that types nothing, as Enter, has no such event.
  addEventListener('input', () => latest?.postMessage(null), { capture: true });
  addEventListener(
    'keydown',
    ({ timeStamp }) => {
      const key = {};
      keys.push(key);
      const began = performance.now();
      // The first message after its last event: handlers are over, and what React draws at once is drawn.
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', () => (key.work = performance.now() - began));
      port1.start();
      port2.postMessage(null);
      latest = port2;
      requestAnimationFrame(() => {
        const drawing = performance.now();
        const handedOver = () => {
          key.paint = performance.now() - timeStamp;
          key.frame = performance.now() - drawing;
        };
        void scheduler.postTask(handedOver, { priority: 'user-blocking' });
      });
    },
    { capture: true },
  );
  globalThis.keystrokes = { keys, longTasks, shown };
}

/** Starts measuring in a page. */
export const watchKeys = (page) => page.evaluate(watch);

/** Presses these keys one after the other and answers what they cost, in milliseconds. */
export async function pressed(page, keys) {
  await page.evaluate(() => {
    const { keystrokes } = globalThis;
    keystrokes.keys.length = 0;
    keystrokes.longTasks.length = 0;
    keystrokes.shown.length = 0;
  });
  for (const key of keys) {
    await page.keyboard.press(key);
    await sleep(BETWEEN_KEYS_MS);
  }
  const { keys: seen, longTasks, shown } = await page.evaluate(() => globalThis.keystrokes);
  const of = (what) => spread(seen.flatMap((key) => key[what] ?? []));
  return {
    keys: seen.length,
    paintMs: of('paint'),
    workMs: of('work'),
    frameMs: of('frame'),
    shownMs: { within16: seen.length - shown.filter((ms) => ms > 16).length, beyond: shown.filter((ms) => ms > 16) },
    longTasks: longTasks.length,
  };
}
