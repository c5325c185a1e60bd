import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import sax from 'sax';
import { nodeCrypto } from '#evidence/node-crypto';
import type { AnnualReport } from '#report/model';
import { releaseYear, sealYear, type YearReport } from '../support/many-reports.js';
import { ORGAN, PublicationWorld } from '../support/publication-world.js';

const YEARS = [2018, 2019, 2020];
const PAGES = ['/xxgk/ndbg/', `/xxgk/ndbg/${ORGAN}/`, '/corrections/', '/data/', '/check/', '/accessibility/'];
const FEED_LINK = /<link rel="alternate" type="(application\/(?:atom\+xml|feed\+json))" href="([^"]*)"/g;
const IDENTITY = { name: '向阳区人民政府网', idCode: '2308030001', contact: '向阳区政务公开办公室 0454-0000000' };
/** A title some spreadsheets would run, and markup that must stay text. */
const hostile = (report: AnnualReport): AnnualReport => ({ ...report, title: '=1+1<script>alert(1)</script>' });

let world: PublicationWorld;
const reports: YearReport[] = [];
beforeAll(async () => {
  world = await PublicationWorld.open();
  for (const year of YEARS) {
    const report = await sealYear(world, year, year === 2018 ? hostile : undefined);
    await releaseYear(world, report);
    reports.push(report);
  }
  await world.publisher().drain();
}, 60_000);
afterAll(() => world?.close());

const text = async (path: string): Promise<string> => (await world.get(path)).text();
const status = async (path: string): Promise<number> => (await world.get(path)).status;

/** Reads XML as strictly as a feed reader may; answers how often each element occurs. */
function elementsOf(xml: string): Record<string, number> {
  const found: Record<string, number> = {};
  const parser = sax.parser(true, { xmlns: true });
  parser.onopentag = ({ name }) => (found[name] = (found[name] ?? 0) + 1);
  // Without a handler of errors, closing throws the first one.
  parser.write(xml).close();
  return found;
}

describe('the front page', () => {
  it('lists what is public by year and by a part of the name, and says how many are due', async () => {
    const all = await text('/xxgk/ndbg/');
    for (const year of YEARS) expect(all).toContain(`href="/xxgk/ndbg/${ORGAN}/${year}/"`);
    expect(all).toContain('名录内机关 <strong>1</strong> 个，已公开 <strong>1</strong> 个');
    expect(all).toContain('第1版，2026-01-20');
    const one = await text('/xxgk/ndbg/?year=2019&organ=%E5%90%91%E9%98%B3');
    expect(one).toContain(`${ORGAN}/2019/`);
    expect(one).not.toContain(`${ORGAN}/2020/`);
    const short = await text(`/xxgk/ndbg/?organ=${encodeURIComponent('向区政府')}`);
    expect(short).toContain(`${ORGAN}/2020/`);
    const none = await text('/xxgk/ndbg/?organ=%E4%BD%8F%E5%BB%BA');
    expect(none).toContain('没有符合条件的报告');
    expect(none).toContain('href="/corrections/?organ=%E4%BD%8F%E5%BB%BA"');
  });

  it('offers the files to read of each report as soon as they are made', async () => {
    const path = `/xxgk/ndbg/${ORGAN}/2020/`;
    for (const name of ['report.pdf', 'report.docx', 'report.xlsx']) {
      expect(await text('/xxgk/ndbg/')).toContain(`href="${path}${name}"`);
      expect([name, await status(`${path}${name}`)]).toEqual([name, 200]);
    }
  });

  it('keeps markup of a title as text, and lets its form ask this site only', async () => {
    const answer = await world.get('/xxgk/ndbg/');
    const page = await answer.text();
    expect(page).toContain('=1+1&lt;script>alert(1)&lt;/script>');
    expect(page).not.toContain('<script');
    expect(answer.headers.get('content-security-policy')).toMatch(/form-action 'self'; frame-ancestors 'none'$/);
    expect(answer.headers.get('content-security-policy')).not.toContain('script-src');
  });

  it.each(['year=20200', 'year=abc', 'year=2019&year=2020', 'page=-1', 'page=1e9', `organ=${'x'.repeat(100)}`])(
    'takes %s for no question',
    async (query) => expect(await status(`/xxgk/ndbg/?${query}`)).toBe(200),
  );
});

describe('what search engines and readers are told on every page', () => {
  const tagsOf = (page: string): Record<string, string> =>
    Object.fromEntries(
      [...page.matchAll(/<meta name="([A-Za-z.]+)" content="([^"]*)"/g)].map(([, name = '', content = '']) => [
        name,
        content,
      ]),
    );

  it('which site it is, and in columns which column', async () => {
    await world.reopenSite(undefined, { identity: IDENTITY });
    for (const path of PAGES)
      expect([path, tagsOf(await text(path))]).toEqual([
        path,
        expect.objectContaining({ SiteName: IDENTITY.name, SiteDomain: 'localhost', SiteIDCode: IDENTITY.idCode }),
      ]);
    for (const path of PAGES.slice(0, 2))
      expect(tagsOf(await text(path))).toMatchObject({
        ColumnName: '政府信息公开年报',
        ColumnDescription: expect.stringContaining('年度报告'),
        ColumnKeywords: expect.stringContaining('政府信息公开'),
        ColumnType: '政府信息公开',
      });
    await world.reopenSite();
    expect(await text('/xxgk/ndbg/')).not.toContain('SiteName');
  });

  it('where it stands in either language, each page as its own', async () => {
    const report = `/xxgk/ndbg/${ORGAN}/2020/`;
    const origin = 'http://localhost:3080';
    for (const path of [...PAGES, report, '/xxgk/ndbg/?year=2019']) {
      const escaped = path.replaceAll('&', '&amp;');
      for (const frame of ['', '/en']) {
        const page = await text(`${frame}${path}`);
        expect([frame, page]).toEqual([
          frame,
          expect.stringContaining(`<link rel="canonical" href="${origin}${frame}${escaped}"/>`),
        ]);
        for (const [lang, at] of [
          ['zh-CN', ''],
          ['en', '/en'],
          ['x-default', ''],
        ])
          expect(page).toContain(`<link rel="alternate" hreflang="${lang}" href="${origin}${at}${escaped}"/>`);
      }
    }
    // An edition that is the present one is the report, wherever it was asked for.
    expect(await text(`${report}v1/`)).toContain(`<link rel="canonical" href="${origin}${report}"/>`);
  });

  it('how accessible it is, and whom to ask', async () => {
    for (const path of PAGES) expect(await text(path)).toContain('href="/accessibility/"');
    const page = await text('/accessibility/');
    for (const told of ['GB/T 37668', 'WCAG 2.2', '已知不足', '与发布报告的机关联系']) expect(page).toContain(told);
    const nothing = [`/xxgk/ndbg/?organ=${encodeURIComponent('火星')}`, '/accessibility/'];
    await world.reopenSite(undefined, { identity: IDENTITY });
    for (const path of nothing)
      expect([path, await text(path)]).toEqual([path, expect.stringContaining(IDENTITY.contact)]);
    for (const path of nothing)
      expect(await text(`/en${path}`)).toContain(`<span lang="zh-CN">${IDENTITY.contact}</span>`);
    await world.reopenSite();
  });
});

describe('the page of an organ', () => {
  const path = `/xxgk/ndbg/${ORGAN}/`;

  it('has its reports of all years, the latest first, in either frame', async () => {
    const page = await text(path);
    expect(page).toContain('<h1 lang="zh-CN">向阳区人民政府</h1>');
    const places = YEARS.toReversed().map((year) => page.indexOf(`href="${path}${year}/"`));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(page).toContain(`href="${path}2020/comparison.html"`);
    expect(await text(`/en${path}`)).toContain(`href="/en${path}2019/"`);
  });

  it('is where the path on the page of a report, and its entry in the list, lead', async () => {
    for (const from of [`${path}2020/`, `${path}2020/comparison.html`, '/xxgk/ndbg/'])
      expect([from, await text(from)]).toEqual([from, expect.stringContaining(`href="${path}"`)]);
    expect((await world.get(path.slice(0, -1))).headers.get('location')).toBe(path);
    expect((await world.get(`/en${path}`.slice(0, -1))).headers.get('location')).toBe(`/en${path}`);
  });

  it('is not there for a name nobody knows', async () => {
    for (const unknown of ['/xxgk/ndbg/nobody/', '/xxgk/ndbg/nobody', '/xxgk/ndbg/%3Cb%3E/', '/en/xxgk/ndbg/nobody/'])
      expect([unknown, await status(unknown)]).toEqual([unknown, 404]);
  });
});

describe('the open data', () => {
  it('has every figure of every report, and the digest of what was signed', async () => {
    const csv = await text('/data/reports.csv');
    const lines = csv
      .replace(/^\ufeff/, '')
      .trimEnd()
      .split('\r\n');
    expect(lines).toHaveLength(1 + YEARS.length);
    const head = (lines[0] ?? '').split(',');
    for (const { content, year } of reports) {
      const line = lines.find((one) => one.includes(`/${ORGAN}/${year}/`)) ?? '';
      expect(line).toContain(nodeCrypto.sha256(content));
      const report = (JSON.parse(new TextDecoder().decode(content)) as { report: AnnualReport }).report;
      const fields = line.split(',');
      for (const [id, cell] of Object.values(report.tables).flatMap((table) => Object.entries(table)))
        if (cell.state === 'value' && cell.unit === undefined)
          expect([id, fields[head.indexOf(id)]]).toEqual([id, cell.value]);
    }
  });

  it('runs nothing in a spreadsheet', async () => {
    expect(await text('/data/reports-2018.csv')).toContain(`,'=1+1<script>`);
  });

  it('is, as JSON Lines, the signed bytes themselves', async () => {
    const lines = (await text('/data/reports-2019.jsonl')).trimEnd().split('\n');
    expect(lines.map((line) => nodeCrypto.sha256(new TextEncoder().encode(line)))).toEqual([
      nodeCrypto.sha256(reports.find(({ year }) => year === 2019)!.content),
    ]);
    expect((await text('/data/reports.jsonl')).trimEnd().split('\n')).toHaveLength(YEARS.length);
  });

  it('explains every column', async () => {
    const dictionary = await text('/data/dictionary.csv');
    const [head = ''] = (await text('/data/reports.csv')).replace(/^\ufeff/, '').split('\r\n');
    for (const column of head.split(',')) expect(dictionary).toContain(`reports.csv,${column},`);
    for (const file of ['corrections', 'changes'])
      for (const column of (await text(`/data/${file}.csv`))
        .replace(/^\ufeff/, '')
        .trimEnd()
        .split(','))
        expect(dictionary).toContain(`${file}.csv,${column},`);
  });

  it('is described by a catalogue in which every address answers', async () => {
    const answer = await world.get('/data/catalog.jsonld');
    expect(answer.headers.get('content-type')).toContain('application/ld+json');
    const catalogue = (await answer.json()) as {
      'dcat:dataset': { 'dcat:distribution': { 'dcat:downloadURL': { '@id': string } }[] }[];
    };
    const urls = catalogue['dcat:dataset'].flatMap((one) =>
      one['dcat:distribution'].map((of) => new URL(of['dcat:downloadURL']['@id']).pathname),
    );
    expect(urls).toHaveLength(2 * (1 + YEARS.length + 1));
    for (const path of urls) expect([path, await status(path)]).toEqual([path, 200]);
  });

  it('says who publishes what, in which language and where it is described', async () => {
    const catalogue = (await (await world.get('/data/catalog.jsonld')).json()) as Record<string, unknown>;
    const datasets = catalogue['dcat:dataset'] as Record<string, unknown>[];
    const language = { '@id': expect.stringMatching(/^http.*\/zh$/) };
    expect(catalogue).toMatchObject({
      'dcterms:publisher': { 'foaf:name': 'localhost' },
      'dcterms:language': language,
    });
    const { '@id': publisher } = catalogue['dcterms:publisher'] as { '@id': string };
    for (const dataset of datasets)
      expect(dataset).toMatchObject({
        'dcterms:title': expect.any(Array),
        'dcterms:description': expect.any(Array),
        'dcterms:publisher': { '@id': publisher },
        'dcterms:language': language,
        'dcat:distribution': [
          { 'dcat:accessURL': { '@id': expect.any(String) } },
          { 'dcterms:title': expect.any(String) },
        ],
      });
    expect(datasets.map((one) => one['dcterms:identifier'])).toContain('corrections');
  });

  it('has a schema every report.json fits, and that tells others from them', async () => {
    const validate = new Ajv2020({ strict: false }).compile(JSON.parse(await text('/data/report.schema.json')));
    for (const { content } of reports) {
      const signed = JSON.parse(new TextDecoder().decode(content)) as Record<string, unknown>;
      expect([validate(signed), validate.errors]).toEqual([true, null]);
      for (const other of [{ edition: 0 }, { report: {} }, { organ: null }, { more: 1 }])
        expect([other, validate({ ...signed, ...other })]).toEqual([other, false]);
    }
  });

  it('may be read by pages of any origin, and a HEAD makes up no length', async () => {
    const path = `/xxgk/ndbg/${ORGAN}/2020/`;
    const open = ['reports.csv', 'reports.jsonl', 'dictionary.csv', 'corrections.csv', 'changes.csv', 'catalog.jsonld'];
    for (const at of [
      ...open.map((name) => `/data/${name}`),
      '/feeds/reports.atom',
      '/feeds/reports.json',
      `${path}report.csv`,
      `${path}evidence.zip`,
    ])
      expect([at, (await world.get(at)).headers.get('access-control-allow-origin')]).toEqual([at, '*']);
    for (const at of ['/data/', '/xxgk/ndbg/', path])
      expect([at, (await world.get(at)).headers.get('access-control-allow-origin')]).toEqual([at, null]);
    for (const at of ['/data/reports.csv', '/data/reports-2019.jsonl']) {
      const { status: code, headers } = await fetch(`${world.origin}${at}`, { method: 'HEAD' });
      expect([at, code, headers.get('content-length')]).toEqual([at, 200, null]);
    }
  });

  it('offers nothing that is not there', async () => {
    for (const path of ['/data/reports-1999.csv', '/data/reports.xlsx', '/data/..%2fx', '/data/trees'])
      expect([path, await status(path)]).toEqual([path, 404]);
  });

  it('leaves out a report whose bytes were exchanged, and says so on the page', async () => {
    const tree = world.folder.linkOf({ organ: ORGAN, year: 2019, edition: null }) ?? '';
    const place = join(world.folder.root, 'trees', tree, 'report.json');
    const { content } = reports.find(({ year }) => year === 2019)!;
    await writeFile(place, new TextDecoder().decode(content).replace('"2019"', '"2018"').replace(':2019', ':2017'));
    expect((await text('/data/reports.jsonl')).trimEnd().split('\n')).toHaveLength(YEARS.length - 1);
    expect(await status(`/xxgk/ndbg/${ORGAN}/2020/`)).toBe(200);
    await world.reopenSite();
    expect(await text('/data/')).toContain('未通过：2');
    expect(await text('/xxgk/ndbg/')).toContain('另有 2 个地址的内容未通过核对');
    await writeFile(place, content);
    await world.reopenSite();
    expect(await text('/data/')).not.toContain('未通过');
  });
});

describe('what programs ask for', () => {
  it('a feed in Atom and the same as JSON Feed', async () => {
    const atom = await text('/feeds/reports.atom');
    expect(elementsOf(atom)).toMatchObject({ feed: 1, entry: YEARS.length });
    expect(atom).toContain(`tag:localhost,2020:${ORGAN}/2020/v1/publish`);
    const feed = JSON.parse(await text('/feeds/reports.json')) as { version: string; items: { url: string }[] };
    expect(feed.version).toBe('https://jsonfeed.org/version/1.1');
    expect(feed.items.map(({ url }) => new URL(url).pathname).toSorted()).toEqual(
      YEARS.map((year) => `/xxgk/ndbg/${ORGAN}/${year}/v1/`),
    );
  });

  it('a feed of one organ alone, led to from its page', async () => {
    const [own] = /\/feeds\/reports\.atom\?organ=[^"]*/.exec(await text(`/xxgk/ndbg/${ORGAN}/`)) ?? [''];
    const atom = await text(own);
    expect(elementsOf(atom)).toMatchObject({ feed: 1, entry: YEARS.length });
    expect(atom).toContain(`<link rel="self" type="application/atom+xml" href="http://localhost:3080${own}"/>`);
    expect(atom).toContain('<title>向阳区人民政府：');
    expect(JSON.parse(await text(`/feeds/reports.json?organ=${ORGAN}`))).toMatchObject({
      feed_url: `http://localhost:3080/feeds/reports.json?organ=${ORGAN}`,
      home_page_url: `http://localhost:3080/xxgk/ndbg/${ORGAN}/`,
    });
    for (const form of ['atom', 'json'])
      expect([form, await status(`/feeds/reports.${form}?organ=nobody`)]).toEqual([form, 404]);
  });

  it('the feeds by the page they are looking at: those of its organ first, where it is about one', async () => {
    const report = `/xxgk/ndbg/${ORGAN}/2020/`;
    const all = ['/feeds/reports.atom', '/feeds/reports.json'];
    const own = all.map((feed) => `${feed}?organ=${ORGAN}`);
    const expected: readonly (readonly [string, readonly string[]])[] = [
      ...PAGES.map((path) => [path, path === `/xxgk/ndbg/${ORGAN}/` ? [...own, ...all] : all] as const),
      ...[report, `${report}v1/`, `${report}comparison.html`].map((path) => [path, own] as const),
    ];
    const found = new Set<string>();
    for (const [path, feeds] of expected)
      for (const frame of ['', '/en']) {
        const links = [...(await text(`${frame}${path}`)).matchAll(FEED_LINK)].map(([, type = '', href = '']) => ({
          type,
          at: href.replace('http://localhost:3080', ''),
        }));
        expect([frame, path, links.map(({ at }) => at)]).toEqual([frame, path, feeds]);
        for (const { type, at } of links) found.add(`${type} ${at}`);
      }
    for (const [type = '', at = ''] of [...found].map((one) => one.split(' ')))
      expect([at, (await world.get(at)).headers.get('content-type')]).toEqual([at, `${type}; charset=utf-8`]);
    expect(found.size).toBe(4);
  });

  it('a sitemap of every report, and where it is', async () => {
    const sitemap = await text('/sitemap.xml');
    expect(elementsOf(sitemap)).toMatchObject({ urlset: 1, url: 7 + YEARS.length });
    expect(await text('/robots.txt')).toContain('Sitemap: http://localhost:3080/sitemap.xml');
    expect(await status('/sitemap-1.xml')).toBe(200);
    expect(await status('/sitemap-2.xml')).toBe(404);
  });
});

describe('the lists', () => {
  it('name a report the moment it is linked, and no longer once it is taken down', async () => {
    const path = `${ORGAN}/2016/`;
    expect(await text('/xxgk/ndbg/')).not.toContain(path);
    await releaseYear(world, await sealYear(world, 2016));
    await world.publisher().drain();
    expect(await text('/xxgk/ndbg/')).toContain(path);
    await world.folder.unlink({ organ: ORGAN, year: 2016, edition: null });
    expect(await text('/xxgk/ndbg/')).not.toContain(path);
  });
});
