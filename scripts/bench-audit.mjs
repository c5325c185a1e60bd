#!/usr/bin/env node
// npm run bench:audit [-- --entries 200000 --keep FOLDER]: seconds and MiB for `sunward audit` to read a ledger of so many entries, made up here. Prints
// JSON. A benchmark, not a test: nothing here fails but what does not work at all. With --keep what was made stays, and its database runs on.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { build } from './build.mjs';
import { startPostgres } from './pg.mjs';

const { values } = parseArgs({ options: { entries: { type: 'string', default: '200000' }, keep: { type: 'string' } } });
const total = Number(values.entries);
const SERVICES = ['gateway', 'drafting', 'review', 'approval', 'publication'];
/** Entries of one report in one service, and how many entries a head of the log covers where little happens. */
const CHAIN = 40;
const ENTRIES_A_HEAD = 2;
const AT_ONCE = 2000;
await build();

const { canonicalBytes } = await import('#evidence/canonical');
const { signedCheckpoint } = await import('#evidence/checkpoint');
const { entryBytes, nextEntry } = await import('#evidence/ledger-entry');
const { appendLeaf, emptyFrontier, leafHash, rootOfFrontier } = await import('#evidence/merkle-tree');
const { generateKeyPem, nodeCrypto, signerFromPem } = await import('#evidence/node-crypto');
const { CreateContent1790000000000, dataSourceFor, migrateSchema, SCHEMAS } = await import('../dist/run/schemas.js');

const signer = signerFromPem(generateKeyPem());
const epoch = randomUUID();
const start = Date.now() - 30 * 86_400_000;

/** The next entry of a report, told as an act of sign-off is, with its body. */
function act(service, chain, n) {
  const body = canonicalBytes({ events: [{ type: 'seat-signed', seat: randomUUID(), actor: randomUUID(), at: n }] });
  const digest = nodeCrypto.sha256(body);
  const entry = nextEntry(chain.last, {
    report: chain.report,
    case: chain.report,
    epoch,
    at: new Date(start + n).toISOString(),
    actor: `service:${service}`,
    action: `${service}.act`,
    outcome: 'accepted',
    digests: { events: digest },
    requestId: randomUUID(),
  });
  const bytes = entryBytes(entry);
  const hash = leafHash(bytes, nodeCrypto);
  chain.last = { seq: entry.seq, hash, at: entry.at };
  return { report: chain.report, seq: entry.seq, hash, bytes: Buffer.from(bytes), at: entry.at, digest, body };
}

const column = (rows, name) => rows.map((row) => row[name]);

async function keep(client, service, made) {
  await client.query(
    `insert into ${service}.ledger_entry select * from unnest($1::uuid[], $2::int[], $3::text[], $4::bytea[], $5::timestamptz[])`,
    ['report', 'seq', 'hash', 'bytes', 'at'].map((name) => column(made, name)),
  );
  await client.query(`insert into ${service}.ledger_body select * from unnest($1::text[], $2::bytea[])`, [
    column(made, 'digest'),
    made.map(({ body }) => Buffer.from(body)),
  ]);
}

async function fill(client, folder) {
  let frontier = emptyFrontier;
  const copies = fs.createWriteStream(path.join(folder, '2026-01-01.jsonl'));
  const log = { origin: 'sunward.log/1', name: 'sunward.log/1', publicKey: signer.publicKey.bytes };
  const chains = new Map(SERVICES.map((service) => [service, { report: randomUUID(), last: null }]));
  for (let n = 0; n < total; n += AT_ONCE) {
    const service = SERVICES[(n / AT_ONCE) % SERVICES.length];
    const [made, leaves, nodes, heads] = [[], [], [], []];
    for (let at = n; at < Math.min(total, n + AT_ONCE); at += 1) {
      if (chains.get(service).last?.seq === CHAIN) chains.set(service, { report: randomUUID(), last: null });
      const chain = chains.get(service);
      const entry = act(service, chain, at);
      made.push({ ...entry, ends: chain });
      const { completed, ...next } = appendLeaf(frontier, entry.hash, nodeCrypto);
      leaves.push({ index: at, hash: entry.hash, producer: service });
      nodes.push(...completed.filter(({ level }) => level > 0));
      frontier = next;
      if (frontier.size % ENTRIES_A_HEAD === 0 || frontier.size === total) {
        const head = { size: frontier.size, root: rootOfFrontier(frontier, nodeCrypto), at: entry.at, epoch };
        const checkpoint = { ...head, origin: log.origin, extensions: [] };
        heads.push({ ...head, note: signedCheckpoint(checkpoint, log, (bytes) => signer.sign(bytes), nodeCrypto) });
      }
    }
    await keep(client, service, made);
    const ends = [...new Set(column(made, 'ends'))].map(({ report, last }) => ({ report, ...last }));
    await client.query(
      `insert into ${service}.ledger_head select * from unnest($1::uuid[], $2::int[], $3::text[], $4::timestamptz[])
       on conflict (report) do update set seq = excluded.seq, hash = excluded.hash, at = excluded.at`,
      ['report', 'seq', 'hash', 'at'].map((name) => column(ends, name)),
    );
    const into = (table, types, rows, names) =>
      client.query(
        `insert into ledger.${table} select * from unnest(${types.map((type, at) => `$${at + 1}::${type}[]`)})`,
        names.map((name) => column(rows, name)),
      );
    await into('log_leaf', ['int', 'text', 'text'], leaves, ['index', 'hash', 'producer']);
    await into('log_node', ['int', 'int', 'text'], nodes, ['level', 'index', 'hash']);
    const headColumns = ['epoch', 'size', 'root', 'at', 'note'];
    await into('log_checkpoint', ['uuid', 'int', 'text', 'timestamptz', 'text'], heads, headColumns);
    for (const { note } of heads) copies.write(`${JSON.stringify(note)}\n`);
  }
  await new Promise((resolve) => copies.end(resolve));
}

/** Runs the command as people do; answers its seconds, the most memory it had, and what it said. */
async function audit(url, folder, trust) {
  const watch = `data:text/javascript,process.on('exit',()=>process.stderr.write('MiB '+process.resourceUsage().maxRSS/1024))`;
  const args = ['dist/run/sunward.js', 'audit', '--json', '--database', url, '--checkpoints', folder, '--trust', trust];
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', watch, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [said, failed] = ['', ''];
  child.stdout.on('data', (chunk) => (said += chunk));
  child.stderr.on('data', (chunk) => (failed += chunk));
  await new Promise((resolve) => child.once('close', resolve));
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  const mebibytes = Math.round(Number(/MiB ([\d.]+)/.exec(failed)?.[1]));
  return { seconds, mebibytes, said: JSON.parse(said || '{}') };
}

const folder = values.keep ?? fs.mkdtempSync(path.join(os.tmpdir(), 'sunward-bench-'));
fs.mkdirSync(path.join(folder, 'checkpoints'), { recursive: true });
fs.chmodSync(folder, 0o711);
const server = await startPostgres({ dir: path.join(folder, 'pg'), durable: false });
const client = new pg.Client({ connectionString: server.url });
await client.connect();
try {
  const settings = { url: server.url, poolSize: 2 };
  for (const [service, schema] of [['content', { tables: [], migrations: [CreateContent1790000000000] }], ...Object.entries(SCHEMAS)])
    await migrateSchema(dataSourceFor({ service, ...settings, ...schema }), service); // prettier-ignore
  await client.query('set session_replication_role = replica');
  await fill(client, path.join(folder, 'checkpoints'));
  await client.query('analyze');
  const publicKey = (one) => Buffer.from(one.publicKey.bytes).toString('base64');
  const names = [...SERVICES, 'ledger'];
  const trust = path.join(folder, 'trust.json');
  const administrators = [1, 2].map(() => ({
    person: randomUUID(),
    publicKey: publicKey(signerFromPem(generateKeyPem())),
  }));
  const services = Object.fromEntries(names.map((name) => [name, publicKey(name === 'ledger' ? signer : signerFromPem(generateKeyPem()))])); // prettier-ignore
  fs.writeFileSync(trust, JSON.stringify({ schema: 'sunward.trust/1', services, administrators, site: 'http://localhost' })); // prettier-ignore
  const { seconds, mebibytes, said } = await audit(server.url, path.join(folder, 'checkpoints'), trust);
  const { entries, leaves, copies, ok } = said;
  console.log(JSON.stringify({ node: process.version, entries, leaves, copies, ok, seconds, mebibytes }, null, 2));
  if (values.keep) console.log(server.url, trust);
} finally {
  await client.end();
  if (!values.keep) {
    await server.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
