import { raiseAlarm } from '#outbox/alarm';
import { instant } from '#domain/instant';
import { runInTransaction } from '#persistence/transaction';
import type { Database, ServicePorts, Unfit } from '#service-runtime/ports';
import type { CheckpointFolder, OutsideCopy } from './checkpoints/checkpoint-folder.js';
import type { LogFault } from './domain/log-check.js';
import type { LogPorts } from './log-ports.js';
import { checkpointsAbove } from './persistence/log.repository.js';
import { sequenceLog } from './use-cases/sequence-log.use-case.js';

/** Heads are signed no more often than this; an entry waits for its place no longer. */
const TURN_MS = 1000;

/**
 * Gives what came in its places in the log, once a second. Any number may run: one at a time does, under a lock. Every head is copied out of the
 * database before the next is signed, so what cannot be copied stops the log, with an alarm.
 */
export class Sequencer {
  #timer: NodeJS.Timeout | undefined;
  #turn: Promise<void> | undefined;
  #fault: LogFault | null = null;

  constructor(
    private readonly db: Database,
    private readonly folder: CheckpointFolder,
    private readonly ports: LogPorts,
    private readonly log: ServicePorts['log'],
  ) {}

  /** Looks at once, and from then on every second. */
  async start(): Promise<void> {
    await this.look();
    this.#timer = setInterval(() => void this.look(), TURN_MS);
  }

  /** Takes no further turn and waits for the one that runs. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#turn;
  }

  /** Why nothing is added, for readiness; null while all is well. */
  get unfit(): Unfit | null {
    if (this.#fault === null) return null;
    const { fault, signed, found } = this.#fault;
    return {
      code: 'log_rolled_back',
      zh: `台账日志与库外检查点不符（${fault}：已签 ${signed} 条，库中 ${found} 条），停止记入。若确系恢复备份，由运维人员以 npm start -- --new-epoch 确认；否则运行 npx sunward audit 查明缺少或被改的条目，并从备份补回。`,
      en: `The log is not what its checkpoint outside the database states (${fault}: ${signed} signed, ${found} found); nothing is added. If a backup was restored, an operator confirms it with npm start -- --new-epoch; otherwise npx sunward audit names what is missing or altered, to be put back from a backup.`,
    };
  }

  private look(): Promise<void> {
    this.#turn ??= this.turns()
      .catch((error: unknown) => this.log.fault('sequencer_failed', error))
      .finally(() => (this.#turn = undefined));
    return this.#turn;
  }

  /** Takes turns until nothing waits. */
  async turns(): Promise<void> {
    for (let more = true; more;) {
      const outside = await this.newestCopy();
      const turn = await runInTransaction(this.db, (tx) => sequenceLog(tx, outside, this.ports));
      if (turn.fault !== null && this.#fault === null) this.log.error('log_rolled_back', { ...turn.fault });
      this.#fault = turn.fault;
      if (turn.fault === null) await this.copyOut();
      more = turn.more;
    }
  }

  private async newestCopy(): Promise<OutsideCopy | undefined> {
    try {
      return await this.folder.newest();
    } catch (error) {
      await raiseAlarm(this.db, 'checkpoints_unreadable', {});
      throw error;
    }
  }

  private async copyOut(): Promise<void> {
    const newest = await this.newestCopy();
    const copied = newest?.checkpoint.epoch === this.ports.epoch ? newest.checkpoint.size : 0;
    try {
      for (const { note, at } of await checkpointsAbove(this.db, this.ports.epoch, copied))
        await this.folder.append(note, instant(at));
    } catch (error) {
      await raiseAlarm(this.db, 'checkpoint_not_copied', { above: copied });
      throw error;
    }
  }
}
