import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { countSearch, rebuildSearch } from '../../apps/cli/src/search-rows.js';
import { migrations, tables } from '../../apps/publication/src/data-source.js';
import { sweepSearch } from '../../apps/publication/src/publish/search-sweep.js';
import { ReportSearch } from '../../apps/publication/src/search/report-search.js';
import { readQuestion, type SearchQuestion } from '../../apps/publication/src/search/search-question.js';
import { pairsOf } from '../../apps/publication/src/search/word-pairs.js';
import { ProvenPages } from '../../apps/publication/src/site/proven-pages.js';
import { buildSiteServer } from '../../apps/publication/src/site/site-server.js';
import { isRefusal } from '#domain/decision';
import { dataSourceFor } from '#persistence/data-source';
import { rows } from '#persistence/sql';
import type { AnnualReport } from '#report/model';
import { FORMULAS, MARKUP } from '../support/hostile-texts.js';
import { releaseYear, sealYear, type YearReport } from '../support/many-reports.js';
import { operated } from '../support/operated.js';
import { ORGAN, PublicationWorld } from '../support/publication-world.js';

const YEARS = [2018, 2019, 2020];
const OWN: Readonly<Record<number, string>> = {
  2018: '青云镇老旧小区改造，办理结转申请７７件。',
  2019: '养老服务信息全部公布，结转申请无。',
  2020: "<b>景区管理</b>信息公布100%，O'Neill_档案%另存。",
};
const says =
  (text: string) =>
  (report: AnnualReport): AnnualReport => ({
    ...report,
    chapters: report.chapters.map((one, index) =>
      index === 0 ? { ...one, paragraphs: [...one.paragraphs, text] } : one,
    ),
  });

let world: PublicationWorld;
const reports: YearReport[] = [];
beforeAll(async () => {
  world = await PublicationWorld.open();
  for (const year of YEARS) {
    const report = await sealYear(world, year, says(OWN[year] ?? ''));
    await releaseYear(world, report);
    reports.push(report);
  }
  await world.publisher().drain();
}, 60_000);
afterAll(() => world?.close());

interface Results {
  readonly found: number;
  readonly isMore: boolean;
  readonly unproved: number;
  readonly refused?: string;
  readonly zh?: string;
  readonly en?: string;
  readonly reports: {
    year: number;
    url: string;
    hits: { kind: string; url: string; pieces: { text: string; hit: boolean }[] }[];
  }[];
}
const address = (q: string, more = ''): string => `/xxgk/ndbg/search/results.json?q=${encodeURIComponent(q)}${more}`;
const ask = async (q: string, more = ''): Promise<Results> =>
  (await (await world.get(address(q, more))).json()) as Results;
const yearsOf = ({ reports: all }: Results): number[] => all.map(({ year }) => year);
const question = (typed: string): SearchQuestion => {
  const read = readQuestion(typed, { organ: '', organs: [], year: null });
  if (read === null || isRefusal(read)) throw new Error(`no question: ${typed}`);
  return read;
};

describe('the search', () => {
  it('finds words of the text, the latest year first, and says where they stand', async () => {
    const answer = await ask('结转申请');
    expect(answer).toMatchObject({ found: 2, isMore: false, unproved: 0 });
    expect(yearsOf(answer)).toEqual([2019, 2018]);
    const [{ hits }] = answer.reports.slice(-1) as [Results['reports'][number]];
    expect(hits[0]?.url).toBe(`http://localhost:3080/xxgk/ndbg/${ORGAN}/2018/#chapter-1`);
    expect(hits[0]?.pieces).toContainEqual({ text: '结转申请', hit: true });
  });

  it('takes all of several words, whatever their width and blanks', async () => {
    expect(yearsOf(await ask('结转 77件'))).toEqual([2018]);
    expect(yearsOf(await ask('青云镇 老旧　小区'))).toEqual([2018]);
    expect(yearsOf(await ask('青云镇 养老服务'))).toEqual([]);
  });

  it('wants letters in a row, not the same pairs anywhere', async () => {
    expect(pairsOf('信息全部公').every((pair) => pairsOf('养老服务信息全部公布').includes(pair))).toBe(true);
    expect(yearsOf(await ask('信息全部公'))).toEqual([2019]);
    expect(yearsOf(await ask('公布信息全部'))).toEqual([]);
  });

  it('keeps to an organ, by code or a part of its name, and to a year', async () => {
    for (const organ of [ORGAN, '向阳', encodeURIComponent('向阳区人民')])
      expect(
        yearsOf(await ask('结转申请', `&organ=${organ === '向阳' ? encodeURIComponent(organ) : organ}`)),
      ).toHaveLength(2);
    expect(yearsOf(await ask('结转申请', `&organ=${encodeURIComponent('住建')}`))).toEqual([]);
    // As offices are called for short.
    expect(yearsOf(await ask('结转申请', `&organ=${encodeURIComponent('向区府')}`))).toEqual([2019, 2018]);
    expect(yearsOf(await ask('结转申请', '&year=2018'))).toEqual([2018]);
    expect(yearsOf(await ask('结转申请', '&year=2017'))).toEqual([]);
  });

  it('finds the labels of the tables in every report, with their figures', async () => {
    const answer = await ask('处理决定数量');
    expect(yearsOf(answer)).toEqual([2020, 2019, 2018]);
    const [hit] = answer.reports[0]?.hits ?? [];
    expect([hit?.kind, new URL(hit?.url ?? '').hash]).toEqual(['row', '#chapter-2']);
    expect(yearsOf(await ask('处理决定数量 养老服务'))).toEqual([2019]);
  });

  it('takes signs of patterns for what they are', async () => {
    expect(yearsOf(await ask('100%'))).toEqual([2020]);
    expect(yearsOf(await ask("O'Neill_档案%"))).toEqual([2020]);
    for (const q of ['结%申请', '结转_申请', '结转.*', '结转[申]请', '公开\\', "结转') or 1=1 --"])
      expect([q, (await ask(q)).found]).toEqual([q, 0]);
  });

  it.each([
    ['结', 'search_too_short'],
    ['%%', 'search_too_short'],
    ['结'.repeat(61), 'search_too_long'],
    ['甲乙 丙丁 戊己 庚辛 壬癸 子丑 寅卯 辰巳 午未', 'search_too_many_words'],
  ])('says in words why it does not look for %s', async (q, code) => {
    const answer = await world.get(address(q));
    expect(answer.status).toBe(400);
    const body = (await answer.json()) as Results;
    expect(body.refused).toBe(code);
    const page = await world.get(`/xxgk/ndbg/search/?q=${encodeURIComponent(q)}`);
    expect([page.status, await page.text()]).toEqual([400, expect.stringContaining(body.zh ?? '?')]);
    expect(await (await world.get(`/en/xxgk/ndbg/search/?q=${encodeURIComponent(q)}`)).text()).toContain(
      body.en ?? '?',
    );
  });

  it.each(['', 'q=', 'q=a&q=b', 'q=%00%00', 'q=%FF%FE', 'q=%ED%A0%80%ED%A0%80', 'q=%', 'year=x&page=-1&q=公开'])(
    'answers the odd question %j',
    async (query) => expect([200, 400]).toContain((await world.get(`/xxgk/ndbg/search/?${query}`)).status),
  );

  it('gives back whatever was typed as text only, under the policy of the other pages', async () => {
    for (const text of [...MARKUP, ...FORMULAS])
      for (const frame of ['', '/en']) {
        const q = encodeURIComponent(text.slice(0, 60));
        const answer = await world.get(`${frame}/xxgk/ndbg/search/?q=${q}&organ=${q}`);
        const page = await answer.text();
        expect([200, 400]).toContain(answer.status);
        expect(page).not.toMatch(
          /<(?:script|img|svg|math|iframe|object|embed|base|video|details|template|b|noscript)\b/,
        );
        expect(answer.headers.get('content-security-policy')).toMatch(
          /^default-src 'none'; style-src '[^;]*; base-uri 'none'; form-action 'self'; frame-ancestors 'none'$/,
        );
      }
    const page = await (await world.get(`/xxgk/ndbg/search/?q=${encodeURIComponent('景区管理')}`)).text();
    expect(page).toContain('&lt;b><mark>景区管理</mark>&lt;/b>');
  });

  it('is led to from the front page, the data page and the catalogue', async () => {
    expect(await (await world.get('/xxgk/ndbg/')).text()).toContain('href="/xxgk/ndbg/search/"');
    expect(await (await world.get('/data/')).text()).toContain('/xxgk/ndbg/search/results.json');
    expect(await (await world.get('/data/catalog.jsonld')).text()).toContain('"dcat:endpointURL"');
    expect((await world.get('/xxgk/ndbg/search')).headers.get('location')).toBe('/xxgk/ndbg/search/');
    expect(await (await world.get('/robots.txt')).text()).toContain('Disallow: /xxgk/ndbg/search/?');
  });
});

describe('what the search shows', () => {
  it('is quoted from signed bytes: an entry somebody forged finds nothing, and a changed file is not listed', async () => {
    await rows(
      world.db,
      `UPDATE search_entry SET text = text || '黄金海岸', pairs = pairs || $1::int[] WHERE year = 2018`,
      [pairsOf('黄金海岸')],
    );
    expect(await ask('黄金海岸')).toMatchObject({ found: 1, unproved: 1, reports: [] });
    const tree = world.folder.linkOf({ organ: ORGAN, year: 2019, edition: null }) ?? '';
    const place = join(world.folder.root, 'trees', tree, 'report.json');
    const { content } = reports.find(({ year }) => year === 2019)!;
    // Proved once, so that only the bytes on the disk now can tell.
    expect(yearsOf(await ask('养老服'))).toEqual([2019]);
    await writeFile(place, new TextDecoder().decode(content).replace('养老服务', '养老服物'));
    expect(await ask('养老服')).toMatchObject({ found: 1, unproved: 1, reports: [] });
    await writeFile(place, content);
    expect(yearsOf(await ask('养老服'))).toEqual([2019]);
  });

  it('is made anew by the sweep: what is missing, what another form entered, what is live no more', async () => {
    await rows(world.db, 'DELETE FROM search_entry WHERE year = 2018');
    await rows(world.db, `UPDATE search_entry SET form = 0, text = '', pairs = '{}' WHERE year = 2019`);
    await rows(
      world.db,
      `INSERT INTO search_entry SELECT gen_random_uuid(), organ, names, year, edition, case_id, round, form, text, pairs
       FROM search_entry WHERE year = 2020`,
    );
    expect(yearsOf(await ask('结转申请'))).toEqual([]);
    await sweepSearch(world.ports());
    expect(yearsOf(await ask('结转申请'))).toEqual([2019, 2018]);
    expect(await rows(world.db, 'SELECT year FROM search_entry ORDER BY year')).toEqual(
      YEARS.map((year) => ({ year })),
    );
  });
});

describe('an operator', () => {
  const url = (): string => (world.db.options as { url: string }).url;

  it('has every entry made anew from the signed bytes, and reports are found meanwhile', async () => {
    expect(await countSearch(url())).toEqual({ live: YEARS.length, entered: YEARS.length, behind: 0 });
    await rows(world.db, `UPDATE search_entry SET names = 'somebody altered this'`);
    expect(await rebuildSearch(url(), 'operator-one')).toMatchObject({ behind: YEARS.length });
    expect(yearsOf(await ask('结转申请'))).toEqual([2019, 2018]);
    await sweepSearch(world.ports());
    expect(await countSearch(url())).toMatchObject({ behind: 0 });
    expect(await operated(world)).toMatchObject([
      { action: 'publication.rebuild-search', operator: 'operator-one', about: { reports: YEARS.length } },
    ]);
    expect(await rows(world.db, `SELECT 1 FROM search_entry WHERE names LIKE 'somebody%'`)).toEqual([]);
  });
});

describe('when it cannot look', () => {
  it('tells the one question too many to come again', async () => {
    const search = new ReportSearch(world.db, (error) => expect(error).toBeUndefined());
    const first = Array.from({ length: 3 }, () => search.find(question('结转申请')));
    expect(await search.find(question('结转申请'))).toMatchObject({ refused: 'search_busy' });
    for (const one of await Promise.all(first)) expect(one).toMatchObject({ candidates: { length: 2 } });
    expect(await search.find(question('结转申请'))).toMatchObject({ candidates: { length: 2 } });
  });

  it('gives up in words when the database takes too long, and gives the turn back', async () => {
    const search = new ReportSearch(world.db, (error) => expect(error).toBeUndefined());
    const runner = world.db.createQueryRunner();
    await runner.startTransaction();
    await runner.query('LOCK TABLE search_entry IN ACCESS EXCLUSIVE MODE');
    expect(await search.find(question('结转申请'))).toMatchObject({ refused: 'search_too_much' });
    await runner.rollbackTransaction();
    await runner.release();
    expect(await search.find(question('结转申请'))).toMatchObject({ candidates: { length: 2 } });
  });

  it('says so without a database, and every other page goes on', async () => {
    const { db } = world.ports();
    const gone = dataSourceFor({
      service: 'publication',
      url: (db.options as { url: string }).url,
      tables,
      migrations,
    });
    await gone.initialize();
    await gone.destroy();
    const faults: unknown[] = [];
    const onFault = (error: unknown): unknown => faults.push(error);
    const ports = world.ports();
    const pages = new ProvenPages(world.folder, ports);
    const site = buildSiteServer({ ...ports, pages, search: new ReportSearch(gone, onFault), onFault });
    await site.listen({ host: '127.0.0.1', port: 0 });
    try {
      const origin = `http://127.0.0.1:${(site.server.address() as AddressInfo).port}`;
      for (const path of [`/xxgk/ndbg/search/?q=${encodeURIComponent('结转')}`, address('结转')]) {
        const answer = await fetch(`${origin}${path}`);
        expect(answer.status).toBe(503);
        expect(await answer.text()).toContain('已公开的报告不受影响');
      }
      expect(faults).toHaveLength(2);
      for (const path of [
        '/xxgk/ndbg/',
        '/xxgk/ndbg/search/',
        '/data/',
        `/xxgk/ndbg/${ORGAN}/2018/`,
        '/feeds/reports.atom',
      ])
        expect([path, (await fetch(`${origin}${path}`)).status]).toEqual([path, 200]);
    } finally {
      await site.close();
    }
  });
});
