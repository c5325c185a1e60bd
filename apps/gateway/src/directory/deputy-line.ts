import type { z } from 'zod';
import type { Deputy } from '#contracts/http/deputies.api';
import type { Instant } from '#domain/instant';
import type { NamedDeputy } from './deputy.repository.js';

type Line = z.infer<typeof Deputy>;

/** A deputy's grant as people read it at that time. */
export function deputyLine({ id, ...deputy }: NamedDeputy, at: Instant): Line {
  return { ...deputy, deputy: id, state: stateOf(deputy, at) };
}

function stateOf(
  { from, until, revokedAt }: Pick<NamedDeputy, 'from' | 'until' | 'revokedAt'>,
  at: Instant,
): Line['state'] {
  if (revokedAt !== null && revokedAt <= at) return 'revoked';
  if (until <= at) return 'over';
  return at < from ? 'coming' : 'in-force';
}
