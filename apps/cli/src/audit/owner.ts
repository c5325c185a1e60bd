import type { DataSource } from 'typeorm';
import { CommandFailure, EXIT } from '../exit-code.js';

/** Opens a database for one piece of work and closes it again. */
export async function withOwner<T>(db: DataSource, work: () => Promise<T>): Promise<T> {
  try {
    await db.initialize();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const sentence = { zh: `数据库打不开：${reason}`, en: `the database does not open: ${reason}` };
    throw new CommandFailure(EXIT.unreachable, 'no_database', sentence, undefined, error);
  }
  try {
    return await work();
  } finally {
    await db.destroy();
  }
}
