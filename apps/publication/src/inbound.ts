import type { InboundHandlers } from '#contracts/routing';
import type { LedgerPorts } from '#ledger/record-entry';
import type { Tx } from '#persistence/transaction';
import type { LegPorts } from '#signoff/leg-ports';
import { adoptDeputy, endDeputy } from '#signoff/use-cases/adopt-deputy.use-case';
import { adoptPasskey, endPasskey } from '#signoff/use-cases/adopt-passkey.use-case';
import { adoptDirectory } from '#signoff/use-cases/adopt-directory.use-case';
import { noteCheckpoint } from './use-cases/note-checkpoint.use-case.js';
import { noteInclusion } from './use-cases/note-inclusion.use-case.js';
import { noteMessage } from './use-cases/note-message.use-case.js';

/** Everything publication hears. Nothing is published here: the publisher proves the bundle for itself. */
export function inbound(ports: Pick<LegPorts, 'trust' | 'crypto'> & LedgerPorts): InboundHandlers<'publication', Tx> {
  return {
    'gateway.directory-published': (tx, message) => adoptDirectory(tx, message, ports),
    'gateway.deputy-granted': (tx, message) => adoptDeputy(tx, message, ports),
    'gateway.deputy-revoked': (tx, message) => endDeputy(tx, message),
    'gateway.passkey-registered': (tx, message) => adoptPasskey(tx, message, ports),
    'gateway.passkey-revoked': (tx, message) => endPasskey(tx, message),
    'drafting.edition-submitted': (tx, message) =>
      noteMessage(
        tx,
        message,
        { kind: 'submitted', organ: message.body.organ, year: message.body.year, act: message.body.kind },
        ports,
      ),
    'approval.granted': (tx, message) =>
      noteMessage(tx, message, { kind: 'granted', bundle: message.body.bundle }, ports),
    'approval.released': (tx, message) =>
      noteMessage(tx, message, { kind: 'released', bundle: message.body.bundle }, ports),
    'approval.included': (tx, message) => noteInclusion(tx, message, ports),
    'ledger.checkpointed': (tx, message) => noteCheckpoint(tx, message, ports),
    'approval.ended': (tx, message) =>
      noteMessage(tx, message, { kind: message.body.kind === 'sent-back' ? 'sent-back' : 'ended' }, ports),
  };
}
