import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Command } from 'commander';
import { unzipSync } from 'fflate';
import { canonicalBytes } from '#evidence/canonical';
import { buildBundle } from '../../../../test/support/bundle-builder.js';
import { ratifiedFiles, sampleContent } from '../../../../test/support/publication-files.js';
import { laterTrust } from '../../../../test/support/trust-builder.js';
import type { CommandContext } from '../command-context.js';
import { type Language, outputTo } from '../output.js';
import { addBundle } from './bundle.js';
import { addVerify } from './verify.js';

type Files = Readonly<Record<string, Uint8Array>>;

const { evidence, report, ratification } = ratifiedFiles();
const PUBLIC = '/xxgk/ndbg/xiangyang/2020/';
const emergency: Files = { 'evidence.json': evidence, 'report.json': report };
const ratified: Files = { ...emergency, 'ratification.json': ratification };

let folder: string;
let server: Server;
let served: Files;
let address: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sunward-verify-'));
  await writeFile(path.join(folder, 'trust.json'), canonicalBytes(laterTrust()));
  server = createServer(({ url = '' }, response) => {
    const bytes = url.startsWith(PUBLIC) ? served[url.slice(PUBLIC.length)] : undefined;
    response.writeHead(bytes === undefined ? 404 : 200).end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}${PUBLIC}`;
});
afterEach(async () => {
  await new Promise((resolve) => server.close(resolve).closeAllConnections());
  await rm(folder, { recursive: true });
});

/** What a command says, and how it ends. */
async function sunward(language: Language, ...args: readonly string[]): Promise<{ exit: number; said: string }> {
  const lines: string[] = [];
  let exit = -1;
  const write = (line: string): number => lines.push(line);
  const context: CommandContext = {
    environment: { server: undefined, password: undefined, varDir: folder, database: undefined },
    output: () => outputTo(write, write, { json: args.includes('--json'), language }),
    write,
    end: (code) => (exit = code),
  };
  const program = new Command().option('--json').exitOverride();
  addVerify(program, context);
  addBundle(program, context);
  await program.parseAsync([...args, '--trust', path.join(folder, 'trust.json')], { from: 'user' });
  return { exit, said: lines.join('\n') };
}

async function kept(files: Files): Promise<string> {
  for (const [name, bytes] of Object.entries(files)) await writeFile(path.join(folder, name), bytes);
  return path.join(folder, 'evidence.json');
}

describe('an emergency at its address or in a file', () => {
  const sources: readonly [string, (files: Files) => Promise<string>][] = [
    [
      'at its address',
      (files) => {
        served = files;
        return Promise.resolve(address);
      },
    ],
    ['in a file', kept],
  ];

  it.each(sources)('%s is said to be ratified, and by whom', async (_, source) => {
    const at = await source(ratified);
    const zh = await sunward('zh', 'verify', at);
    expect([zh.exit, zh.said]).toEqual([0, expect.stringMatching(/核验通过[^]*应急公开[^]*✓ 已追认/)]);
    const en = await sunward('en', 'verify', at);
    expect([en.exit, en.said]).toEqual([0, expect.stringMatching(/Proved[^]*emergency publication[^]*✓ Ratified/)]);
    expect(zh.said.match(/封签时间/g)).toHaveLength(2);
    const { said } = await sunward('zh', '--json', 'verify', at);
    expect(JSON.parse(said)).toMatchObject({ ok: true, ratification: { kind: 'ratify', edition: 1 } });
  });

  it.each(sources)('%s without evidence of a ratification is proved, and said to be without', async (_, source) => {
    const at = await source(emergency);
    expect(await sunward('zh', 'verify', at)).toEqual({ exit: 0, said: expect.stringContaining('! 没有追认的证据') });
    expect(await sunward('en', 'verify', at)).toEqual({
      exit: 0,
      said: expect.stringContaining('! no evidence of a ratification'),
    });
  });

  it.each(sources)('%s with a ratification of something else is not proved, nor packed', async (_, source) => {
    const at = await source({ ...ratified, 'ratification.json': ratifiedFiles(2).ratification });
    const file = path.join(folder, 'out.zip');
    for (const command of [
      ['verify', at],
      ['bundle', at, '-o', file],
    ]) {
      const { exit, said } = await sunward('zh', ...command);
      expect([exit, said]).toEqual([
        1,
        expect.stringMatching(/追认的不是这一版[^]*ratification_mismatch[^]*ratification\.json/),
      ]);
    }
    await expect(readFile(file)).rejects.toThrow('ENOENT');
  });

  it.each(sources)('%s is packed with its ratification', async (_, source) => {
    const at = await source(ratified);
    const file = path.join(folder, 'out.zip');
    expect(await sunward('en', 'bundle', at, '-o', file)).toEqual({
      exit: 0,
      said: expect.stringContaining('✓ Ratified'),
    });
    const files = unzipSync(new Uint8Array(await readFile(file)));
    expect(Buffer.from(files['ratification.json'] ?? []).equals(Buffer.from(ratification))).toBe(true);
    expect(Buffer.from(files['evidence.json'] ?? []).equals(Buffer.from(evidence))).toBe(true);
  });
});

describe('a ratification', () => {
  it('altered by a bit is refused with its own file as the place', async () => {
    const altered = ratification.slice();
    altered[altered.length >> 1]! ^= 1;
    const { exit, said } = await sunward(
      'zh',
      '--json',
      'verify',
      await kept({ ...ratified, 'ratification.json': altered }),
    );
    expect([exit, JSON.parse(said)]).toEqual([
      1,
      expect.objectContaining({ ok: false, defect: expect.objectContaining({ where: 'ratification.json' }) }),
    ]);
  });

  it('may stand elsewhere and be named', async () => {
    const elsewhere = path.join(folder, 'ratified.json');
    await writeFile(elsewhere, ratification);
    const at = await kept(emergency);
    expect((await sunward('en', 'verify', at, '--ratification', elsewhere)).said).toContain('✓ Ratified');
  });

  it('of what was no emergency is refused', async () => {
    const content = sampleContent();
    const plain = { 'evidence.json': buildBundle({ content }).bytes, 'report.json': content };
    const without = await sunward('zh', 'verify', await kept(plain));
    expect([without.exit, without.said]).toEqual([0, expect.not.stringContaining('追认')]);
    const { exit, said } = await sunward('zh', 'verify', await kept({ ...plain, 'ratification.json': ratification }));
    expect([exit, said]).toEqual([1, expect.stringContaining('ratification_mismatch')]);
  });
});
