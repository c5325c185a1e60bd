import type { z } from 'zod';
import type { LegCaseDetail } from '#contracts/http/leg.api';
import { canonicalBytes } from '#evidence/canonical';
import type { EvidenceCrypto } from '#evidence/crypto';
import { challengeOf } from '#evidence/verify-passkey';
import { statementDigest } from './enter-leg.js';
import { isSeatOpen, legRules } from './leg-rules.js';
import type { ReadLeg } from './read-leg.js';
import { stageOf } from './route.js';
import { signatureBy, statementFor } from './statement.js';

type Signable = z.infer<typeof LegCaseDetail>['signable'];

/** Every open seat the person may take, for himself and for each principal whose deputy he is, with the exact statements he could sign. */
export function signableBy({ leg, directory, grants }: ReadLeg, person: string, crypto: EvidenceCrypto): Signable {
  const { legCase, at } = leg;
  const principals = [null, ...new Set(grants.map(({ principal }) => principal))];
  const seats = legCase.seats.filter((seat) => isSeatOpen(legRules, legCase, seat));
  return principals.flatMap((onBehalfOf) => {
    const who = { actor: person, onBehalfOf };
    if (!legRules.areDutiesSeparate(legCase, who)) return [];
    return seats
      .filter((seat) => legRules.officeFor(legCase, seat, who, directory, at) !== null)
      .map((seat) => {
        const statement = statementFor(legCase, seat, signatureBy(person, onBehalfOf));
        const { checklist = [], grade } = stageOf(legCase, seat.stage);
        const challenge = challengeOf(canonicalBytes(statement), crypto);
        const shown = { statement: { ...statement }, digest: statementDigest(statement, crypto), challenge };
        return { seat: seat.id, stage: seat.stage, onBehalfOf, grade, ...shown, checklist: [...checklist] };
      });
  });
}
