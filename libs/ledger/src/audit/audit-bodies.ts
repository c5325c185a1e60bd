import type { Digest } from '#domain/identifiers';
import type { EvidenceCrypto } from '#evidence/crypto';
import { type Defect, isDefect } from '#evidence/defect';
import type { ProvedErasure } from '#evidence/erasure';
import { erasedBy } from '../replay.js';
import { type Ask, batchesOf } from './batches.js';
import { bodiesNamed, bodySetFaults } from './chain-sets.queries.js';
import type { FaultList } from './fault-list.js';
import type { LookedAt } from './looked-at.js';

/** Proves that two administrators agreed to an erasure, from what is kept beside its entry. */
export type ProveErasure = (body: Uint8Array) => ProvedErasure | Defect;

/** The entries of erasures seen in a service's chains, by the digest of what they say is gone. */
export class SeenErasures {
  readonly #seen = new Map<string, { readonly proof: Digest | undefined }>();

  see({ entry }: LookedAt): void {
    const erased = entry && erasedBy(entry);
    if (entry === undefined || erased === undefined) return;
    this.#seen.set(erased, { proof: entry.digests['events'] });
  }

  /** The digest of the proof of the erasure of this; undefined when no entry tells of one. */
  of(digest: string): { readonly proof: Digest | undefined } | undefined {
    return this.#seen.get(digest);
  }

  get digests(): readonly string[] {
    return [...this.#seen.keys()];
  }
}

interface BodyAudit {
  readonly crypto: Pick<EvidenceCrypto, 'sha256'>;
  readonly faults: FaultList;
  readonly erasures: SeenErasures;
  readonly proveErasure: ProveErasure;
}

/**
 * Names every fault in what is kept beside a service's entries. What is gone is damage, unless an entry says that two administrators had it erased:
 * that is listed with who, why and on what ground.
 */
export async function auditBodies(ask: Ask, service: string, about: BodyAudit): Promise<void> {
  const { crypto, faults, erasures } = about;
  const select = `SELECT digest, bytes FROM "${service}".ledger_body`;
  for await (const batch of batchesOf<{ digest: string; bytes: Uint8Array }>(ask, `bodies_of_${service}`, select))
    for (const { digest, bytes } of batch)
      if (crypto.sha256(bytes) !== digest) faults.add('body_altered', service, digest);
  for (const { code, place, digest } of await bodySetFaults(ask, service)) {
    const erasure = code === 'body_missing' ? erasures.of(digest) : undefined;
    if (erasure === undefined) faults.add(code, service, place);
    else await nameErased(ask, service, { place, digest, ...erasure }, about);
  }
  const undone = erasures.digests.length === 0 ? [] : await bodiesNamed(ask, service, erasures.digests);
  for (const { digest } of undone) faults.add('erasure_undone', service, digest);
}

interface Gone {
  readonly place: string;
  readonly digest: string;
  readonly proof: Digest | undefined;
}

async function nameErased(
  ask: Ask,
  service: string,
  { place, digest, proof }: Gone,
  { faults, proveErasure }: BodyAudit,
): Promise<void> {
  const [kept] = proof === undefined ? [] : await bodiesNamed(ask, service, [proof]);
  const proved = kept && proveErasure(kept.bytes);
  if (proved === undefined || isDefect(proved) || proved.erased !== digest || proved.service !== service)
    return faults.add('erasure_unproved', service, place);
  const { by, reason, ground, at } = proved;
  faults.excuse({ in: service, where: place, by, reason, ground, at });
}
