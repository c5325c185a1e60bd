import type { Instant } from '#domain/instant';
import { type Defect, defect } from '#evidence/defect';
import type { DirectoryDocument } from '#evidence/statements';
import { grantsFor } from '#evidence/verify-seats';
import type { PublicationJob } from '../domain/publication-job.js';
import type { OwnDeputy } from '../persistence/own-deputies.queries.js';
import { deputiesDefect } from './deputies-gate.js';
import { passkeysDefect } from './passkeys-gate.js';
import { firstDifference, type ProvenPublication } from './publication-proof.js';

/** What this service adopted itself: the newest directory, whether it knows the one the seal names, and deputies. */
export interface OwnDirectories {
  readonly newest: DirectoryDocument | undefined;
  readonly knowsSealed: boolean;
  /** Grants to whoever signed for another. */
  readonly deputies: readonly OwnDeputy[];
  /** When passkeys that signed were revoked, by id. */
  readonly revokedPasskeys: ReadonlyMap<string, Instant>;
}

/** `later`: what is missing may still arrive, try again. `held`: it never will. */
export type GateAnswer = { readonly answer: 'open' } | ({ readonly answer: 'later' | 'held' } & Defect);

/**
 * The last question before publication: is this the round that was released, is its time come, and does this service's own directory
 * say that each signer held the office when signing, or acted for its holder, with no passkey revoked by then? An office it does not
 * know holds the publication.
 */
export function passGate(
  { seal, seats }: ProvenPublication,
  job: PublicationJob,
  own: OwnDirectories,
  now: string,
): GateAnswer {
  const expected = {
    case: job.case,
    round: job.round,
    document: job.document,
    edition: job.edition,
    content: job.content,
    ...(job.organ === null ? {} : { organ: job.organ }),
    ...(job.year === null ? {} : { year: job.year }),
    ...(job.kind === null ? {} : { kind: job.kind }),
  };
  const different = firstDifference(expected, seal);
  if (different !== undefined)
    return { answer: 'held', ...defect('round_mismatch', `seal.${different}`, 'another round was released') };
  if (seal.notBefore !== null && now < seal.notBefore)
    return { answer: 'later', ...defect('too_early', 'seal.notBefore', seal.notBefore) };
  if (own.newest === undefined || !own.knowsSealed)
    return { answer: 'later', ...defect('directory_unknown', 'seal.directory', seal.directory) };
  const { grants } = own.newest;
  const without = seats.find((seat) => !grantsFor(seat, grants).some(({ until }) => until === null || seat.at < until));
  if (without !== undefined)
    return { answer: 'held', ...defect('role_not_held', `seat ${without.seat}`, `${without.role}@${without.organ}`) };
  const revoked = passkeysDefect(seats, own.revokedPasskeys);
  if (revoked !== undefined) return { answer: 'held', ...revoked };
  return deputiesDefect(seats, own.deputies) ?? { answer: 'open' };
}
