import { randomUUID } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { z } from 'zod';
import type { PublicationDetail } from '#contracts/http/publication.api';
import { isRefusal } from '#domain/decision';
import { nodeCrypto } from '#evidence/node-crypto';
import { rows } from '#persistence/sql';
import { runInTransaction } from '#persistence/transaction';
import { DERIVED_NAMES } from '#report-files/writers/derived-names';
import { findSteps } from '../../apps/publication/src/persistence/publication-step.repository.js';
import { leaseDueJob } from '../../apps/publication/src/persistence/publication-job.repository.js';
import { DerivedFiles } from '../../apps/publication/src/publish/derived-files.js';
import { Publisher } from '../../apps/publication/src/publish/publisher.js';
import { SiteFolder } from '../../apps/publication/src/site/site-folder.js';
import { viewPublication } from '../../apps/publication/src/use-cases/view-publication.use-case.js';
import { Log } from '#service-runtime/log';
import { id } from '../support/bundle-builder.js';
import { letHappen } from '../support/editions.js';
import { DOCUMENT, PATH, PublicationWorld, type Sealed } from '../support/publication-world.js';

/** Signs for the organ. */
const SIGNER = id(15);

let world: PublicationWorld;
beforeAll(async () => {
  world = await PublicationWorld.open();
}, 60_000);
afterEach(async () => {
  world.derived = new DerivedFiles(world.writer, nodeCrypto);
  await world.clear();
});
afterAll(() => world?.close());

type Edition = z.infer<typeof PublicationDetail>['editions'][number];
type Attempt = Edition['trail'][number];

async function viewAll(): Promise<readonly Edition[]> {
  const opened = { channels: [], contact: null };
  const found = await viewPublication(world.db, { document: DOCUMENT, person: SIGNER, site: world.origin, opened });
  if (isRefusal(found)) throw new Error(found.refused);
  return found.editions;
}
const newest = async (): Promise<Edition> => (await viewAll())[0]!;
const names = ({ steps }: Attempt): string[] => steps.map(({ step }) => step);
const figures = ({ steps }: Attempt, name: string): Attempt['steps'][number]['figures'] | undefined =>
  steps.find(({ step }) => step === name)?.figures;

/** Publishes over an address that answers every page as this says, null being 503. */
async function publishOver(answer: (text: string) => string | null): Promise<void> {
  const passOn = async (path: string, response: ServerResponse): Promise<void> => {
    const own = await fetch(`${world.origin}${path}`);
    const body = path.endsWith('/') ? answer(await own.text()) : Buffer.from(await own.arrayBuffer());
    response.writeHead(body === null ? 503 : own.status).end(body ?? '');
  };
  const server = createServer((request, response) => void passOn(request.url ?? '/', response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await world.publisher(`http://127.0.0.1:${(server.address() as AddressInfo).port}`).drain();
  server.close().closeAllConnections();
}

/** A disk on which no tree can be written. */
class FullDisk extends SiteFolder {
  override writeTree(): Promise<void> {
    return Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }));
  }
}

describe('the steps of a publication', () => {
  it('are told in order, with how long each took and what it found', async () => {
    const sealed = await world.seal();
    // One process: what the publisher has made, the site need not make again.
    await world.reopenSite(world.derived);
    await world.derived.of(nodeCrypto.sha256(sealed.content), sealed.content);
    await world.release(sealed);
    await world.publisher().drain();

    const { trail, nextAt, cause, releasedAt, effectAt } = await newest();
    expect([trail.length, nextAt, cause]).toEqual([1, null, null]);
    const [attempt] = trail;
    expect(attempt).toMatchObject({ attempt: 1, state: 'done' });
    expect(names(attempt!)).toEqual(['proof', 'page', 'files', 'address', 'read-back', 'receipt']);
    const counted = sealed.bundle.review.decisions.length + sealed.bundle.approval.decisions.length;
    expect(figures(attempt!, 'proof')).toMatchObject({ signatures: counted });
    const page = await (await world.get(PATH)).arrayBuffer();
    expect(figures(attempt!, 'page')).toEqual({ sizeBytes: page.byteLength });
    const files = figures(attempt!, 'files');
    expect(files?.follow).toEqual([]);
    expect(files?.files?.map(({ name }) => name)).toEqual(
      ['evidence.json', 'index.html', 'report.json', ...DERIVED_NAMES].toSorted(),
    );
    expect(files?.files?.find(({ name }) => name === 'report.json')?.sizeBytes).toBe(sealed.content.byteLength);
    expect(figures(attempt!, 'address')).toEqual({ path: PATH, links: 2 });
    const text = Buffer.from(page).toString();
    expect(figures(attempt!, 'read-back')).toEqual({
      url: `${world.origin}${PATH}`,
      read: files?.files?.length,
      unread: 0,
      texts: text.match(/data-text=/g)?.length,
      cells: text.match(/data-cell=/g)?.length,
      tags: { found: 14, of: 14, missing: [] },
    });
    const job = await world.job();
    expect(figures(attempt!, 'receipt')).toEqual({ receipt: job?.['receipt'] });

    const times = attempt!.steps.map(({ startedAt, tookMs }) => [Date.parse(startedAt), tookMs] as const);
    times.forEach(([startedAt, tookMs], index) => {
      expect(tookMs).toBeGreaterThan(0);
      const before = times[index - 1];
      // Instants are told in whole milliseconds.
      if (before !== undefined) expect(startedAt).toBeGreaterThanOrEqual(Math.floor(before[0] + before[1] - 1));
    });
    expect(Date.parse(attempt!.startedAt)).toBeGreaterThanOrEqual(Date.parse(releasedAt!));
    expect(times.at(-1)![0]).toBeLessThanOrEqual(Date.parse(effectAt!) + 1);
  });

  it('of files that were not made in time say that they follow, and then that they did', async () => {
    await letHappen(world, 'publish', 1);
    const [attempt] = (await newest()).trail;
    expect(figures(attempt!, 'files')?.follow).toEqual([...DERIVED_NAMES]);
    expect(names(attempt!).at(-1)).toBe('files-added');
    expect(figures(attempt!, 'files-added')).toMatchObject({ follow: [] });
    expect(figures(attempt!, 'files-added')?.files).toHaveLength(DERIVED_NAMES.length);
  });

  it('that failed stay with their cause, and the attempt after them stands beside them', async () => {
    await world.release(await world.seal());
    const ports = { ...world.ports(), folder: new FullDisk(world.folder.root) };
    await new Publisher(ports, new Log('publication', 'error')).drain();
    const waiting = await newest();
    expect(waiting).toMatchObject({ state: 'publishing', cause: { code: 'enospc', zh: '公开网站的磁盘已满' } });
    expect(waiting.nextAt).not.toBeNull();
    expect(waiting.trail).toMatchObject([{ attempt: 1, state: 'failed' }]);
    expect(waiting.trail[0]!.steps.map(({ step, cause }) => [step, cause?.code ?? null])).toEqual([
      ['proof', null],
      ['page', null],
      ['files', 'enospc'],
    ]);

    await world.due();
    await publishOver(() => null);
    const away = await newest();
    expect(away.trail.map(({ state }) => state)).toEqual(['failed', 'failed']);
    const last = away.trail[1]!.steps.at(-1)!;
    expect(last).toMatchObject({ step: 'read-back', cause: { code: 'address_unreachable' } });
    expect(last.cause!.zh).toContain('答复状态 503');
    expect(away.cause).toEqual(last.cause);

    await world.due();
    await world.publisher().drain();
    const live = await newest();
    expect(live).toMatchObject({ state: 'live', cause: null, nextAt: null });
    expect(live.trail.map(({ state }) => state)).toEqual(['failed', 'failed', 'done']);
    expect(live.trail.slice(0, 2)).toEqual(away.trail);
  });

  it('that read another page than was signed say that the address gives other bytes, and the round is held', async () => {
    await world.release(await world.seal());
    await publishOver((text) => text.replace('公开', '公 开'));
    const held = await newest();
    expect(held).toMatchObject({ state: 'held', nextAt: null, cause: { code: 'public_bytes_differ' } });
    expect(held.trail).toMatchObject([{ state: 'failed' }]);
    expect(held.trail[0]!.steps.at(-1)).toMatchObject({ step: 'read-back', cause: { code: 'public_bytes_differ' } });
    expect(held.cause!.zh).toContain('index.html');
  });

  it('of an attempt that was killed are those it told of; it runs while its lease does and was broken off then', async () => {
    await world.release(await world.seal());
    await runInTransaction(world.db, (tx) => leaseDueJob(tx, randomUUID(), 30));
    expect((await newest()).trail).toMatchObject([{ attempt: 1, state: 'running', steps: [] }]);
    await rows(world.db, `UPDATE publication_job SET lease_until = clock_timestamp()`);
    const broken = await newest();
    expect(broken.trail).toMatchObject([{ attempt: 1, state: 'broken', steps: [] }]);
    expect(broken.nextAt).not.toBeNull();
    await world.publisher().drain();
    expect((await newest()).trail.map(({ state }) => state)).toEqual(['broken', 'done']);
  });

  it('of a correction, a withdrawal and a ratification are told as well', async () => {
    const stepsOf = async (of: Sealed): Promise<(readonly [string, unknown])[]> =>
      (await findSteps(world.db, DOCUMENT, 5))
        .filter((row) => row.case === of.round['case'])
        .map((row) => [row.step, row.figures] as const);
    await letHappen(world, 'emergency', 1);
    const ratified = await stepsOf(await letHappen(world, 'ratify', 1));
    expect(ratified.map(([step]) => step)).toEqual(['begun', 'proof', 'address', 'page', 'read-back', 'receipt']);
    expect(new Map(ratified).get('address')).toEqual({ path: PATH, links: 0 });

    const corrected = await stepsOf(await letHappen(world, 'correct', 2));
    expect(corrected.map(([step]) => step)).toEqual([
      'begun',
      'proof',
      'page',
      'files',
      'address',
      'read-back',
      'labels',
      'receipt',
      'files-added',
    ]);
    expect(new Map(corrected).get('labels')).toEqual({ editions: [1] });

    const withdrawn = await stepsOf(await letHappen(world, 'withdraw', 2));
    expect(withdrawn.map(([step]) => step)).toEqual([
      'begun',
      'proof',
      'page',
      'files',
      'address',
      'read-back',
      'receipt',
    ]);
    expect(new Map(withdrawn).get('read-back')).toEqual({ url: `${world.origin}${PATH}`, gone: 3 });
    expect(new Map(withdrawn).get('files')).toMatchObject({ follow: [] });

    const late = await stepsOf(await letHappen(world, 'withdraw', 1));
    expect(new Map(late).get('address')).toEqual({ path: PATH, by: 2 });
    expect(late.at(-1)?.[0]).toBe('receipt');
  });

  it('are changed and removed by nobody, not even by the owner of the table', async () => {
    await letHappen(world, 'publish', 1);
    for (const statement of [
      `UPDATE publication_step SET ended_at = started_at`,
      `DELETE FROM publication_step`,
      `TRUNCATE publication_step`,
    ])
      await expect(rows(world.db, statement)).rejects.toThrow('publication_step is append-only');
  });
});
