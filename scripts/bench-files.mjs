#!/usr/bin/env node
// npm run bench:files [-- --rounds 50]: processor milliseconds and bytes of the files beside the page of the sample, one by one and together, and the
// size of the page itself. Prints JSON. A benchmark, not a test: nothing here fails.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build } from './build.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '50' } } });
const rounds = Number(values.rounds);
await build();
// The writers are called one by one, so from the compiled sources and not from the programs the build puts the faces beside.
fs.cpSync(path.join(root, 'libs/report-files/fonts'), path.join(root, 'dist/libs/report-files/src/writers/fonts'), {
  recursive: true,
});

const { editionBytes } = await import('#report/edition');
const { readPlainText } = await import('#report/readers/plain-text');
const { reportCsv } = await import('#report/writers/report-csv');
const { reportDocx } = await import('#report-files/writers/docx-writer');
const { reportPdf } = await import('#report-files/writers/pdf-writer');
const { writeReportFiles } = await import('#report-files/writers/report-file-set');
const { reportXlsx } = await import('#report-files/writers/xlsx-template');
const { renderReportPage } = await import(path.join(root, 'dist/apps/publication/src/pages/report.page.js'));
const { renderReportText } = await import(path.join(root, 'dist/apps/publication/src/pages/report-text.page.js'));

const { report } = readPlainText(fs.readFileSync(path.join(root, 'samples/xiangyang-2020.txt'), 'utf8'));
const edition = {
  schema: 'sunward.edition/1',
  document: '00000000-0000-4000-8000-000000000001',
  edition: 1,
  kind: 'annual-report',
  organ: { code: 'xiangyang', name: '向阳区人民政府', level: 'county' },
  year: report.year,
  format: report.format,
  report,
  attachments: [],
};
const signed = editionBytes(edition);

async function cpu(work) {
  const times = [];
  for (let round = 0; round < rounds; round += 1) {
    const began = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(began);
    times.push((user + system) / 1000);
  }
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share) => Math.round(sorted[Math.min(rounds - 1, Math.floor(rounds * share))] * 10) / 10;
  return { first: Math.round(times[0] * 10) / 10, p50: at(0.5), p95: at(0.95) };
}

const source = { edition: 1, content: 'a'.repeat(64) };
const writers = {
  csv: () => reportCsv(report),
  docx: () => reportDocx(report),
  pdf: () => reportPdf(report, source),
  xlsx: () => reportXlsx(report),
};
const cpuMs = {};
for (const [name, write] of Object.entries(writers)) cpuMs[name] = await cpu(write);
cpuMs.all = await cpu(() => writeReportFiles(signed));
const bytes = Object.fromEntries((await writeReportFiles(signed)).map((file) => [file.name, file.bytes?.length]));
const facts = {
  kind: 'publish',
  notice: null,
  newer: null,
  firstPublishedAt: null,
  ratifiedAt: null,
  signedAt: '2026-01-25T17:30:00.000Z',
  publishedAt: '2026-01-26T01:00:00.000Z',
  site: 'http://localhost:3080',
  identity: { name: null, idCode: null, contact: null },
  report: { digest: 'a'.repeat(64), sizeBytes: signed.length },
  evidence: { digest: 'b'.repeat(64), sizeBytes: 90_000 },
  derived: Object.entries(bytes).map(([name, sizeBytes]) => ({ name, sizeBytes, digest: 'c'.repeat(64) })),
};
const page = renderReportPage(edition, facts, renderReportText(report));
console.log(
  JSON.stringify({ rounds, cpuMs, bytes, page: { bytes: page.length, gzipBytes: gzipSync(page).length } }, null, 2),
);
