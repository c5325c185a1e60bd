import { type Instant, plusSeconds } from '#domain/instant';
import { type Defect, defect } from '#evidence/defect';
import type { BundleSummary } from '#evidence/verify-bundle';

/** A leg that had not heard of a revocation yet could not refuse; what it accepted so shortly after stands. */
const LAG_SECONDS = 60;

/**
 * A signature by a passkey that had been revoked by then, as this service heard of it itself: held, whatever the leg
 * accepted. Undefined when there is none.
 */
export function passkeysDefect(
  seats: BundleSummary['seats'],
  revoked: ReadonlyMap<string, Instant>,
): Defect | undefined {
  for (const { seat, passkey, at } of seats) {
    const end = passkey === undefined ? undefined : revoked.get(passkey);
    if (end !== undefined && at >= plusSeconds(end, LAG_SECONDS))
      return defect('passkey_revoked', `seat ${seat}`, `signed ${at}, revoked ${end}`);
  }
  return undefined;
}
