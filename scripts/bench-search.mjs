#!/usr/bin/env node
// npm run bench:search [-- --reports 100000 --rounds 30]: fills a database of its own with the texts of so many reports and prints, as JSON, the
// milliseconds of questions of several lengths and selectivities, of entering a report, and of quoting a page of results. A benchmark, not a test.
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { quantile } from './bench/measures.mjs';
import { benchReport } from './bench/search-texts.mjs';
import { build } from './build.mjs';
import { startPostgres } from './pg.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { values } = parseArgs({
  options: { reports: { type: 'string', default: '100000' }, rounds: { type: 'string', default: '30' } },
});
const [reports, rounds] = [Number(values.reports), Number(values.rounds)];
await build();

const { nodeCrypto } = await import('#evidence/node-crypto');
const { dataSourceFor, migrateSchema } = await import('#persistence/data-source');
const { runInTransaction } = await import('#persistence/transaction');
const { editionBytes, parseEdition } = await import('#report/edition');
const { readPlainText } = await import('#report/readers/plain-text');
const publication = (file) => import(path.join(root, 'dist/apps/publication/src', file));
const { migrations, tables } = await publication('data-source.js');
const { enterEdition, entryOf } = await publication('persistence/search-entry.repository.js');
const { ReportSearch } = await publication('search/report-search.js');
const { findInEdition } = await publication('search/report-hits.js');
const { readQuestion } = await publication('search/search-question.js');

const { report: sample } = readPlainText(fs.readFileSync(path.join(root, 'samples/xiangyang-2020.txt'), 'utf8'));
const say = (line) => console.error(`[bench:search] ${line}`);
const rounded = (value) => Math.round(value * 10) / 10;
const spread = (times) => ({ p50: rounded(quantile(times, 0.5)), p95: rounded(quantile(times, 0.95)) });

function editionOf(n) {
  const { organ, year, paragraphs } = benchReport(n);
  const title = `${organ.name}${year}年政府信息公开工作年度报告`;
  const chapters = sample.chapters.map((chapter, at) => ({ ...chapter, paragraphs: paragraphs[at] ?? [] }));
  const report = { ...sample, year, title, organName: organ.name, preface: paragraphs[0][0], chapters };
  return {
    schema: 'sunward.edition/1',
    document: randomUUID(),
    edition: 1,
    kind: 'annual-report',
    organ: { ...organ, level: 'county' },
    year,
    format: sample.format,
    report,
    attachments: [],
  };
}

const roundOf = ({ document }) => ({ document, case: randomUUID(), round: 1 });
const COLUMNS = 'document, organ, names, year, edition, case_id, round, form, text, pairs';
const TYPES =
  'document uuid, organ text, names text, year int, edition int, case_id uuid, round int, form int, text text, pairs text';

async function timed(work) {
  const began = performance.now();
  const answer = await work();
  return [performance.now() - began, answer];
}

/** The database with everything in it; the index is made at the end, as PostgreSQL advises for a first filling. */
async function fill(db) {
  await db.query('DROP INDEX publication.search_entry_pairs');
  for (let n = 0; n < reports; n += 200) {
    const editions = Array.from({ length: Math.min(200, reports - n) }, (_, k) => editionOf(n + k));
    await db.query(
      `INSERT INTO publication.search_entry (${COLUMNS}) SELECT ${COLUMNS.replace('pairs', 'pairs::int[]')} FROM jsonb_to_recordset($1) AS row(${TYPES})`,
      [JSON.stringify(editions.map((edition) => entryOf(roundOf(edition), edition)))],
    );
    if (n % 10_000 === 0) say(`${n} of ${reports} reports`);
  }
  await db.query(
    'SET statement_timeout = 0; CREATE INDEX search_entry_pairs ON publication.search_entry USING gin (pairs)',
  );
  await db.query('VACUUM ANALYZE publication.search_entry');
}

const pick = (list, round) => list[round % list.length];
const MATTERS = ['结转', '养老', '预算', '森林', '审计', '招商', '宗教', '价格', '户籍', '违建'];
const LONGER = [
  '老旧小区改造',
  '职业技能培训',
  '公共资源交易',
  '双随机',
  '耕地保护',
  '信访积案',
  '义务教育招生',
  '减税降费',
];
const OFFICES = ['住房和城乡建设', '教育', '水务', '审计', '民政', '司法', '体育', '统计'];
/** A stretch of the text of one report, found there and hardly anywhere else. */
const stretch = (round, length) => {
  const text = benchReport((round * 3571) % reports).paragraphs[2][1];
  return text.slice(40, 40 + length);
};
const KINDS = {
  'two characters, in every report': () => ['公开'],
  'two characters, in many': (round) => [pick(MATTERS, round)],
  'two characters, in none': (round) => [pick(['黄河', '飞机', '湖蓝', '龟兔'], round)],
  'four to six, in many': (round) => [pick(LONGER, round)],
  'a phrase in every report': () => ['政府信息公开工作情况'],
  'a whole sentence in every report': () => ['坚持以公开为常态、不公开为例外'],
  'twelve characters, in few': (round) => [stretch(round, 12)],
  'thirty characters, in one': (round) => [stretch(round, 30)],
  'office and matter': (round) => [`${pick(OFFICES, round)} ${pick(MATTERS, round + 3)}`],
  'three words': (round) => [`${pick(LONGER, round)} ${pick(LONGER, round + 1)} ${pick(MATTERS, round)}`],
  'a word and a number': (round) => [`${pick(LONGER, round)} ${(round * 37) % 900}条`],
  'a label of the tables': (round) => [pick(['处理决定数量', '行政复议', '结转下年度继续办理', '非正常申请'], round)],
  'within a year': (round) => [pick(LONGER, round), { year: 2015 + (round % 10) }],
  'within an office': (round) => [pick(LONGER, round), { organ: pick(OFFICES, round) }],
  'letters of every report in no order of any': () => ['情况公开工作信息政府'],
};

async function ask(search) {
  const questions = {};
  const all = [];
  for (const [kind, typed] of Object.entries(KINDS)) {
    const times = [];
    const found = [];
    for (let round = 0; round < rounds; round += 1) {
      const [text, within = {}] = typed(round);
      const [ms, answer] = await timed(() =>
        search.find(readQuestion(text, { organ: '', organs: [], year: null, ...within })),
      );
      times.push(ms);
      found.push(answer.refused ?? (answer.isMore ? '200+' : answer.candidates.length));
    }
    questions[kind] = { ...spread(times), found: [...new Set(found)].slice(0, 4) };
    all.push(...times);
  }
  return { questions, all: spread(all) };
}

/** A page of twenty results: each text is digested, read strictly and looked through, as the site does. */
async function quoting() {
  const pages = Array.from({ length: 10 }, (_, page) =>
    Array.from({ length: 20 }, (_one, n) => editionBytes(editionOf(page * 20 + n))),
  );
  const times = [];
  for (const page of pages) {
    const [ms] = await timed(() =>
      page.map(
        (bytes) =>
          nodeCrypto.sha256(bytes).length + (findInEdition(parseEdition(bytes), ['公开', '结转'])?.hits.length ?? 0),
      ),
    );
    times.push(ms);
  }
  return spread(times);
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sunward-bench-search-'));
const server = await startPostgres({ dir: path.join(folder, 'pg'), durable: false });
const db = dataSourceFor({ service: 'publication', url: server.url, tables, migrations });
try {
  await db.initialize();
  await migrateSchema(db, 'publication');
  const [fillMs] = await timed(() => fill(db));
  const [size] = await db.query(
    `SELECT pg_table_size('publication.search_entry') / 1048576 AS texts, pg_relation_size('publication.search_entry_pairs') / 1048576 AS pairs,
       (SELECT avg(length(text))::int FROM (SELECT text FROM publication.search_entry LIMIT 1000) AS sample) AS characters`,
  );
  const search = new ReportSearch(db, (error) => console.error(error));
  await ask(search); // what a server that has been up for a while has in memory
  const asked = await ask(search);
  const entering = [];
  for (let n = 0; n < 200; n += 1) {
    const edition = editionOf(reports + n);
    const [ms] = await timed(() => runInTransaction(db, (tx) => enterEdition(tx, roundOf(edition), edition)));
    entering.push(ms);
  }
  console.log(
    JSON.stringify(
      {
        reports,
        rounds,
        cores: os.cpus().length,
        load: rounded(os.loadavg()[0]),
        charactersPerReport: size.characters,
        megabytes: { texts: Number(size.texts), pairs: Number(size.pairs) },
        fillSeconds: Math.round(fillMs / 1000),
        questionMs: asked,
        enterMs: spread(entering),
        quotePageMs: await quoting(),
      },
      null,
      2,
    ),
  );
} finally {
  if (db.isInitialized) await db.destroy();
  await server.stop();
  fs.rmSync(folder, { recursive: true, force: true });
}
