import type { DataSource } from 'typeorm';
import { type Instant, instant } from '#domain/instant';
import type { Tx } from './transaction.js';

/** Where a read may run: in a transaction, or on a connection of the pool. */
export type Handle = Tx | DataSource;

/** The rows of a statement, also of INSERT, UPDATE and DELETE … RETURNING (TypeORM answers those as [rows, count]). */
export async function rows<Row>(handle: Handle, sql: string, parameters: unknown[] = []): Promise<Row[]> {
  const answer: unknown = await handle.query(sql, parameters);
  if (!Array.isArray(answer)) return [];
  const returning = answer.length === 2 && Array.isArray(answer[0]) && typeof answer[1] === 'number';
  return (returning ? answer[0] : answer) as Row[];
}

/** The first row of a statement, or undefined. */
export async function row<Row>(handle: Handle, sql: string, parameters: unknown[] = []): Promise<Row | undefined> {
  return (await rows<Row>(handle, sql, parameters))[0];
}

/** The database's clock. Every comparison that matters uses it; processes' clocks may differ. */
export async function databaseNow(handle: Handle): Promise<Instant> {
  const answer = await row<{ now: Date }>(handle, 'select clock_timestamp() as now');
  return instant(answer?.now ?? new Date(Number.NaN));
}
