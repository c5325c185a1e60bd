import { createHash } from 'node:crypto';
import { isRefusal, type Refusal } from '#domain/decision';
import { type Answer, oncePerKey } from '#persistence/command.repository';
import { runInTransaction, type Tx } from '#persistence/transaction';
import { toAnswer } from './answer.js';
import type { Caller } from './caller.guard.js';
import type { ServicePorts } from './ports.js';
import { RefusalError } from './refusal-error.js';

function requestHash({ method, path, rawBody }: Caller): string {
  return createHash('sha256').update(`${method} ${path}\n`).update(rawBody).digest('hex');
}

/**
 * Runs a command in one transaction, once per (person, Idempotency-Key): a repetition gets the first answer.
 * Throws the refusals key_required and key_reused; otherwise answers what `act` decides.
 */
export async function runCommand(
  ports: Pick<ServicePorts, 'db'>,
  caller: Caller,
  act: (tx: Tx) => Promise<object | Refusal>,
): Promise<Answer> {
  const { key } = caller;
  if (key === null) throw new RefusalError('key_required');
  const command = { actor: caller.person, key, requestHash: requestHash(caller) };
  const answered = await runInTransaction(ports.db, (tx) =>
    oncePerKey(tx, command, async () => toAnswer(await act(tx))),
  );
  if (isRefusal(answered)) throw new RefusalError(answered.refused);
  return answered;
}
