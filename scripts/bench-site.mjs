#!/usr/bin/env node
// npm run bench:site [-- --seconds 10 --rounds 3 --connections 20]: pages per second and p99 of the public site, and of nginx serving the same page
// from the same folder with docker/nginx-site.conf, in turn on the same processors. Needs nginx and wrk (apt-get install nginx-light wrk).
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { benchDistrict, organCode } from './bench/district.mjs';
import { Driver, inParallel } from './bench/driver.mjs';
import { quantile } from './bench/measures.mjs';
import { build } from './build.mjs';
import { freePort } from './launcher/ports.mjs';
import { launchSystem } from './launcher/system.mjs';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '20' },
  },
});
const [seconds, rounds, connections] = [values.seconds, values.rounds, values.connections].map(Number);
const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..');
const say = (line) => console.log(`[bench] ${line}`);
const PAGE = `/xxgk/ndbg/${organCode(0)}/2020/`;

for (const program of ['nginx', 'wrk'])
  try {
    execFileSync('which', [program], { stdio: 'ignore' });
  } catch {
    console.error(`bench:site needs ${program}: apt-get install nginx-light wrk`);
    process.exit(2);
  }

/** Publishes one report through the whole chain. */
async function publish(system) {
  const driver = new Driver(system.gatewayUrl, 2);
  try {
    await inParallel(system.accounts, 2, (account) => driver.signIn(account));
    const text = fs.readFileSync(path.join(root, 'samples/xiangyang-2020.txt'), 'utf8').replaceAll('全市', '全区');
    const report = await driver.prepare(0, Buffer.from(text).toString('base64'));
    await driver.takeThrough(report, 0);
    for (const deadline = Date.now() + 60_000; ;) {
      const answer = await fetch(`${system.siteUrl}${PAGE}`);
      const page = await answer.text();
      // The page is laid out once more when the files beside it are made.
      if (answer.ok && page.includes('report.pdf')) return;
      if (Date.now() > deadline) throw new Error(`${PAGE} is not public with its files after 60 s: ${answer.status}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  } finally {
    await driver.close();
  }
}

/** nginx on the site's folder; answers its address and how to stop it. */
async function startNginx(varDir, siteDir, siteUrl) {
  const port = await freePort();
  const folder = path.join(varDir, 'nginx');
  fs.mkdirSync(folder);
  const filled = fs
    .readFileSync(path.join(root, 'docker/nginx-site.conf'), 'utf8')
    .replaceAll('${SITE_DIR}', siteDir)
    .replaceAll('${SITE_UPSTREAM}', new URL(siteUrl).host)
    .replaceAll('${LISTEN}', `127.0.0.1:${port}`);
  const config = path.join(folder, 'nginx.conf');
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((n) => `${n}_temp_path ${folder}/${n};`);
  fs.writeFileSync(
    config,
    `user root;\nworker_processes auto;\nerror_log ${folder}/error.log;\npid ${folder}/pid;\nevents {}\nhttp {\n` +
      `include /etc/nginx/mime.types;\nsendfile on;\ntcp_nopush on;\nkeepalive_requests 1000000;\naccess_log off;\n${places.join('\n')}\n${filled}\n}\n`,
  );
  const child = spawn('nginx', ['-c', config, '-p', folder, '-g', 'daemon off;'], { stdio: 'inherit' });
  const url = `http://127.0.0.1:${port}`;
  for (const deadline = Date.now() + 10_000; ;) {
    const up = await fetch(`${url}${PAGE}`).catch(() => undefined);
    if (up?.ok) break;
    if (Date.now() > deadline) throw new Error(`nginx does not answer; see ${folder}/error.log`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { url, stop: () => new Promise((resolve) => (child.once('exit', resolve), child.kill('SIGTERM'))) };
}

/** One run of wrk: requests per second and the 99th percentile in milliseconds. Throws when an answer failed. */
function load(url, headers) {
  const args = [
    '-t1',
    `-c${connections}`,
    `-d${seconds}s`,
    '--latency',
    ...headers.flatMap((line) => ['-H', line]),
    url,
  ];
  const said = execFileSync('wrk', args, { encoding: 'utf8' });
  if (/Non-2xx|Socket errors/.test(said)) throw new Error(`${url} failed under load:\n${said}`);
  const [, p99, unit] = /99%\s+([\d.]+)(us|ms|s)/.exec(said);
  return {
    perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(said)[1]),
    p99: p99 * { us: 0.001, ms: 1, s: 1000 }[unit],
  };
}

/** What nginx serves itself and what it asks the site for. */
const PATHS = ['', 'report.json', 'evidence.json', 'report.pdf', 'comparison.html', 'v1/'].map((name) => PAGE + name);
const ALIKE = [
  'cache-control', 'content-type', 'x-content-type-options', 'x-frame-options', 'referrer-policy', 'cross-origin-opener-policy',
  'cross-origin-resource-policy', 'permissions-policy', 'access-control-allow-origin',
]; // prettier-ignore

/** Throws unless nginx answers every kind of address as the site does; of the policy, that no second one forbids what the first allows. */
async function checkAlike(site, nginx) {
  for (const address of [...PATHS, '/xxgk/ndbg/', '/xxgk/ndbg/search/', '/check/', '/xxgk/ndbg/nobody/2020/']) {
    const [ours, theirs] = await Promise.all(
      [site, nginx].map(async (url) => {
        const answer = await fetch(`${url}${address}`);
        return { answer, bytes: Buffer.from(await answer.arrayBuffer()) };
      }),
    );
    const differ = ALIKE.filter((name) => ours.answer.headers.get(name) !== theirs.answer.headers.get(name));
    if (ours.answer.status !== theirs.answer.status) differ.push('status');
    if (Buffer.compare(ours.bytes, theirs.bytes) !== 0) differ.push('body');
    const policies = [ours, theirs].map(({ answer }) => answer.headers.get('content-security-policy') ?? '');
    const loosened = policies.map((policy) => policy.replace(/style-src [^;]+/, 'style-src'));
    if (loosened[0] !== loosened[1]) differ.push(`content-security-policy (${policies.join(' | ')})`);
    if (differ.length > 0) throw new Error(`${address} differs between the site and nginx: ${differ.join(', ')}`);
  }
}

const varDir = fs.mkdtempSync(path.join(os.tmpdir(), 'sunward-bench-'));
fs.chmodSync(varDir, 0o755);
let system;
let nginx;
try {
  await build();
  system = await launchSystem({
    varDir,
    district: benchDistrict(1, 1),
    durable: true,
    env: { NODE_ENV: 'production' },
  });
  await publish(system);
  nginx = await startNginx(varDir, path.join(varDir, 'site'), system.siteUrl);
  await checkAlike(system.siteUrl, nginx.url);
  const pageBytes = (await (await fetch(`${nginx.url}${PAGE}`)).arrayBuffer()).byteLength;
  const result = { seconds, rounds, connections, pageBytes, cpus: os.cpus().length, node: process.version };
  for (const [kind, headers] of [
    ['plain', []],
    ['gzip', ['accept-encoding: gzip']],
  ]) {
    const runs = { site: [], nginx: [] };
    for (let round = 0; round <= rounds; round += 1)
      for (const [name, { url }] of Object.entries({ site: { url: system.siteUrl }, nginx })) {
        const run = load(`${url}${PAGE}`, headers);
        if (round > 0) runs[name].push(run); // the first warms up
      }
    const middle = (name, what) =>
      quantile(
        runs[name].map((run) => run[what]),
        0.5,
      );
    const one = (name) => ({
      perSecond: Math.round(middle(name, 'perSecond')),
      p99Ms: Math.round(middle(name, 'p99') * 100) / 100,
    });
    const ratio = Math.round((middle('site', 'perSecond') / middle('nginx', 'perSecond')) * 100) / 100;
    result[kind] = { site: one('site'), nginx: one('nginx'), ratio };
    say(`${kind}: site ${result[kind].site.perSecond} pages/s, nginx ${result[kind].nginx.perSecond}, ratio ${ratio}`);
  }
  console.log(JSON.stringify(result, null, 2));
} finally {
  await nginx?.stop();
  await system?.stop();
  fs.rmSync(varDir, { recursive: true, force: true });
}
