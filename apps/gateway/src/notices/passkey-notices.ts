import type { StoredPasskey } from '../passkeys/passkey.repository.js';
import type { Notice } from './notice.js';

/**
 * Tells a person of every passkey registered in his name, and of its end: whoever registers one for him has it noticed. The end
 * takes the place of the beginning.
 */
export function passkeyNotices(passkeys: readonly StoredPasskey[]): readonly Notice[] {
  return passkeys.map(({ id, person, revokedAt, revocation }) => ({
    person,
    kind: revokedAt === null ? 'passkey-registered' : 'passkey-revoked',
    topic: `passkey:${id}`,
    mark: '',
    case: null,
    round: null,
    seat: null,
    stage: null,
    document: null,
    actor: revocation?.by ?? null,
    dueAt: null,
  }));
}
