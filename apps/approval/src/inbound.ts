import type { InboundHandlers } from '#contracts/routing';
import type { Tx } from '#persistence/transaction';
import type { LegPorts } from '#signoff/leg-ports';
import { takeAcceptance } from '#signoff/notes/take-acceptance.use-case';
import { adoptDeputy, endDeputy } from '#signoff/use-cases/adopt-deputy.use-case';
import { admitReader } from '#signoff/use-cases/admit-reader.use-case';
import { adoptPasskey, endPasskey } from '#signoff/use-cases/adopt-passkey.use-case';
import { adoptDirectory } from '#signoff/use-cases/adopt-directory.use-case';
import { confirmLive } from './use-cases/confirm-live.use-case.js';
import { endSuperseded } from './use-cases/end-superseded.use-case.js';
import { holdCase } from './use-cases/hold-case.use-case.js';
import { openApproval } from './use-cases/open-approval.use-case.js';
import { passOnInclusions } from './use-cases/pass-on-inclusions.use-case.js';

/** Every message the approval service answers. */
export function inbound(ports: LegPorts): InboundHandlers<'approval', Tx> {
  return {
    'gateway.directory-published': (tx, message) => adoptDirectory(tx, message, ports),
    'gateway.deputy-granted': (tx, message) => adoptDeputy(tx, message, ports),
    'gateway.deputy-revoked': (tx, message) => endDeputy(tx, message),
    'gateway.passkey-registered': (tx, message) => adoptPasskey(tx, message, ports),
    'gateway.passkey-revoked': (tx, message) => endPasskey(tx, message),
    'review.cleared': (tx, message) => openApproval(tx, message, ports),
    'publication.live': (tx, message) => confirmLive(tx, message, ports),
    'ledger.included': (tx, message) => passOnInclusions(tx, message, ports),
    'publication.withdrawn': (tx, message) => confirmLive(tx, message, ports),
    'publication.ratified': (tx, message) => confirmLive(tx, message, ports),
    'publication.superseded': (tx, message) => endSuperseded(tx, message, ports),
    'publication.held': (tx, message) => holdCase(tx, message, ports),
    'review.notice-requested': (tx, message) => admitReader(tx, message),
    'drafting.suggestion-accepted': (tx, message) => takeAcceptance(tx, message, ports),
  };
}
