import { readdir, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import type { Command } from 'commander';
import type { CliEnvironment, CommandContext } from '../command-context.js';
import type { Examined } from '../examined.js';
import { EXIT } from '../exit-code.js';
import { monitorLine } from '../monitor-line.js';
import { readTrust, trustFingerprint } from '../publication-files.js';

const OLDEST_NODE = [20, 19] as const;
const TIMEOUT_MS = 3000;
/** A folder may be passed through by others (the database runs as another user) and not listed; a secret not even touched. */
const LISTED = 0o066;
const TOUCHED = 0o077;

/** `doctor`: looks at everything the system needs on this machine and says what to do. */
export function addDoctor(program: Command, context: CommandContext): void {
  const { server } = context.environment;
  program
    .command('doctor')
    .description('检查本机运行环境 examine this machine and the running system')
    .option('--server <url>', '网关地址 gateway address (env SUNWARD_SERVER)', server ?? 'http://localhost:3000')
    .option('--site <url>', '公开站点地址（缺省取自信任文件） public site (default: from the trust file)')
    .action(async (options: { server: string; site?: string }, command: Command) => {
      const output = context.output(command);
      const examined = await examine(options, context.environment);
      for (const { what, ok, found, mend } of examined) {
        const mark = ok ? '✓' : '✗';
        output.say({ zh: `${mark} ${what}：${found.zh}`, en: `${mark} ${what}: ${found.en}` });
        if (mend) output.say({ zh: `    → ${mend.zh}`, en: `    → ${mend.en}` });
      }
      const healthy = examined.every(({ ok }) => ok);
      output.result({ ok: healthy, examined });
      context.end(healthy ? EXIT.ok : EXIT.finding);
    });
}

async function examine(
  { server, site }: { readonly server: string; readonly site?: string },
  { varDir }: CliEnvironment,
): Promise<readonly Examined[]> {
  const trustPath = path.join(varDir, 'trust.json');
  const address = site ?? (await siteOf(trustPath));
  return [
    nodeVersion(process.versions.node),
    await privateFolder(varDir),
    await privateFolder(path.join(varDir, 'keys')),
    await trustFile(trustPath),
    await readiness('gateway', new URL('/readyz', server)),
    await readiness('site', new URL('/.well-known/sunward/trust.json', address)),
    await queueBackend(new URL('/readyz', server)),
    ...(await monitorLine(varDir, new Date())),
  ];
}

function nodeVersion(version: string): Examined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const ok = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  const what = 'Node';
  const found = { zh: version, en: version };
  if (ok) return { what, ok, found };
  const oldest = OLDEST_NODE.join('.');
  return { what, ok, found, mend: { zh: `请安装 Node ${oldest} 或更新版本`, en: `install Node ${oldest} or newer` } };
}

/** Nothing in the folder may be readable by others. */
async function privateFolder(folder: string): Promise<Examined> {
  const what = folder;
  try {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.pem') || name.endsWith('.json'));
    const secrets = names.filter((name) => name !== 'trust.json').map((name) => path.join(folder, name));
    const modes = await Promise.all([folder, ...secrets].map(async (one) => [one, (await stat(one)).mode] as const));
    const open = modes.filter(([one, mode]) => (mode & (one === folder ? LISTED : TOUCHED)) !== 0).map(([one]) => one);
    if (open.length === 0) return { what, ok: true, found: { zh: '仅本人可读', en: 'private' } };
    const command = `chmod go= ${open.join(' ')}`;
    return {
      what,
      ok: false,
      found: { zh: `他人可读：${open.join('、')}`, en: `open to others: ${open.join(', ')}` },
      mend: { zh: command, en: command },
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      what,
      ok: false,
      found: { zh: reason, en: reason },
      mend: { zh: '运行 npm start 建立', en: 'npm start makes it' },
    };
  }
}

/** The trust file names the site; without one, the address npm start prefers. Its defects are told in a line of their own. */
async function siteOf(trustPath: string): Promise<string> {
  return readTrust(trustPath).then(
    ({ site }) => site,
    () => 'http://localhost:3080',
  );
}

async function trustFile(file: string): Promise<Examined> {
  try {
    const fingerprint = trustFingerprint(await readTrust(file));
    return { what: file, ok: true, found: { zh: `指纹 ${fingerprint}`, en: `fingerprint ${fingerprint}` } };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      what: file,
      ok: false,
      found: { zh: reason, en: reason },
      mend: { zh: '运行 npm start 建立', en: 'npm start makes it' },
    };
  }
}

/** A server that answers, or a port that is free for it. */
async function readiness(what: string, url: URL): Promise<Examined> {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(() => undefined);
  if (response?.ok === true) return { what, ok: true, found: { zh: `${url.href} 就绪`, en: `${url.href} is ready` } };
  if (response)
    return {
      what,
      ok: false,
      found: { zh: `${url.href} 回答 HTTP ${response.status}`, en: `${url.href} answers HTTP ${response.status}` },
      mend: {
        zh: '稍候再试；仍不行则看 npm start 的输出，或端口被别的程序占用',
        en: 'wait a moment; then look at the output of npm start, or another program holds the port',
      },
    };
  const free = await portIsFree(Number(url.port));
  return {
    what,
    ok: false,
    found: free
      ? { zh: `${url.origin} 没有程序在运行，端口可用`, en: `nothing runs at ${url.origin}, the port is free` }
      : { zh: `${url.origin} 不应答，端口已被占用`, en: `${url.origin} does not answer and the port is taken` },
    mend: free
      ? { zh: '运行 npm start', en: 'run npm start' }
      : {
          zh: '关闭占用端口的程序，或用 PORT、SITE_PORT 另选端口',
          en: 'stop that program, or choose ports with PORT and SITE_PORT',
        },
  };
}

async function portIsFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/** Which backend carries the queues, as the running gateway says. */
async function queueBackend(readyz: URL): Promise<Examined> {
  const what = 'queue';
  const report: unknown = await fetch(readyz, { signal: AbortSignal.timeout(TIMEOUT_MS) })
    .then((response) => response.json())
    .catch(() => undefined); // nobody there, or not the gateway: said below
  const { queueBackend: backend, checks } = (report ?? {}) as {
    queueBackend?: string;
    checks?: { queue?: boolean };
  };
  if (backend === undefined)
    return {
      what,
      ok: false,
      found: { zh: '网关未运行，无法得知', en: 'unknown: the gateway does not run' },
      mend: { zh: '运行 npm start', en: 'run npm start' },
    };
  const name = backend === 'redis' ? 'Redis' : 'PostgreSQL';
  if (checks?.queue === true) return { what, ok: true, found: { zh: `${name}，通畅`, en: `${name}, messages pass` } };
  return {
    what,
    ok: false,
    found: { zh: `${name}，探测消息未能通过`, en: `${name}, but the canary message does not come through` },
    mend: { zh: '检查队列服务器是否在运行', en: 'see whether the server of the queues runs' },
  };
}
