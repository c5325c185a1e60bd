import { createHash } from 'node:crypto';
import { canonicalBytes } from '#evidence/canonical';
import { type Handle, rows } from '#persistence/sql';

/** An alarm as administrators read it. */
export interface StoredAlarm {
  readonly id: string;
  readonly at: Date;
  readonly kind: string;
  readonly detail: Record<string, unknown>;
}

/**
 * Records that something happened which must not. The same kind and detail within ten minutes is one alarm.
 * `detail` holds ids, digests and codes, never text or names. Answers whether a new alarm was raised.
 */
export async function raiseAlarm(handle: Handle, kind: string, detail: Record<string, unknown>): Promise<boolean> {
  const fingerprint = createHash('sha256').update(canonicalBytes(detail)).digest('hex');
  const raised = await rows(
    handle,
    `insert into alarm (id, kind, fingerprint, detail)
     select gen_random_uuid(), $1::text, $2::text, $3::jsonb
     where not exists (
       select 1 from alarm where kind = $1 and fingerprint = $2 and at > clock_timestamp() - interval '10 minutes')
     returning id`,
    [kind, fingerprint, JSON.stringify(detail)],
  );
  return raised.length > 0;
}

/** The newest alarms, newest first. */
export function recentAlarms(handle: Handle, limit: number): Promise<StoredAlarm[]> {
  return rows<StoredAlarm>(handle, 'select id, at, kind, detail from alarm order by at desc limit $1', [limit]);
}
