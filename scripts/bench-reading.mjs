#!/usr/bin/env node
// npm run bench:reading [-- --rounds 200]: milliseconds to read and to check the sample in every kind of file, memory, and what a browser needs to check
// at every keystroke. Prints JSON. A benchmark, not a test: nothing here fails.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build as esbuild } from 'esbuild';
import { build } from './build.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '200' } } });
const rounds = Number(values.rounds);
await build();

const { checkReport } = await import('#report/check-report');
const { readPlainText } = await import('#report/readers/plain-text');
const { readReportFile } = await import('#report-files/read-report-file');
const { reportHtml } = await import('#report/writers/report-html');
const { reportDocx } = await import('#report-files/writers/docx-writer');
const { reportXlsx } = await import('#report-files/writers/xlsx-template');

const sample = fs.readFileSync(path.join(root, 'samples/xiangyang-2020.txt'));
const { report } = readPlainText(sample.toString('utf8'));
const files = {
  text: sample,
  html: Buffer.from(reportHtml(report)),
  docx: Buffer.from(await reportDocx(report)),
  xlsx: Buffer.from(await reportXlsx(report)),
  pdf: fs.readFileSync(path.join(root, 'test/fixtures/pdf/form-2019.pdf')),
};

function quantiles(times) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] * 100) / 100;
  return { p50: at(0.5), p99: at(0.99) };
}

async function timed(work) {
  const times = [];
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return quantiles(times);
}

const reading = {};
for (const [kind, bytes] of Object.entries(files)) {
  const options = { changes: 'accept' };
  const ms = await timed(() => readReportFile(new Uint8Array(bytes), options));
  reading[kind] = { bytes: bytes.length, ms, rssMb: Math.round(process.memoryUsage.rss() / 1_048_576) };
}
const checking = { ms: await timed(() => checkReport(report)), results: checkReport(report).length };

/** The rules as a browser gets them, and how long one keystroke's checks take there. */
async function inBrowser() {
  const entry = `import { checkReport } from './dist/libs/report/src/check-report.js'; globalThis.checkReport = checkReport;`;
  const { outputFiles } = await esbuild({
    stdin: { contents: entry, resolveDir: root },
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    write: false,
  });
  const script = outputFiles[0].text;
  const size = { bytes: script.length, gzipBytes: gzipSync(script).length };
  const page = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'sunward-bench-')), 'page.html');
  const measure = `const report = ${JSON.stringify(report)}; const times = [];
    for (let i = 0; i < ${rounds}; i += 1) { const s = performance.now(); checkReport(report); times.push(performance.now() - s); }
    document.title = JSON.stringify(times);`;
  fs.writeFileSync(
    page,
    `<!doctype html><meta charset="utf-8"><script>${script}</script><script>${measure.replaceAll('</', String.raw`<\/`)}</script>`,
  );
  try {
    const args = ['--headless=new', '--no-sandbox', '--disable-gpu', '--dump-dom', `file://${page}`];
    const dom = execFileSync('chromium', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const times = JSON.parse(/<title>(\[[^<]*\])<\/title>/.exec(dom)[1]);
    return { ...size, ms: quantiles(times) };
  } catch (error) {
    return { ...size, ms: `not measured: ${error.code ?? error.message}` };
  }
}

console.log(JSON.stringify({ rounds, reading, checking, browser: await inBrowser() }, null, 2));
