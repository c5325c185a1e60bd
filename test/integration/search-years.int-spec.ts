import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import * as publication from '../../apps/publication/src/data-source.js';
import { enterEdition } from '../../apps/publication/src/persistence/search-entry.repository.js';
import { MOST_FOUND, ReportSearch } from '../../apps/publication/src/search/report-search.js';
import { readQuestion } from '../../apps/publication/src/search/search-question.js';
import { isRefusal } from '#domain/decision';
import { dataSourceFor } from '#persistence/data-source';
import { runInTransaction } from '#persistence/transaction';
import { type EditionDocument, parseEdition } from '#report/edition';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { sampleEdition } from '../support/publication-world.js';

/** Long enough to be looked for in all years at once; the second in more reports than one question may find. */
const RARE = '青云镇老旧小区外墙保温改造';
const COMMON = '依申请公开答复文书逐件复核';
const HELD = MOST_FOUND + 30;

let database: TestDatabase;
let db: DataSource;
let sample: EditionDocument;

async function enter(year: number, organ: string, name: string, text: string): Promise<void> {
  const [chapter, ...rest] = sample.report.chapters;
  if (chapter === undefined) throw new Error('the sample has chapters');
  const chapters = [{ ...chapter, paragraphs: [text] }, ...rest];
  const title = `${name}${year}年政府信息公开工作年度报告`;
  const report = { ...sample.report, year, title, organName: name, chapters };
  const edition = { ...sample, organ: { ...sample.organ, code: organ, name }, year, report };
  const round = { document: randomUUID(), case: randomUUID(), round: 1 };
  await runInTransaction(db, (tx) => enterEdition(tx, round, edition));
}

async function find(typed: string, year: number | null = null): Promise<{ places: string[]; isMore: boolean }> {
  const question = readQuestion(typed, { organ: '', organs: [], year });
  if (question === null || isRefusal(question)) throw new Error(`no question: ${typed}`);
  const found = await new ReportSearch(db, (error) => {
    throw error;
  }).find(question);
  if (isRefusal(found)) throw new Error(found.refused);
  return { places: found.candidates.map(({ organ, year: of }) => `${of} ${organ}`), isMore: found.isMore };
}

beforeAll(async () => {
  database = await testDatabase();
  db = dataSourceFor({ service: 'publication', url: database.url('publication'), ...publication });
  await db.initialize();
  const parsed = parseEdition(await sampleEdition(1));
  if (isRefusal(parsed)) throw new Error(parsed.refused);
  sample = parsed;
  for (const [year, organ] of [
    [2016, 'b'],
    [2019, 'a'],
    [2017, 'c'],
    [2019, 'c'],
  ] as const)
    await enter(year, organ, `${organ}局`, `${RARE}已经完成。`);
  await enter(2017, 'z', `${RARE}办公室`, '信息全部公布。');
  await enter(2018, 'pieces', 'd局', '青云镇老旧小区外墙。外墙保温改造。');
  // The newest come last, where whoever takes the first that are found misses them.
  for (let n = 0; n < HELD; n += 1) {
    const organ = `o${String(n).padStart(3, '0')}`;
    await enter(n < HELD - 3 ? 2015 : 2020, organ, `${organ}局`, `${COMMON}。`);
  }
}, 120_000);
afterAll(async () => {
  await db?.destroy();
  await database?.drop();
});

describe('a long phrase', () => {
  it('is found in every year, the newest first, by name before by text, then by organ', async () => {
    const wanted = ['2019 a', '2019 c', '2017 z', '2017 c', '2016 b'];
    expect(await find(RARE)).toEqual({ places: wanted, isMore: false });
  });

  it('is found in the order in which each year alone gives it', async () => {
    const byYear = [];
    for (const year of [2019, 2018, 2017, 2016]) byYear.push(...(await find(RARE, year)).places);
    expect((await find(RARE)).places).toEqual(byYear);
  });

  it('held by more reports than a question may find gives the newest of them', async () => {
    const { places, isMore } = await find(COMMON);
    expect([places.length, isMore]).toEqual([MOST_FOUND, true]);
    expect(places.slice(0, 4)).toEqual(['2020 o227', '2020 o228', '2020 o229', '2015 o000']);
    expect(new Set(places).size).toBe(MOST_FOUND);
  });

  it('may stand beside a label of the tables', async () => {
    expect((await find(`${RARE} 处理决定数量`)).places).toEqual(['2019 a', '2019 c', '2017 z', '2017 c', '2016 b']);
  });
});
