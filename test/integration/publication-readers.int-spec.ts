import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readdir } from 'node:fs/promises';
import { findJob } from '../../apps/publication/src/persistence/publication-job.repository.js';
import { UNCHANGED } from '../../apps/publication/src/publish/page-tree.js';
import { updatePage } from '../../apps/publication/src/publish/standing-pages.js';
import { nodeCrypto } from '#evidence/node-crypto';
import { id } from '../support/bundle-builder.js';
import { releaseYear, sealYear, YEARS_PUBLISHED } from '../support/many-reports.js';
import { ORGAN, PublicationWorld } from '../support/publication-world.js';

/** A report year is 2000 to 2999, so there is room for a thousand. */
const FIRST_YEAR = 2000;
const READERS = 4;
const FILES = ['', 'report.json', 'evidence.json'];

interface Seen {
  readonly path: string;
  readonly status: number;
  readonly digest: string;
}

// The readers leave the publisher little of one processor: up to two seconds for each report on a quiet machine.
jest.setTimeout(60_000 + YEARS_PUBLISHED * 4_000);

let world: PublicationWorld;
beforeAll(async () => {
  world = await PublicationWorld.open();
}, 60_000);
afterAll(() => world?.close());

/** Has the first report's page say, or no longer say, that there is a newer edition: its address is pointed elsewhere each time. */
async function layOutAnew(isPassed: boolean): Promise<void> {
  const job = await findJob(world.db, id(6_000_000 + FIRST_YEAR), 1);
  const newer = isPassed ? { edition: 2, at: '2026-02-03T01:00:00.000Z' } : null;
  expect(await updatePage(world.ports(), job!, { ...UNCHANGED, newer })).toHaveProperty('tree');
}

describe(`readers who ask all the time while ${YEARS_PUBLISHED} reports go live`, () => {
  it('see nothing, and then the whole of what was signed, and never anything else', async () => {
    const years = Array.from({ length: YEARS_PUBLISHED }, (_, n) => FIRST_YEAR + n);
    const pathOf = (year: number): string => `/xxgk/ndbg/${ORGAN}/${year}/`;
    const seen = new Map<string, Seen>();
    const wrong: string[] = [];
    let asked = 0;
    let current = FIRST_YEAR;
    const over = new AbortController();
    const live = new Set<string>();

    const ask = async (path: string): Promise<void> => {
      const wasLive = live.has(path);
      const answer = await world.get(path);
      const digest = nodeCrypto.sha256(new Uint8Array(await answer.arrayBuffer()));
      asked += 1;
      if (answer.status === 200) live.add(path);
      else if (answer.status !== 404) wrong.push(`${path} answered ${answer.status}`);
      else if (wasLive) wrong.push(`${path} was there and is gone`);
      if (answer.status === 200) seen.set(`${path} ${digest}`, { path, status: answer.status, digest });
    };
    const reader = async (n: number): Promise<void> => {
      for (let turn = n; !over.signal.aborted; turn += 1)
        for (const year of [current, FIRST_YEAR]) await ask(`${pathOf(year)}${FILES[turn % FILES.length] ?? ''}`);
    };
    const readers = Array.from({ length: READERS }, (_, n) => reader(n));
    const started = performance.now();
    try {
      for (const year of years) {
        const report = await sealYear(world, year);
        current = year;
        await releaseYear(world, report);
        await world.publisher().drain();
        for (const file of FILES) await ask(`${pathOf(year)}${file}`);
        await layOutAnew(year % 2 === 1);
        await ask(pathOf(FIRST_YEAR));
      }
    } finally {
      over.abort();
      await Promise.all(readers);
    }
    const ms = Math.round(performance.now() - started);
    console.log(`${years.length} publications in ${ms} ms, read ${asked} times meanwhile by ${READERS} readers`);

    expect(wrong).toEqual([]);
    // Trees never change and are never removed: whatever anybody saw must be a file of one.
    const signed = new Set<string>();
    for (const name of await readdir(`${world.folder.root}/trees`))
      for (const { digest } of (await world.folder.readTree(name))?.files ?? []) signed.add(digest);
    expect([...seen.values()].filter(({ digest }) => !signed.has(digest))).toEqual([]);
    // One content at each address, from its first reader to its last. A page is laid out anew once its files are made, and where it was told to.
    const contentsAt = (path: string): number => [...seen.values()].filter((one) => one.path === path).length;
    for (const year of years) {
      expect(['report.json', 'evidence.json'].map((file) => contentsAt(pathOf(year) + file))).toEqual([1, 1]);
      expect(contentsAt(pathOf(year))).toBeLessThanOrEqual(year === FIRST_YEAR ? 3 : 2);
    }
    expect(contentsAt(pathOf(FIRST_YEAR))).toBeGreaterThan(1);
    expect(asked).toBeGreaterThan(years.length * FILES.length);
  });
});
