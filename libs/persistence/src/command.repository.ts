import { invariant, refuse, type Refusal } from '#domain/decision';
import { row, rows } from './sql.js';
import type { Tx } from './transaction.js';

/** What a command answers over HTTP. `body` is JSON. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export interface CommandKey {
  readonly actor: string;
  readonly key: string;
  readonly requestHash: string;
}

/**
 * Runs `act` once per (actor, key), in the caller's transaction; a repetition gets the stored answer, refusals included.
 * A second request under the same key waits for the first to commit. Refuses another request under the key: key_reused.
 */
export async function oncePerKey(
  tx: Tx,
  { actor, key, requestHash }: CommandKey,
  act: () => Promise<Answer>,
): Promise<Answer | Refusal<'key_reused'>> {
  const fresh = await rows(
    tx,
    'insert into command (actor, key, request_hash) values ($1, $2, $3) on conflict do nothing returning key',
    [actor, key, requestHash],
  );
  if (fresh.length === 0) return storedAnswer(tx, actor, key, requestHash);
  const answer = await act();
  await rows(tx, 'update command set status = $3, body = $4::json where actor = $1 and key = $2', [
    actor,
    key,
    answer.status,
    JSON.stringify(answer.body ?? null),
  ]);
  return answer;
}

async function storedAnswer(
  tx: Tx,
  actor: string,
  key: string,
  requestHash: string,
): Promise<Answer | Refusal<'key_reused'>> {
  const stored = await row<{ request_hash: string; status: number | null; body: unknown }>(
    tx,
    'select request_hash, status, body from command where actor = $1 and key = $2',
    [actor, key],
  );
  invariant(stored && stored.status !== null, 'a committed command has its answer');
  return stored.request_hash === requestHash ? { status: stored.status, body: stored.body } : refuse('key_reused');
}
