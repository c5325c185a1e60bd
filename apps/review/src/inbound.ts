import type { InboundHandlers } from '#contracts/routing';
import type { Tx } from '#persistence/transaction';
import type { LegPorts } from '#signoff/leg-ports';
import { takeAcceptance } from '#signoff/notes/take-acceptance.use-case';
import { adoptDeputy, endDeputy } from '#signoff/use-cases/adopt-deputy.use-case';
import { admitReader } from '#signoff/use-cases/admit-reader.use-case';
import { adoptPasskey, endPasskey } from '#signoff/use-cases/adopt-passkey.use-case';
import { adoptDirectory } from '#signoff/use-cases/adopt-directory.use-case';
import { endReview } from './use-cases/end-review.use-case.js';
import { openReview } from './use-cases/open-review.use-case.js';

/** Every message the review service answers. */
export function inbound(ports: LegPorts): InboundHandlers<'review', Tx> {
  return {
    'gateway.directory-published': (tx, message) => adoptDirectory(tx, message, ports),
    'gateway.deputy-granted': (tx, message) => adoptDeputy(tx, message, ports),
    'gateway.deputy-revoked': (tx, message) => endDeputy(tx, message),
    'gateway.passkey-registered': (tx, message) => adoptPasskey(tx, message, ports),
    'gateway.passkey-revoked': (tx, message) => endPasskey(tx, message),
    'drafting.edition-submitted': (tx, message) => openReview(tx, message, ports),
    'approval.ended': (tx, message) => endReview(tx, message, ports),
    'approval.notice-requested': (tx, message) => admitReader(tx, message),
    'drafting.suggestion-accepted': (tx, message) => takeAcceptance(tx, message, ports),
  };
}
