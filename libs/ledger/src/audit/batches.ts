import type { Tx } from '#persistence/transaction';
import { rows } from '#persistence/sql';

/** Asks the database. Every question of an audit goes through one, inside one transaction, so that all of them see one moment. */
export type Ask = <Row>(sql: string, parameters?: unknown[]) => Promise<Row[]>;

/** Rows held in memory at once. */
const BATCH_ROWS = 1000;

/** How to ask in a transaction that only reads. A question over the whole ledger may take minutes. */
export async function askIn(tx: Tx): Promise<Ask> {
  await tx.query(`SET LOCAL statement_timeout = '10min'`);
  return (sql, parameters) => rows(tx, sql, parameters);
}

/** The rows of a question, a batch at a time, over a cursor of this name: however many there are, memory holds one batch. The cursor ends with them, or with the transaction. */
export async function* batchesOf<Row>(ask: Ask, cursor: string, select: string): AsyncGenerator<Row[]> {
  await ask(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${select}`);
  for (;;) {
    const batch = await ask<Row>(`FETCH ${BATCH_ROWS} FROM ${cursor}`);
    if (batch.length > 0) yield batch;
    if (batch.length < BATCH_ROWS) break;
  }
  await ask(`CLOSE ${cursor}`);
}
