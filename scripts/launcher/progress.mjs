// What the launcher prints: steps with the time since it started, and a sign of life on long ones.

const started = performance.now();
const colour = process.stdout.isTTY && !process.env.NO_COLOR;
const HEARTBEAT_MS = 5000;
const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** Text in a colour of the terminal (a code of ECMA-48), plain where there is none. */
export const paint = (code, text) => (colour ? `\u001B[${code}m${text}\u001B[0m` : text);

/** One line with the time since the launcher started. */
export function say(text) {
  console.log(`${paint(2, seconds(started).padStart(8))}  ${text}`);
}

/** Shows that a long step is alive: a line that counts seconds at a terminal, else a line every five seconds. */
export function heartbeat(what) {
  const since = performance.now();
  if (!process.stdout.isTTY) say(`${what} …`);
  const show = () => {
    if (process.stdout.isTTY) process.stdout.write(`\r          ${what} … ${seconds(since)} `);
    else say(`${what} … ${seconds(since)}`);
  };
  const timer = setInterval(show, process.stdout.isTTY ? 200 : HEARTBEAT_MS);
  return () => {
    clearInterval(timer);
    if (process.stdout.isTTY) process.stdout.write('\r\u001B[K');
    say(`${what}: ${seconds(since)}`);
  };
}
