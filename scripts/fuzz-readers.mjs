#!/usr/bin/env node
// npm run fuzz -- [--runs 10000] [--seed 1] [--kinds text,html,docx,xlsx,pdf]: mutated files of every kind through the file reader. No crash, no hang, memory
// bounded, and never a wrong figure in silence: a file with k edits may differ in at most k figures from the file it was made of.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { build } from './build.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    kinds: { type: 'string', default: 'text,html,docx,xlsx,pdf' },
  },
});
const SLOWEST_MS = 5000;
const MOST_MB = 1024;

/** mulberry32: the same seed gives the same files. */
function random(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * below || 0;
  };
}
const pick = (next, list) => list[Math.floor(next(list.length))];

const PIECES = [
  '<td>',
  '</td>',
  '<tr>',
  '</tr>',
  '\t',
  '\n',
  ' ',
  '0',
  '9',
  '，',
  '&nbsp;',
  '&#x33;',
  '<w:tc>',
  'rowspan="2"',
  '（',
  'Ａ',
  '<!--',
  '\u0000',
  '１２',
];

/** One edit of a text: something taken out, put in, doubled or swapped. */
function editText(text, next) {
  const at = Math.floor(next(text.length));
  const length = 1 + Math.floor(next(12));
  switch (Math.floor(next(5))) {
    case 0:
      return text.slice(0, at) + text.slice(at + length);
    case 1:
      return text.slice(0, at) + pick(next, PIECES) + text.slice(at);
    case 2:
      return text.slice(0, at + length) + text.slice(at);
    case 3: {
      const digit = /\d/g;
      digit.lastIndex = at;
      const found = digit.exec(text);
      return found === null
        ? text
        : text.slice(0, found.index) + String(Math.floor(next(10))) + text.slice(found.index + 1);
    }
    default: {
      const [line, other] = [text.indexOf('<td', at), text.indexOf('<td', at + length)];
      return line < 0 || other < 0 ? text.slice(0, at) : text.slice(0, line) + text.slice(other);
    }
  }
}

function editBytes(bytes, next) {
  const out = Uint8Array.from(bytes);
  const at = Math.floor(next(out.length));
  if (next(4) < 1) return out.subarray(0, at);
  out[at] = Math.floor(next(256));
  return out;
}

/** A file with `edits` edits, in its text where it has one, sometimes in its bytes. */
function mutate(kind, bytes, edits, next) {
  // The streams of a PDF are packed without names: its bytes are what can be edited.
  if (kind === 'pdf') return Array.from({ length: edits }).reduce((now) => editBytes(now, next), bytes);
  const packed = kind === 'docx' || kind === 'xlsx';
  // Damage to the bytes comes last: a package that is damaged cannot be opened for another edit.
  const damaged = next(10) < 1;
  let now = bytes;
  for (let edit = 0; edit < edits - (damaged ? 1 : 0); edit += 1)
    now = packed ? editPart(now, next) : strToU8(editText(strFromU8(now), next));
  return damaged ? editBytes(now, next) : now;
}

const EDITED = /document\.xml$|sheet\d+\.xml$|sharedStrings\.xml$/;

function editPart(bytes, next) {
  const parts = unzipSync(bytes);
  const name = pick(
    next,
    Object.keys(parts).filter((part) => EDITED.test(part)),
  );
  return zipSync({ ...parts, [name]: strToU8(editText(strFromU8(parts[name]), next)) });
}

/** Figures by cell; null for a refused file. */
const figuresOf = (reading) =>
  reading.report === undefined
    ? null
    : new Map(
        Object.values(reading.report.tables).flatMap((cells) =>
          Object.entries(cells).map(([id, cell]) => [
            id,
            cell.state === 'value' ? `${cell.value} ${cell.unit ?? ''}` : null,
          ]),
        ),
      );

const wrongFigures = (before, after) =>
  [...after].filter(([id, value]) => value !== null && before.has(id) && before.get(id) !== value).map(([id]) => id);

await build();
const { readPlainText } = await import('#report/readers/plain-text');
const { ReportFileReader } = await import('#report-files/report-file-reader');
const { reportHtml } = await import('#report/writers/report-html');
const { reportText } = await import('#report/writers/report-text');
const { reportDocx } = await import('#report-files/writers/docx-writer');
const { reportXlsx } = await import('#report-files/writers/xlsx-template');

const { report } = readPlainText(fs.readFileSync(path.join(root, 'samples/xiangyang-2020.txt'), 'utf8'));
const sources = {
  text: strToU8(reportText(report)),
  html: strToU8(reportHtml(report)),
  docx: await reportDocx(report),
  xlsx: await reportXlsx(report),
  pdf: fs.readFileSync(path.join(root, 'test/fixtures/pdf/form-2019.pdf')),
};
const kinds = values.kinds.split(',');
const reader = new ReportFileReader({ threads: 2 });
const originals = {};
for (const kind of kinds) originals[kind] = figuresOf(await reader.read(sources[kind], { changes: 'accept' }));

const totals = Object.fromEntries(kinds.map((kind) => [kind, { runs: 0, read: 0, refused: {}, slowestMs: 0 }]));
const failures = [];
const runs = Number(values.runs);
async function one(index) {
  const next = random(Number(values.seed) * 1_000_003 + index);
  const kind = kinds[index % kinds.length];
  const edits = 1 + Math.floor(next(3));
  const bytes = mutate(kind, sources[kind], edits, next);
  const started = performance.now();
  const reading = await reader.read(bytes, { changes: 'accept' });
  const took = performance.now() - started;
  const total = totals[kind];
  total.runs += 1;
  total.slowestMs = Math.max(total.slowestMs, Math.round(took));
  const figures = figuresOf(reading);
  if (figures === null) total.refused[reading.refused] = (total.refused[reading.refused] ?? 0) + 1;
  else total.read += 1;
  const wrong = figures === null ? [] : wrongFigures(originals[kind], figures);
  if (took > SLOWEST_MS || wrong.length > edits || reading.refused === 'unreadable_file') {
    const file = path.join(root, `var/fuzz-${kind}-${index}`);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, bytes);
    failures.push({ index, kind, edits, tookMs: Math.round(took), refused: reading.refused, wrong, file });
  }
}
let index = 0;
await Promise.all(
  [0, 1].map(async () => {
    while (index < runs) await one(index++);
  }),
);
await reader.close();
const rssMb = Math.round(process.memoryUsage.rss() / 1_048_576);
console.log(JSON.stringify({ runs, seed: values.seed, rssMb, kinds: totals, failures }, null, 2));
process.exitCode = failures.length > 0 || rssMb > MOST_MB ? 1 : 0;
