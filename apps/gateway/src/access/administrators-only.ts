import { RefusalError } from '#service-runtime/refusal-error';
import type { Session } from './session.repository.js';

/** Refuses everybody but the administrators: not_allowed. */
export function administratorsOnly({ administrator }: Session): void {
  if (!administrator) throw new RefusalError('not_allowed', { role: 'administrator', organ: '*' });
}
