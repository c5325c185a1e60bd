import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { nodeCrypto } from '#evidence/node-crypto';
import { parseTrust, type Trust } from '#evidence/trust';
import { type BundleSummary, verifyBundle } from '#evidence/verify-bundle';
import { legPath, liveFiles, type People, signInAll } from '../support/chain.js';
import { eventually } from '../support/client.js';
import { Release, RELEASES } from '../support/release.js';
import { startSystem, type System } from '../support/system.js';
import { lineOf, personOf, signToTheEnd, submitAnew } from '../support/upgraded.js';

jest.setTimeout(120_000);

/** Cases somebody has still to sign, with the signatures that counted when the release was stopped. */
const UNDER_WAY: Readonly<Record<string, number>> = {
  submitted: 0,
  'half-reviewed': 1,
  'half-approved': 3,
  'second-round': 1,
  'taken-back': 0,
  'sent-back': 0,
  'sent-back-late': 3,
  cleared: 2,
};
const WITH_THE_DRAFTER = ['started', 'draft', 'returned', 'returned-late', 'withdrawn', 'recalled'];
/** Approved, and due or released when the release was stopped: nobody has to do anything. */
const BY_ITSELF = ['due', 'postponed', 'released'];
const LIVE = ['live', 'second-round-live', 'sent-back-live'];

describe.each(RELEASES)('an installation of the release %s goes on as this version', (name) => {
  const release = new Release(name);
  const { organs } = release.contents;
  const known = (of: readonly string[]): string[] => of.filter((organ) => organs.includes(organ));
  let system: System;
  let people: People;
  let trust: Trust;

  /** The organ's publication once it is public, proved from outside. */
  const published = async (organ: string): Promise<BundleSummary> => {
    const { evidence, report } = await liveFiles(system.siteUrl, organ);
    const verdict = verifyBundle(evidence, trust, nodeCrypto);
    if (!verdict.ok) throw new Error(`${organ}: ${JSON.stringify(verdict.defect)}`);
    expect(nodeCrypto.sha256(report)).toBe(verdict.summary.content);
    return verdict.summary;
  };

  beforeAll(async () => {
    system = await startSystem({ backend: 'postgres', from: release });
    trust = parseTrust(JSON.parse(readFileSync(system.trustFile, 'utf8')));
    people = await signInAll(system.gatewayUrl, system.accounts);
  }, 120_000);
  afterAll(() => system?.stop(), 60_000);

  it('every report of the release is in one of the groups below', () => {
    const grouped = [...Object.keys(UNDER_WAY), ...WITH_THE_DRAFTER, ...BY_ITSELF, ...LIVE, 'approved'];
    expect(organs.filter((organ) => !grouped.includes(organ))).toEqual([]);
    expect(organs.length).toBeGreaterThanOrEqual(16);
  });

  it.each(['xiangyang', ...known(LIVE)])('what %s had made public is public, provably the same', async (organ) => {
    const { report } = await liveFiles(system.siteUrl, organ);
    expect(Buffer.from(report).equals(release.publicFile(organ, 'report.json'))).toBe(true);
    expect(await published(organ)).toMatchObject(release.contents.verdicts[organ]?.summary ?? {});
  });

  it.each(known(BY_ITSELF))('what was %s goes live by itself', async (organ) => {
    expect((await published(organ)).seats).toHaveLength(6);
  });

  it.each(known(Object.keys(UNDER_WAY)))('the case %s is signed to the end and goes live', async (organ) => {
    const counted = UNDER_WAY[organ] ?? 0;
    const { case: caseId } = await lineOf(people, organ);
    expect(await signToTheEnd(people, caseId ?? '')).toBe(6 - counted);
    expect(await published(organ)).toMatchObject({ case: caseId, organ });
  });

  it.each(known(WITH_THE_DRAFTER))('the report %s is written on, submitted, signed and goes live', async (organ) => {
    const before = await lineOf(people, organ);
    const caseId = await submitAnew(people, organ);
    if (before.case !== null) expect(caseId).toBe(before.case);
    expect(await signToTheEnd(people, caseId)).toBe(6);
    expect(await published(organ)).toMatchObject({ case: caseId, round: before.case === null ? 1 : 2 });
  });

  it('what is approved for a day far ahead stays approved, until its people recall it', async () => {
    const { case: caseId } = await lineOf(people, 'approved');
    const principal = personOf(people, 'zhou.jianguo');
    const path = legPath('approval', caseId ?? '');
    const leg = await principal.get(path);
    expect(leg.body).toMatchObject({ state: 'approved', releaseAt: '2099-01-31T01:00:00.000Z' });
    expect((await fetch(`${system.siteUrl}/xxgk/ndbg/approved/2020/`)).status).toBe(404);
    const recalled = await principal.command(`${path}/recall`, { content: leg.body.content, reason: '数据须再核对。' });
    expect(recalled).toMatchObject({ status: 200, body: { state: 'returned' } });
    await eventually('the report is its drafter’s again', async () =>
      (await lineOf(people, 'approved')).state === 'draft' ? true : undefined,
    );
  });

  it('each other report went live once, and nothing was held', async () => {
    const jobs = await system.sql(
      `select organ, count(*) filter (where state = 'live')::int as live, count(*) filter (where state = 'held')::int as held
       from publication.publication_job where organ is not null group by organ order by organ`,
    );
    const wanted = ['xiangyang', ...organs].toSorted();
    expect(jobs).toEqual(wanted.map((organ) => ({ organ, live: organ === 'approved' ? 0 : 1, held: 0 })));
  });

  it('no two signatures of a publication are one person’s', async () => {
    for (const organ of organs.filter((one) => one !== 'approved')) {
      const { seats, contributors } = await published(organ);
      const involved = [...seats.map(({ actor }) => actor), ...contributors];
      expect(new Set(involved).size).toBe(involved.length);
    }
  });
});
