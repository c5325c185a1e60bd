import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { getContent, putContent } from '#content-store/content-store';
import type { Digest } from '#domain/identifiers';
import { toBase64 } from '#evidence/base64';
import { canonicalBytes } from '#evidence/canonical';
import { isDefect } from '#evidence/defect';
import { proveInclusion } from '#evidence/inclusion';
import type { InclusionProofs } from '#evidence/inclusion-proofs';
import { inclusionProof } from '#evidence/merkle-tree';
import { nodeCrypto } from '#evidence/node-crypto';
import type { FirstTrust } from '#evidence/trust';
import { ACCEPTED, recordEntry } from '#ledger/record-entry';
import { rows } from '#persistence/sql';
import { runInTransaction } from '#persistence/transaction';
import { passOnInclusions } from '../../apps/approval/src/use-cases/pass-on-inclusions.use-case.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { logSigner } from '../support/log-builder.js';
import { nodesOver, noteOver, strangeLeaf } from '../support/log-tree.js';
import { SignoffWorld } from '../support/signoff-world.js';

type Released = Awaited<ReturnType<SignoffWorld['released']>>;

let database: TestDatabase;
let world: SignoffWorld;
let released: Released;
let leaf: Digest;
beforeAll(async () => {
  database = await testDatabase();
  world = await SignoffWorld.open((service) => database.url(service));
  released = await world.released();
  leaf = await sealed(released, released.bundle);
}, 60_000);
afterAll(async () => {
  await world?.close();
  await database?.drop();
});

const ports = { service: 'approval' as const, crypto: nodeCrypto, epoch: randomUUID() };
const trust = (): FirstTrust => {
  const known = world.trust as FirstTrust;
  return { ...known, services: { ...known.services, ledger: toBase64(logSigner.publicKey.bytes) } };
};

/** The entry of the signature that completed a bundle. */
function sealed(of: Released, bundle: Digest): Promise<Digest> {
  return runInTransaction(world.legs.approval, (tx) =>
    recordEntry(tx, ports, {
      report: of.document,
      case: of.case,
      actor: randomUUID(),
      action: 'approval.sign',
      outcome: ACCEPTED,
      digests: { bundle },
      requestId: randomUUID(),
    }),
  );
}

/** The log tells approval that these leaves are in it; `change` alters what it says. */
async function included(
  leaves: readonly Digest[],
  change = (document: InclusionProofs): unknown => document,
): Promise<void> {
  const log = [strangeLeaf(1), ...leaves, strangeLeaf(2)];
  const document: InclusionProofs = {
    schema: 'sunward.inclusion-proofs/1',
    checkpoint: noteOver(log),
    proofs: leaves.map((one, at) => ({
      leaf: one,
      index: at + 1,
      proof: inclusionProof(at + 1, log.length, nodesOver(log), nodeCrypto),
    })),
  };
  await runInTransaction(world.legs.approval, async (tx) => {
    const proofs = await putContent(tx, canonicalBytes(change(document)), 'application/json');
    const message = { body: { size: log.length, proofs }, correlationId: randomUUID() } as never;
    await passOnInclusions(tx, message, { trust: trust(), crypto: nodeCrypto });
  });
}

const told = (): Promise<{ body: string }[]> =>
  rows(world.legs.approval, `SELECT body FROM outbox WHERE type = 'approval.included' ORDER BY position`);
const alarms = async (): Promise<string[]> =>
  (
    await rows<{ code: string }>(
      world.legs.approval,
      `SELECT detail->>'code' AS code FROM alarm WHERE kind = 'inclusion_not_proved' ORDER BY at`,
    )
  ).map(({ code }) => code);

it('asks the log for a proof of the entry that names a bundle, and for no other', async () => {
  const asked = await rows<{ body: string }>(
    world.legs.approval,
    `SELECT body FROM outbox WHERE subscriber = 'ledger' AND stream = $1`,
    [released.document],
  );
  const bodies = asked.map(({ body }) => JSON.parse(body) as { leaf: string; proof: boolean });
  expect(bodies.filter(({ proof }) => proof).map(({ leaf: of }) => of)).toContain(leaf);
});

it('hands publication the whole proof of the bundle', async () => {
  await included([leaf]);
  const [{ body } = { body: '' }] = await told();
  const message = JSON.parse(body) as { inclusion: string; bundle: string; case: string; round: number };
  expect(message).toMatchObject({ case: released.case, round: released.round, bundle: released.bundle });
  const bundle = await getContent(world.legs.approval, released.bundle);
  const proved = proveInclusion(await getContent(world.legs.approval, message.inclusion), bundle, trust(), nodeCrypto);
  expect(isDefect(proved) ? proved.defect : proved.position).toBe(1);
});

it('passes over a bundle the case no longer has', async () => {
  const before = (await told()).length;
  const other = await world.put({ other: 'bundle' });
  await included([await sealed(released, other)]);
  expect(await told()).toHaveLength(before);
});

it.each<[string, (document: InclusionProofs) => unknown, string]>([
  [
    'a leaf this service never wrote',
    (of) => ({ ...of, proofs: [{ ...of.proofs[0]!, leaf: strangeLeaf(7) }] }),
    'entry_unknown',
  ],
  ['a proof that leads nowhere', (of) => ({ ...of, proofs: [{ ...of.proofs[0]!, index: 0 }] }), 'inclusion_proof'],
  [
    'a head nobody signed',
    (of) => ({ ...of, checkpoint: of.checkpoint.replace('\n3\n', '\n4\n') }),
    'inclusion_checkpoint',
  ],
  ['no document of proofs', () => ({}), 'bad_shape'],
])('is not misled by %s', async (_what, change, code) => {
  const before = (await told()).length;
  await included([leaf], change);
  expect(await told()).toHaveLength(before);
  expect((await alarms()).at(-1)).toBe(code);
});
