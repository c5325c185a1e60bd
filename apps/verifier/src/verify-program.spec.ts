import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { unzipSync } from 'fflate';
import { filesListed, MANIFEST } from '#evidence/files-manifest';
import { generateKeyPem, nodeCrypto, signerFromPem } from '#evidence/node-crypto';
import type { Trust } from '#evidence/trust';
import { evidenceZip, readVerifier } from '#report-files/writers/evidence-zip';
import { publicationFiles } from '../../../test/support/publication-files.js';
import { laterTrust } from '../../../test/support/trust-builder.js';

const TITLE = '向阳区2020年政府信息公开工作年度报告';
const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function zipOf(options: Parameters<typeof publicationFiles>[0] = {}, trust: Trust = laterTrust()): Uint8Array {
  const folder = {
    files: publicationFiles(options),
    trust,
    title: TITLE,
    url: 'http://localhost:3080/xxgk/ndbg/xiangyang/2020/',
  };
  return evidenceZip(folder, readVerifier(), nodeCrypto);
}

function unpacked(zip: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'sunward-evidence-'));
  folders.push(folder);
  for (const [name, bytes] of Object.entries(unzipSync(zip))) writeFileSync(join(folder, name), bytes);
  return folder;
}

/** Runs the program of the folder in it, in a network namespace of its own where the machine allows that. */
function run(folder: string, ...args: readonly string[]): { exit: number | null; out: string } {
  const { status, stdout } = spawnSync(process.execPath, ['verify.mjs', ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: {},
  });
  return { exit: status, out: stdout };
}

/** What `sunward bundle` makes of the evidence in a folder. */
function packed(folder: string, env: Record<string, string>): Uint8Array {
  const out = join(folder, '..', `${basename(folder)}.zip`);
  folders.push(out);
  const args = ['bundle', join(folder, 'evidence.json'), '--trust', join(folder, 'trust.json'), '-o', out];
  const { status, stderr } = spawnSync(process.execPath, ['dist/run/sunward.js', ...args], { encoding: 'utf8', env });
  expect([status, stderr]).toEqual([0, '']);
  return new Uint8Array(readFileSync(out));
}

describe('the folder that travels with a publication', () => {
  const folder = unpacked(zipOf({ index: 4 }));

  it('holds the files, what to do in both languages, the program and what it is made of', () => {
    expect(readdirSync(folder).toSorted()).toEqual([
      'README.txt',
      'README.zh-CN.txt',
      'evidence.json',
      'inclusion.json',
      'manifest.json',
      'receipt.json',
      'report.json',
      'trust.json',
      'verify.mjs',
      'verify.sbom.json',
    ]);
    const listed = filesListed(new Uint8Array(readFileSync(join(folder, MANIFEST))));
    expect(listed).toEqual(
      readdirSync(folder)
        .filter((name) => name !== MANIFEST)
        .toSorted(),
    );
    for (const name of ['README.txt', 'README.zh-CN.txt']) {
      const text = readFileSync(join(folder, name), 'utf8');
      expect(text).toContain('node verify.mjs');
      expect(text).toContain(TITLE);
      expect(text).not.toMatch(/通过密评|is certified|have been certified/);
    }
  });

  it('is the same, byte for byte, whenever and wherever it is made, and small', () => {
    const [one, other] = [zipOf({ index: 4 }), zipOf({ index: 4 })];
    expect(Buffer.compare(one, other)).toBe(0);
    const [here, farAway] = ['Asia/Shanghai', 'America/Lima'].map((TZ) => packed(folder, { TZ }));
    expect(here).toEqual(farAway);
    expect(one.byteLength).toBeLessThan(1024 * 1024);
    expect(zipOf()).not.toEqual(one);
  });

  it('is proved by its own program: exit 0, one line a check in both languages', () => {
    const { exit, out } = run(folder);
    expect([exit, out]).toEqual([0, expect.stringContaining(TITLE)]);
    const checks = out.split('\n').filter((line) => line.startsWith('✓'));
    expect(checks).toHaveLength(6);
    for (const line of checks) expect(line).toMatch(/[\u4e00-\u9fff].* · .*[a-z]/);
    expect(out).toContain('compare the fingerprint');
    expect(JSON.parse(run(folder, '--json').out)).toMatchObject({ exit: 0, verdict: { ok: true, title: TITLE } });
  });

  it('is proved with the network switched off', () => {
    const offline = spawnSync('unshare', ['-rn', process.execPath, 'verify.mjs'], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] },
    });
    // Where namespaces are barred, the program is held to what it imports instead.
    const program = readFileSync(join(folder, 'verify.mjs'), 'utf8');
    const imported = [...program.matchAll(/^import .* from "([^"]+)";$/gm)].map(([, name]) => name);
    expect(imported).toEqual(['node:fs', 'node:path', 'node:url']);
    expect(program).not.toMatch(/\bfetch\(|\brequire\(|XMLHttpRequest|WebSocket|\bimport\(/);
    if (offline.error === undefined && !offline.stderr.includes('unshare')) expect(offline.status).toBe(0);
  });

  it('is what the command line packs too, and only of what is proved', () => {
    const own = unpacked(packed(folder, {}));
    expect(readdirSync(own)).toEqual(readdirSync(folder));
    expect(run(own).exit).toBe(0);
    const trust = join(own, 'trust.json');
    writeFileSync(trust, JSON.stringify(laterTrust({ drafting: signerFromPem(generateKeyPem()) })));
    const out = join(own, 'never.zip');
    const args = ['bundle', join(own, 'evidence.json'), '--trust', trust, '-o', out];
    const { status, stdout } = spawnSync(process.execPath, ['dist/run/sunward.js', ...args], { encoding: 'utf8' });
    expect([status, stdout]).toEqual([1, expect.stringContaining('submission_signature')]);
    expect(existsSync(out)).toBe(false);
  });

  it('is proved before the log has it, and without a receipt', () => {
    const { exit, out } = run(unpacked(zipOf()));
    expect(exit).toBe(0);
    expect(out).toContain('no proof of inclusion in the log yet');
    expect(run(unpacked(zipOf({ receipt: false }))).exit).toBe(0);
  });

  it('of an installation that signs with SM2 is proved too, its files listed by SM3 beside SHA-256', () => {
    const approval = signerFromPem(generateKeyPem('sm2'));
    const sm2 = unpacked(zipOf({ index: 4, changes: { signers: { approval } } }, laterTrust({ approval })));
    expect(readFileSync(join(sm2, MANIFEST), 'utf8')).toMatch(/"sm3":"[0-9a-f]{64}"/);
    expect(readFileSync(join(folder, MANIFEST), 'utf8')).not.toContain('sm3');
    expect(run(sm2).exit).toBe(0);
  });

  it.each([
    ['evidence.json', 'seal_signature|bad_shape|not_canonical|content_digest'],
    ['report.json', 'report_bytes'],
    ['receipt.json', 'receipt_'],
    ['inclusion.json', 'inclusion_'],
    ['manifest.json', 'file'],
    ['README.txt', 'file_altered'],
    ['README.zh-CN.txt', 'file_altered'],
    ['verify.sbom.json', 'file_altered'],
  ])('is not proved with a byte of %s altered: exit 1 and the reason', (name, code) => {
    const damaged = unpacked(zipOf({ index: 4 }));
    const bytes = readFileSync(join(damaged, name));
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(join(damaged, name), bytes);
    const { exit, out } = run(damaged);
    expect(exit).toBe(1);
    expect(out).toMatch(new RegExp(`✗ .*[\\u4e00-\\u9fff].* · .*\\[(?:${code})`));
  });

  it('goes by another trust file when told so', () => {
    const stranger = signerFromPem(generateKeyPem());
    const file = join(folder, '..', 'other-trust.json');
    writeFileSync(file, JSON.stringify(laterTrust({ approval: stranger })));
    folders.push(file);
    expect(run(folder, '--trust', file)).toMatchObject({ exit: 1, out: expect.stringContaining('seal_signature') });
  });

  it.each([
    ['without evidence.json', 'evidence.json'],
    ['without report.json', 'report.json'],
    ['without trust.json', 'trust.json'],
  ])('cannot be checked %s: exit 2', (_what, name) => {
    const damaged = unpacked(zipOf());
    rmSync(join(damaged, name));
    expect(run(damaged).exit).toBe(2);
  });

  it('cannot be checked from nowhere, or with words unheard of: exit 2', () => {
    for (const args of [['nowhere'], ['--loud'], ['--trust'], ['--trust', 'nowhere.json'], ['.', '.']])
      expect([args, run(folder, ...args).exit]).toEqual([args, 2]);
  });
});

describe('the bill of materials of the program', () => {
  it('names the very program and each package in it, by version, licence and digest', () => {
    const { program, billOfMaterials } = readVerifier();
    const bill = JSON.parse(new TextDecoder().decode(billOfMaterials)) as {
      bomFormat: string;
      metadata: { component: { hashes: { content: string }[] } };
      components: { name: string; version: string; hashes: unknown[]; licenses: unknown[] }[];
    };
    expect(bill.bomFormat).toBe('CycloneDX');
    expect(bill.metadata.component.hashes[0]?.content).toBe(nodeCrypto.sha256(program));
    expect(bill.components.map(({ name }) => name)).toEqual(['curves', 'hashes', 'canonicalize']);
    for (const { version, hashes, licenses } of bill.components) {
      expect(version).toMatch(/^\d+\.\d+\.\d+$/);
      expect([hashes.length, licenses.length]).toEqual([1, 1]);
    }
  });
});
