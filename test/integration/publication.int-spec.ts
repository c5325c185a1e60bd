import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastify from 'fastify';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { leaseDueJob } from '../../apps/publication/src/persistence/publication-job.repository.js';
import { viewPublication } from '../../apps/publication/src/use-cases/view-publication.use-case.js';
import { AttemptTrail } from '../../apps/publication/src/publish/attempt-trail.js';
import { publishJob } from '../../apps/publication/src/publish/publish-job.js';
import { instant } from '#domain/instant';
import { isDefect } from '#evidence/defect';
import type { Envelope } from '#evidence/dsse';
import { generateKeyPem, nodeCrypto, signerFromPem } from '#evidence/node-crypto';
import { openStatement } from '#evidence/open-statement';
import { serviceKeys } from '#evidence/trust';
import { rows } from '#persistence/sql';
import { runInTransaction } from '#persistence/transaction';
import { type Changes, id, trust } from '../support/bundle-builder.js';
import { DOCUMENT, PATH, PublicationWorld, sampleEdition } from '../support/publication-world.js';

describe('publication', () => {
  let world: PublicationWorld;
  beforeAll(async () => {
    world = await PublicationWorld.open();
  }, 60_000);
  afterEach(() => world.clear());
  afterAll(() => world?.close());

  const bytesAt = async (path: string): Promise<Uint8Array> =>
    new Uint8Array(await (await world.get(path)).arrayBuffer());
  const expectNothingPublic = async (): Promise<void> => {
    expect((await world.get(PATH)).status).toBe(404);
    expect((await world.get(`${PATH}v1/`)).status).toBe(404);
    expect(await world.folder.links()).toEqual([]);
    expect(await world.announced()).not.toHaveProperty(['publication.live']);
  };
  const expectLiveOnce = async (): Promise<void> => {
    expect(await world.job()).toMatchObject({ state: 'live', defect: null, lease_token: null });
    expect(await world.announced()).toEqual({ 'publication.live': 1 });
    expect((await world.get(PATH)).status).toBe(200);
  };

  describe('what was released', () => {
    it('is public with exactly the signed bytes, the evidence and a signed receipt', async () => {
      const sealed = await world.seal();
      await world.release(sealed);
      await world.publisher().drain();
      await expectLiveOnce();
      expect(Buffer.from(await bytesAt(`${PATH}report.json`)).equals(sealed.content)).toBe(true);
      expect(Buffer.from(await bytesAt(`${PATH}evidence.json`)).equals(sealed.evidence)).toBe(true);
      expect(Buffer.from(await bytesAt(`${PATH}v1/`)).equals(await bytesAt(PATH))).toBe(true);
      const envelope = JSON.parse(Buffer.from(await bytesAt(`${PATH}receipt.json`)).toString()) as Envelope;
      const receipt = openStatement('receipt', envelope, serviceKeys(trust, 'publication', nodeCrypto), nodeCrypto);
      if (isDefect(receipt)) throw new Error(receipt.detail);
      const { files, ...about } = receipt.statement;
      expect(about).toMatchObject({ ...sealed.released, channel: 'site', url: `${world.origin}${PATH}` });
      expect(files.map(({ name }) => name)).toEqual(['evidence.json', 'index.html', 'report.json']);
    });

    it('comes to the same in any order of messages, however often they are heard', async () => {
      const sealed = await world.seal();
      await world.hear('approval.released', sealed.released);
      await world.publisher().drain();
      await world.release(sealed);
      await world.hear('approval.released', sealed.released);
      await world.publisher().drain();
      await expectLiveOnce();
    });

    it('waits while its time has not come', async () => {
      const early = await world.seal({ notBefore: instant('2999-01-01T00:00:00.000Z') });
      await world.release(early);
      await world.publisher().drain();
      expect(await world.job()).toMatchObject({ state: 'publishing', defect: 'too_early' });
      await expectNothingPublic();
    });

    it('waits for the directory the seal names, and is held when its own directory knows no such office', async () => {
      const sealed = await world.seal();
      await rows(world.db, 'DELETE FROM directory_copy');
      await world.release(sealed);
      await world.publisher().drain();
      expect(await world.job()).toMatchObject({ state: 'publishing', defect: 'directory_unknown' });
      await world.seal();
      await rows(
        world.db,
        `INSERT INTO directory_copy (version, digest, document, adopted_at)
         SELECT 2, repeat('d', 64), replace(document, '"role":"principal"', '"role":"clerk"'), now() FROM directory_copy`,
      );
      await world.due();
      await world.publisher().drain();
      expect(await world.job()).toMatchObject({ state: 'held', defect: 'role_not_held' });
      await expectNothingPublic();
    });

    it('is published once by publishers that race', async () => {
      await world.release(await world.seal());
      await Promise.all([1, 2, 3, 4].map(() => world.publisher().drain()));
      await expectLiveOnce();
    });

    it('is published once when a publisher thought dead goes on after another took over', async () => {
      await world.release(await world.seal());
      const slow = await runInTransaction(world.db, (tx) => leaseDueJob(tx, randomUUID(), 30));
      await world.publisher().drain();
      expect(await world.job()).toMatchObject({ state: 'publishing' });
      await world.due();
      await world.publisher().drain();
      await expectLiveOnce();
      expect(await publishJob(world.ports(), slow!, new AttemptTrail(slow!.leasedMs))).toEqual({ outcome: 'lost' });
      await expectLiveOnce();
    });

    it('goes live after the disk refused and the site was away, with one announcement and no alarm', async () => {
      await world.release(await world.seal());
      await mkdir(world.folder.root, { recursive: true });
      await writeFile(join(world.folder.root, 'trees'), 'in the way');
      await world.publisher().drain();
      expect(await world.job()).toMatchObject({ state: 'publishing', defect: 'eexist', attempts: 1 });
      await rm(join(world.folder.root, 'trees'));
      await world.due();
      await world.publisher('http://127.0.0.1:9').drain();
      expect(await world.job()).toMatchObject({ state: 'publishing', defect: 'address_unreachable', attempts: 2 });
      expect(await world.announced()).toEqual({});
      await world.due();
      await world.publisher().drain();
      await expectLiveOnce();
      expect(await world.alarms()).toEqual([]);
    });

    it('does not go live when its round had ended, nor while nobody released it', async () => {
      const sealed = await world.seal();
      await world.hear('approval.granted', sealed.released);
      await world.publisher().drain();
      await expectNothingPublic();
      await world.hear('approval.ended', { ...sealed.round, kind: 'recalled' });
      expect(await world.job()).toMatchObject({ state: 'dropped' });
      await world.hear('approval.released', sealed.released);
      await world.publisher().drain();
      expect(await world.job()).toMatchObject({ state: 'held', defect: 'released_after_end' });
      await expectNothingPublic();
    });
  });

  describe('a bundle that does not prove itself is held with an alarm, and nothing is public:', () => {
    const stranger = signerFromPem(generateKeyPem());
    it.each<[string, string, Changes]>([
      ['sealed by another key', 'seal_signature', { signers: { approval: stranger } }],
      ['the review leg signed by another key', 'dossier_signature', { signers: { review: stranger } }],
      ['one person twice', 'person_twice', { plan: (plan) => plan.map((seat) => ({ ...seat, actor: id(11) })) }],
      ['a stage left out', 'need_not_met', { plan: (plan) => plan.filter(({ stage }) => stage !== 'principal') }],
      ['the password never entered', 'caller_stale', { caller: (caller) => ({ ...caller, stepUpAt: null }) }],
      [
        'a contributor among the signers',
        'contributor_signed',
        {
          plan: (plan) => plan.map((seat, index) => (index === 0 ? { ...seat, actor: id(4) } : seat)),
        },
      ],
    ])('%s', async (_, code, changes) => {
      const sealed = await world.seal(changes);
      await world.release(sealed);
      await world.publisher().drain();
      expect(await world.job()).toMatchObject({ state: 'held', defect: code });
      expect(await world.alarms()).toEqual(['publication_held']);
      expect(await world.announced()).toEqual({ 'publication.held': 1 });
      await expectNothingPublic();
      await world.hear('approval.released', sealed.released);
      await world.publisher().drain();
      expect(await world.job()).toMatchObject({ state: 'held' });
      expect(await world.announced()).toEqual({ 'publication.held': 2 });
    });

    it('no bundle at all, or the report’s own bytes in its place', async () => {
      const sealed = await world.seal();
      await world.hear('approval.released', { ...sealed.released, bundle: 'f'.repeat(64) });
      await world.publisher().drain();
      expect(await world.job()).toMatchObject({ state: 'held', defect: 'bundle_missing' });
      await expectNothingPublic();
    });

    it('a good bundle of another round', async () => {
      const sealed = await world.seal();
      await world.hear('approval.released', { ...sealed.released, case: id(77) });
      await world.publisher().drain();
      expect(await world.job()).toMatchObject({ state: 'held', defect: 'round_mismatch' });
      await expectNothingPublic();
    });

    it('a report of another organ than the seal says', async () => {
      const other = Buffer.from(await sampleEdition())
        .toString()
        .replace('"code":"xiangyang"', '"code":"chaoyang"');
      const sealed = await world.seal({ content: new TextEncoder().encode(other) });
      await world.release(sealed);
      await world.publisher().drain();
      expect(await world.job()).toMatchObject({ state: 'held', defect: 'edition_mismatch' });
      await expectNothingPublic();
    });
  });

  it('the table itself holds an edition to one publication, whatever a publisher believes', async () => {
    await world.release(await world.seal());
    await world.publisher().drain();
    await expectLiveOnce();
    const another = `INSERT INTO publication_job
      SELECT (jsonb_populate_record(job, jsonb_build_object('case_id', $1::text, 'round', 2))).* FROM publication_job job`;
    await expect(rows(world.db, another, [id(77)])).rejects.toThrow('publication_job_published_once');
  });

  it('a round contradicted while a publisher is at work is given up, and what it pointed at is taken back', async () => {
    const sealed = await world.seal();
    await world.release(sealed);
    await mkdir(world.folder.root, { recursive: true });
    await world.publisher('http://127.0.0.1:9').drain();
    expect(await rows(world.db, 'SELECT 1 FROM live_pointer')).toHaveLength(1);
    await world.hear('approval.released', { ...sealed.released, bundle: 'f'.repeat(64) });
    expect(await world.job()).toMatchObject({ state: 'held', defect: 'bundle_contradicted' });
    expect(await rows(world.db, 'SELECT 1 FROM live_pointer')).toEqual([]);
    await world.due();
    await world.publisher().drain();
    expect(await world.announced()).toEqual({ 'publication.held': 1 });
  });

  describe('a page that reads back otherwise', () => {
    it.each<[string, (page: string) => string, string]>([
      ['one figure', (page) => page.replace('>19<', '>91<'), 'public_bytes_differ'],
      ['one space', (page) => `${page} `, 'public_bytes_differ'],
    ])('%s: is taken down and held', async (_, change, code) => {
      const liar = fastify();
      liar.get('/*', async (request, reply) => {
        const answer = await world.get(request.url);
        const bytes = Buffer.from(await answer.arrayBuffer());
        const altered = request.url === PATH ? change(bytes.toString()) : bytes;
        return reply
          .status(answer.status)
          .type(answer.headers.get('content-type') ?? '')
          .send(altered);
      });
      const origin = await liar.listen({ host: '127.0.0.1', port: 0 });
      await world.release(await world.seal());
      await world.publisher(origin).drain();
      await liar.close();
      expect(await world.job()).toMatchObject({ state: 'held', defect: code });
      await expectNothingPublic();
    });
  });

  describe('who may see how publication stands', () => {
    it('holders of an office of the report’s route; for others it does not exist', async () => {
      const sealed = await world.seal();
      await world.release(sealed);
      await world.publisher().drain();
      const view = (person: string): Promise<unknown> =>
        viewPublication(world.db, {
          document: DOCUMENT,
          person,
          site: world.origin,
          opened: { channels: [], contact: null },
        });
      expect(await view(id(99))).toMatchObject({ refused: 'not_found' });
      expect(await view(id(15))).toMatchObject({
        live: { edition: 1, path: PATH, url: `${world.origin}${PATH}` },
        editions: [
          {
            edition: 1,
            state: 'live',
            content: nodeCrypto.sha256(sealed.content),
            releasedAt: expect.any(String),
            effectAt: expect.any(String),
          },
        ],
      });
    });
  });

  it('has the tables its entities say', async () => {
    const { upQueries } = await world.db.driver.createSchemaBuilder().log();
    const own = upQueries.filter(({ query }) => /publication_job|live_pointer/.test(query));
    expect(own.map(({ query }) => query)).toEqual([]);
  });
});
