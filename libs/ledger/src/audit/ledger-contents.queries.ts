import { type Handle, rows } from '#persistence/sql';
import type { ServiceLedger, StoredLog } from './ledger-contents.js';

/** The ledger tables of one service. The service's own role may read its own, the owner all. */
export async function readServiceLedger(handle: Handle, service: string): Promise<ServiceLedger> {
  const of = <Row>(columns: string, table: string): Promise<Row[]> =>
    rows<Row>(handle, `SELECT ${columns} FROM "${service}".${table}`);
  return {
    service,
    heads: await of('report, seq, hash, at', 'ledger_head'),
    entries: await of('report, seq, hash, bytes, at', 'ledger_entry'),
    bodies: await of('digest, bytes', 'ledger_body'),
  };
}

/** The tables of the log. */
export async function readStoredLog(handle: Handle): Promise<StoredLog> {
  return {
    leaves: await rows(handle, 'SELECT index, hash, producer FROM ledger.log_leaf'),
    nodes: await rows(handle, 'SELECT level, index, hash FROM ledger.log_node'),
    checkpoints: await rows(handle, 'SELECT epoch, size, root, at, note FROM ledger.log_checkpoint'),
  };
}
