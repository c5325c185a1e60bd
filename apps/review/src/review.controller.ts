import { legController } from '#leg-door/leg.controller';
import { legActs } from '#signoff/leg-acts';
import { clearReview } from './use-cases/clear-review.use-case.js';

/** The review leg of a case: its last signature clears it for approval. */
export const ReviewController = legController({ leg: 'review', acts: legActs, complete: clearReview });
