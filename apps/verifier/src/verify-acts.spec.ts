import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { unzipSync } from 'fflate';
import { digest } from '#domain/identifiers';
import { canonicalBytes, parseCanonical } from '#evidence/canonical';
import { nodeCrypto } from '#evidence/node-crypto';
import type { EvidenceFolder } from '#report-files/writers/evidence-folder';
import { evidenceZip, readVerifier } from '#report-files/writers/evidence-zip';
import { buildBundle, id, signers } from '../../../test/support/bundle-builder.js';
import {
  publicationFiles,
  ratifiedFiles,
  REASON,
  receiptOf,
  sampleContent,
  withdrawnFiles,
} from '../../../test/support/publication-files.js';
import { laterTrust } from '../../../test/support/trust-builder.js';

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

const zipOf = (files: EvidenceFolder['files']): Uint8Array =>
  evidenceZip({ files, trust: laterTrust(), title: '向阳区人民政府 2020', url: null }, readVerifier(), nodeCrypto);

function unpacked(files: EvidenceFolder['files']): string {
  const folder = mkdtempSync(join(tmpdir(), 'sunward-acts-'));
  folders.push(folder);
  for (const [name, bytes] of Object.entries(unzipSync(zipOf(files)))) writeFileSync(join(folder, name), bytes);
  return folder;
}

function run(folder: string, ...args: readonly string[]): { exit: number | null; out: string } {
  const { status, stdout } = spawnSync(process.execPath, ['verify.mjs', ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: {},
  });
  return { exit: status, out: stdout };
}

const both = (zh: string, en: string): RegExp => new RegExp(`✗ .*${zh}.* · .*${en}`);
const signatures = (out: string): number => out.match(/@[a-z]+ {2}[0-9a-f]{8}-/g)?.length ?? 0;

describe('the folder of an emergency that was ratified', () => {
  const files = ratifiedFiles();

  it('holds the ratification, and is the same, byte for byte, whenever it is made', () => {
    expect(zipOf(files)).toEqual(zipOf(files));
    const folder = unpacked(files);
    expect(readFileSync(join(folder, 'ratification.json'))).toEqual(Buffer.from(files.ratification));
    expect(readFileSync(join(folder, 'README.zh-CN.txt'), 'utf8')).toContain('追认');
    expect(readFileSync(join(folder, 'README.txt'), 'utf8')).toContain('ratified by the regular route');
  });

  it('says who published it as an emergency, why, and who ratified it, proved', () => {
    const folder = unpacked(files);
    const { exit, out } = run(folder);
    expect([exit, out]).toEqual([0, expect.stringMatching(/✓ 已追认.* · Ratified/)]);
    for (const words of ['应急公开', 'emergency publication', REASON, 'who ratified it, and when'])
      expect(out).toContain(words);
    expect(signatures(out)).toBe(10);
    expect(JSON.parse(run(folder, '--json').out)).toMatchObject({
      exit: 0,
      verdict: { ok: true, summary: { kind: 'emergency' } },
      ratification: { kind: 'ratify' },
    });
  });

  it('says that no ratification came along when none did', () => {
    const { evidence, report } = files;
    const { exit, out } = run(unpacked({ evidence, report }));
    expect([exit, out]).toEqual([0, expect.stringMatching(/! 没有追认的证据.* · No evidence of a ratification/)]);
    expect(signatures(out)).toBe(5);
  });

  it('is not whole with the ratification taken out', () => {
    const folder = unpacked(files);
    rmSync(join(folder, 'ratification.json'));
    expect(run(folder)).toMatchObject({ exit: 1, out: expect.stringMatching(/file_missing @ ratification\.json/) });
  });

  it.each<[string, () => Uint8Array, RegExp]>([
    [
      'the ratification of another edition',
      () => ratifiedFiles(2).ratification,
      both('追认的不是这一版', 'not of this'),
    ],
    ['the emergency itself', () => files.evidence, /ratification_mismatch/],
    [
      'an altered one',
      () => files.ratification.map((byte, at) => (at === files.ratification.length >> 1 ? byte ^ 1 : byte)),
      /✗ .*ratification\.json/,
    ],
  ])('is not proved with %s in place of it', (_what, bytes, said) => {
    const { exit, out } = run(unpacked({ ...files, ratification: bytes() }));
    expect([exit, out]).toEqual([1, expect.stringMatching(said)]);
    expect(out).not.toContain('✓ 已追认');
  });

  it('is not proved when what it ratifies was no emergency', () => {
    const { evidence, report } = publicationFiles({ receipt: false });
    expect(run(unpacked({ evidence, report, ratification: files.ratification }))).toMatchObject({
      exit: 1,
      out: expect.stringContaining('ratification_mismatch'),
    });
  });
});

describe('the folder of a withdrawal', () => {
  const files = withdrawnFiles();

  it('holds the evidence without the text, the receipt and the program, the same whenever it is made', () => {
    expect(zipOf(files)).toEqual(zipOf(files));
    expect(readdirSync(unpacked(files)).toSorted()).toEqual([
      'README.txt',
      'README.zh-CN.txt',
      'manifest.json',
      'receipt.json',
      'trust.json',
      'verify.mjs',
      'verify.sbom.json',
      'withdrawal.json',
    ]);
  });

  it('says what was withdrawn, why, when and by whom, proved, and that the site was seen to say so', () => {
    const folder = unpacked(files);
    const { exit, out } = run(folder);
    expect([exit, out]).toEqual([0, expect.stringMatching(/✓ 撤回：.* · withdrawal: every required signature/)]);
    for (const words of ['✓ 撤回回执', '向阳区人民政府', '撤回第 1 版', 'edition 1 withdrawn', REASON])
      expect(out).toContain(words);
    expect(signatures(out)).toBe(5);
    expect(JSON.parse(run(folder, '--json').out)).toMatchObject({
      exit: 0,
      withdrawal: { summary: { kind: 'withdraw', edition: 1 }, notice: { reason: REASON } },
    });
  });

  it('is proved without a receipt', () => {
    const { exit, out } = run(unpacked({ withdrawal: files.withdrawal }));
    expect([exit, out]).toEqual([0, expect.not.stringContaining('✓ 撤回回执')]);
  });

  it('is what the command line packs of such evidence too', () => {
    const folder = unpacked(files);
    const out = join(folder, 'packed.zip');
    const args = ['bundle', join(folder, 'withdrawal.json'), '--trust', join(folder, 'trust.json'), '-o', out];
    const { status, stderr } = spawnSync(process.execPath, ['dist/run/sunward.js', ...args], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    const again = mkdtempSync(join(tmpdir(), 'sunward-acts-'));
    folders.push(again);
    for (const [name, bytes] of Object.entries(unzipSync(readFileSync(out)))) writeFileSync(join(again, name), bytes);
    expect(run(again)).toMatchObject({ exit: 0, out: expect.stringContaining('✓ 撤回：') });
  });

  it('knows the report that was withdrawn, which somebody kept, from any other', () => {
    const folder = unpacked(files);
    writeFileSync(join(folder, 'report.json'), sampleContent());
    expect(run(folder)).toMatchObject({ exit: 0, out: expect.stringContaining('✓ report.json 正是被撤回的那份报告') });
    writeFileSync(join(folder, 'report.json'), '{}');
    expect(run(folder)).toMatchObject({ exit: 1, out: expect.stringContaining('report_bytes') });
  });

  it('says both of an edition one kept with its evidence, and of the withdrawal put beside it', () => {
    const kept = publicationFiles();
    const folder = unpacked(kept);
    writeFileSync(join(folder, 'withdrawal.json'), files.withdrawal);
    const { exit, out } = run(folder);
    expect([exit, signatures(out)]).toEqual([0, 10]);
    expect(out).toMatch(/✓ 证据包[\s\S]*✓ 撤回：/);
  });

  it.each(['withdrawal.json', 'receipt.json', 'manifest.json', 'README.txt', 'README.zh-CN.txt', 'verify.sbom.json'])(
    'is not proved with a byte of %s altered',
    (name) => {
      const folder = unpacked(files);
      const bytes = readFileSync(join(folder, name));
      bytes[bytes.length >> 1]! ^= 1;
      writeFileSync(join(folder, name), bytes);
      expect(run(folder)).toMatchObject({ exit: 1, out: expect.stringMatching(/✗ .*[\u4e00-\u9fff].* · /) });
    },
  );

  it.each(['receipt.json', 'withdrawal.json'])('is not whole with %s taken out', (name) => {
    const folder = unpacked(files);
    rmSync(join(folder, name));
    expect(run(folder).exit).toBe(name === 'withdrawal.json' ? 2 : 1);
  });

  it.each<[string, string, () => Uint8Array]>([
    ['receipt_mismatch', 'of another edition', () => withdrawnFiles({ edition: 2 }).receipt],
    ['receipt_mismatch', 'of another act', () => withdrawnFiles({ act: 'publish' }).receipt],
    ['receipt_mismatch', 'of an act that came too late', () => withdrawnFiles({ superseded: true }).receipt],
    ['receipt_mismatch', 'that saw nothing', () => withdrawnFiles({ files: [] }).receipt],
    [
      'receipt_mismatch',
      'that saw other evidence',
      () =>
        withdrawnFiles({ files: [{ name: 'withdrawal.json', digest: digest('e'.repeat(64)), sizeBytes: 1 }] }).receipt,
    ],
    [
      'receipt_signature',
      'by another service',
      () => receiptOf(buildBundle().bytes, sampleContent(), { act: 'withdraw', superseded: false }, signers.approval),
    ],
    ['receipt_unreadable', 'that is none', () => new TextEncoder().encode('{}')],
  ])('is %s with a receipt %s', (code, _what, receipt) => {
    const { withdrawal } = files;
    expect(run(unpacked({ withdrawal, receipt: receipt() }))).toMatchObject({
      exit: 1,
      out: expect.stringContaining(`[${code} @ receipt.json`),
    });
  });

  it('of another report proves nothing about the edition it was put beside', () => {
    const document = id(7);
    const of = <T>(statement: T): T => ({ ...statement, document });
    const report = canonicalBytes(of(parseCanonical(sampleContent()) as object));
    const changes = { content: report, submission: of, decision: of, dossier: of, seal: of };
    const folder = unpacked({ evidence: buildBundle(changes).bytes, report });
    expect(run(folder).exit).toBe(0);
    writeFileSync(join(folder, 'withdrawal.json'), files.withdrawal);
    const { exit, out } = run(folder);
    expect([exit, out]).toEqual([
      1,
      expect.stringMatching(both('撤回的不是这份报告', 'not this edition of this report')),
    ]);
    expect(out).toContain('withdrawal_mismatch');
  });
});
