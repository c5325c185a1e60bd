// One service as a child process that is started again whenever it ends by itself.
import { fork } from 'node:child_process';
import readline from 'node:readline';

/** How a service ends that an operator must help first; `libs/service-runtime/src/end-for-operator.ts`. */
const EX_CONFIG = 78;
const RESTART_MS = { first: 1000, most: 15_000 };
/** A service that ran this long has recovered: its next crash is its first. */
const RECOVERED_MS = 30_000;
/** A service drains for at most 25 s. */
const KILL_AFTER_MS = 28_000;

export class ChildService {
  #child;
  #startedAt = 0;
  #crashes = 0;
  #timer;
  #stopped = false;

  /** `onLine(name, line)` gets every line the service prints, `onEnd(name, reason, restartMs, needsOperator)` every unwanted end. */
  constructor({ name, script, env, onLine, onEnd }) {
    Object.assign(this, { name, script, env, onLine, onEnd });
  }

  /** Process id of the running child, undefined between two lives. */
  get pid() {
    return this.#child?.pid;
  }

  start() {
    this.#stopped = false;
    this.#startedAt = performance.now();
    const child = fork(this.script, [], {
      env: this.env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // A group of its own: Ctrl-C at the terminal reaches the launcher alone, which then stops everything in order.
      // Should the launcher die, the closed channel tells the service to end.
      detached: true,
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr])
      readline.createInterface({ input: stream }).on('line', (line) => this.onLine(this.name, line));
    child.once('error', (error) => this.onLine(this.name, `cannot be started: ${error.message}`));
    child.once('exit', (code, signal) => this.#ended(child, signal ?? `exit code ${code}`, code === EX_CONFIG));
  }

  /** Sends a signal; a service that ends of it is started again. */
  kill(signal = 'SIGTERM') {
    this.#child?.kill(signal);
  }

  /** Drains the service and starts it anew. */
  async restart() {
    await this.stop();
    this.#crashes = 0;
    this.start();
  }

  /** Drains the service; kills it when it does not end. */
  async stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
    await ended;
    clearTimeout(timer);
  }

  #ended(child, reason, needsOperator) {
    if (this.#child === child) this.#child = undefined;
    if (this.#stopped) return;
    this.#crashes = performance.now() - this.#startedAt > RECOVERED_MS ? 1 : this.#crashes + 1;
    const restartMs = Math.min(RESTART_MS.first * 2 ** (this.#crashes - 1), RESTART_MS.most);
    this.onEnd(this.name, reason, restartMs, needsOperator);
    this.#timer = setTimeout(() => this.start(), restartMs);
  }
}
