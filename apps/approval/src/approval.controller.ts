import { legController } from '#leg-door/leg.controller';
import { approvalActs } from '#signoff/leg-acts';
import { sealCase } from './use-cases/seal-case.use-case.js';

/** The approval leg of a case: its last signature seals it for publication. */
export const ApprovalController = legController({ leg: 'approval', acts: approvalActs, complete: sealCase });
