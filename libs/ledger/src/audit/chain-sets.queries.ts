import { EVENTS } from '../events-digest.js';
import type { Ask } from './batches.js';
import type { FaultCode } from './fault.js';

/** A fault as the database names it. */
interface FoundFault {
  readonly code: FaultCode;
  readonly place: string;
}

/** More faults of one kind than this are not told one by one. */
const MOST = 'LIMIT 5000';

/** Heads that are not at the end of their chain, and chains and heads without each other. */
export function headFaults(ask: Ask, service: string): Promise<FoundFault[]> {
  return ask<FoundFault>(
    `SELECT CASE WHEN h.report IS NULL THEN 'head_missing' WHEN e.report IS NULL THEN 'head_without_entries'
                 ELSE 'head_differs' END AS code, coalesce(h.report, e.report)::text AS place
     FROM "${service}".ledger_head h
     FULL JOIN (SELECT DISTINCT ON (report) report, seq, hash, at FROM "${service}".ledger_entry
                ORDER BY report, seq DESC) e ON e.report = h.report
     WHERE (h.seq, h.hash, h.at) IS DISTINCT FROM (e.seq, e.hash, e.at) ${MOST}`,
  );
}

/** Bodies that are gone, with their digest, and bodies no entry names. */
export function bodySetFaults(ask: Ask, service: string): Promise<(FoundFault & { readonly digest: string })[]> {
  return ask<FoundFault & { digest: string }>(
    `WITH named AS MATERIALIZED (SELECT report, seq, ${EVENTS} AS digest FROM "${service}".ledger_entry)
     (SELECT 'body_missing' AS code, report || '/' || seq AS place, digest FROM named
      WHERE digest IS NOT NULL AND NOT EXISTS (SELECT FROM "${service}".ledger_body b WHERE b.digest = named.digest) ${MOST})
     UNION ALL
     (SELECT 'body_unowned', b.digest, b.digest FROM "${service}".ledger_body b
      WHERE NOT EXISTS (SELECT FROM named WHERE named.digest = b.digest) ${MOST})`,
  );
}

/** Entries and leaves that are not each other's: every leaf one entry of the service it names, every entry a leaf, save the youngest. */
export async function agreementFaults(
  ask: Ask,
  services: readonly string[],
  oldest: string,
): Promise<(FoundFault & { readonly service: string })[]> {
  const entries = services.map((one) => `SELECT hash, '${one}' AS service FROM "${one}".ledger_entry`);
  const found = await ask<FoundFault & { service: string }>(
    `SELECT CASE WHEN e.hash IS NULL THEN 'leaf_without_entry' ELSE 'leaf_of_another' END AS code,
            'ledger' AS service, l.index::text AS place
     FROM ledger.log_leaf l LEFT JOIN (${entries.join(' UNION ALL ')}) e ON e.hash = l.hash
     WHERE e.service IS DISTINCT FROM l.producer ${MOST}`,
  );
  const late = services.map(
    (one) => `(SELECT 'entry_not_logged' AS code, '${one}' AS service, report || '/' || seq AS place
      FROM "${one}".ledger_entry e
      WHERE at < $1 AND NOT EXISTS (SELECT FROM ledger.log_leaf l WHERE l.hash = e.hash) ${MOST})`,
  );
  found.push(...(await ask<FoundFault & { service: string }>(late.join(' UNION ALL '), [oldest])));
  return found;
}

/** Bodies by their digest, of those that are there. */
export function bodiesNamed(
  ask: Ask,
  service: string,
  digests: readonly string[],
): Promise<{ readonly digest: string; readonly bytes: Uint8Array }[]> {
  return ask(`SELECT digest, bytes FROM "${service}".ledger_body WHERE digest = ANY ($1)`, [digests]);
}
