import type { InboundHandlers } from '#contracts/routing';
import type { Tx } from '#persistence/transaction';
import { adoptDirectory } from '#signoff/use-cases/adopt-directory.use-case';
import type { DraftingPorts } from './drafting-ports.js';
import { heard } from './recorded.js';
import { markRatified, markSuperseded, markWithdrawn } from './use-cases/mark-acted.use-case.js';
import { dropSuggestion, keepSuggestion } from './use-cases/keep-suggestion.use-case.js';
import { markLive } from './use-cases/mark-live.use-case.js';
import { markReturned } from './use-cases/mark-returned.use-case.js';

/** Every message the drafting service answers. */
export function inbound(ports: DraftingPorts): InboundHandlers<'drafting', Tx> {
  return {
    'gateway.directory-published': (tx, message) => adoptDirectory(tx, message, ports),
    'review.ended': heard(ports, 'drafting.end-round', markReturned),
    'approval.ended': heard(ports, 'drafting.end-round', markReturned),
    'publication.live': heard(ports, 'drafting.mark-live', (tx, message) => markLive(tx, message, ports)),
    'publication.withdrawn': heard(ports, 'drafting.mark-withdrawn', markWithdrawn),
    'publication.ratified': heard(ports, 'drafting.mark-ratified', markRatified),
    'publication.superseded': heard(ports, 'drafting.mark-superseded', markSuperseded),
    'review.suggestion-made': heard(ports, 'drafting.keep-suggestion', keepSuggestion),
    'approval.suggestion-made': heard(ports, 'drafting.keep-suggestion', keepSuggestion),
    'review.suggestion-closed': heard(ports, 'drafting.close-suggestion', dropSuggestion),
    'approval.suggestion-closed': heard(ports, 'drafting.close-suggestion', dropSuggestion),
  };
}
