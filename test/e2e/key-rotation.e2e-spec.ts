import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { unzipSync } from 'fflate';
import type { Envelope } from '#evidence/dsse';
import { generateKeyPem, nodeCrypto, publicKeyFromPem, signerFromPem } from '#evidence/node-crypto';
import { provenTrust, rotateKey } from '#evidence/key-changes';
import { LOG_END, trustAt } from '#evidence/key-validity';
import { readEntry } from '#evidence/ledger-entry';
import { administratorsBehind, serviceKeys, type Trust } from '#evidence/trust';
import { verifyFiles } from '#evidence/verify-files';
import { installState } from '../../scripts/install-state.mjs';
import { revokeLostKey, rotateAdministratorKey, rotateServiceKey } from '../../scripts/launcher/rotate-key.mjs';
import { type BrowserVerifier, openBrowserVerifier } from '../support/browser-verifier.js';
import { ALL_STAGES, liveFiles, type People, signInAll, signStages, submitReport } from '../support/chain.js';
import { eventually } from '../support/client.js';
import { testDistrict } from '../support/district.js';
import { startSystem, type System } from '../support/system.js';

jest.setTimeout(180_000);

interface Published {
  readonly url: string;
  readonly evidence: Uint8Array;
  readonly report: Uint8Array;
  readonly inclusion: Uint8Array;
}

describe('the keys of a running installation', () => {
  let system: System;
  let people: People;
  let browser: BrowserVerifier;
  let old: Published;
  let firstKey: string;

  beforeAll(async () => {
    system = await startSystem({ backend: 'postgres', district: testDistrict(4) });
    people = await signInAll(system.gatewayUrl, system.accounts);
    browser = await openBrowserVerifier();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
  }, 60_000);

  const trust = (): Trust => provenTrust(JSON.parse(readFileSync(system.trustFile, 'utf8')), nodeCrypto);
  const codeOf = (files: Parameters<typeof verifyFiles>[0], given = trust()): string => {
    const verdict = verifyFiles(files, given, nodeCrypto);
    return verdict.ok ? 'ok' : verdict.defect.code;
  };

  async function publish(organ: string): Promise<Published> {
    const submitted = await submitReport(people, organ);
    await signStages(people, submitted, ALL_STAGES);
    const { url, evidence, report } = await liveFiles(system.siteUrl, organ);
    return { url, evidence, report, inclusion: await inclusionAt(url) };
  }

  function inclusionAt(url: string): Promise<Uint8Array> {
    return eventually(
      `${url}inclusion.json`,
      async () => {
        const reply = await fetch(`${url}inclusion.json`);
        return reply.status === 200 ? new Uint8Array(await reply.arrayBuffer()) : undefined;
      },
      60_000,
    );
  }

  /** Unpacks evidence.zip of an address and runs its own program. */
  async function selfProof(url: string): Promise<{ exit: number | null; out: string }> {
    const files = unzipSync(new Uint8Array(await (await fetch(`${url}evidence.zip`)).arrayBuffer()));
    const folder = mkdtempSync(join(tmpdir(), 'sunward-evidence-'));
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
    const { status, stdout } = spawnSync(process.execPath, ['verify.mjs'], { cwd: folder, encoding: 'utf8', env: {} });
    rmSync(folder, { recursive: true });
    return { exit: status, out: stdout };
  }

  it('a report is public, with its place in the log inside the minute', async () => {
    old = await publish('organ-0001');
    firstKey = signerFromPem(system.servicePem('approval')).keyid;
    expect(trust().schema).toBe('sunward.trust/1');
    expect(codeOf(old)).toBe('ok');
    expect((await selfProof(old.url)).exit).toBe(0);
  });

  it('a service gets a new key, SM2, while everything goes on', async () => {
    const { retired, from } = await rotateServiceKey(
      { ...system, state: { keys: join(system.varDir, 'keys'), trustFile: system.trustFile } },
      'approval',
      'sm2',
    );
    expect(retired).toBe(firstKey);
    expect(publicKeyFromPem(system.servicePem('approval')).algorithm).toBe('sm2');
    expect(existsSync(join(system.varDir, 'keys', 'approval.pem.next'))).toBe(false);
    const changed = trust();
    expect(changed.schema).toBe('sunward.trust/2');
    expect([...serviceKeys(trustAt(changed, LOG_END), 'approval', nodeCrypto).keys()]).toEqual([
      signerFromPem(system.servicePem('approval')).keyid,
    ]);
    expect(serviceKeys(changed, 'approval', nodeCrypto).has(firstKey)).toBe(true);
    expect(from).toBeGreaterThan(0);
  });

  it('old evidence verifies as before by its place in the log, and its page is still shown', async () => {
    expect(codeOf(old)).toBe('ok');
    expect(codeOf({ evidence: old.evidence })).toBe('seal_signature');
    const page = await eventually('the page is served by the restarted site', async () => {
      const reply = await fetch(old.url).catch(() => undefined);
      return reply?.status === 200 ? reply : undefined;
    });
    expect(await page.text()).toContain('年度报告');
    const proof = await selfProof(old.url);
    expect([proof.exit, proof.out]).toEqual([0, expect.stringContaining('✓')]);
    // The sweep that takes unproved pages down has looked at it more than once by then.
    const alarms = await system.sql('select kind from publication.alarm');
    expect(alarms).toEqual([]);
  });

  it('what is signed with SM2 goes live, and verifies in Node, by its own program and in a browser', async () => {
    const fresh = await publish('organ-0002');
    expect(codeOf(fresh)).toBe('ok');
    expect(codeOf({ evidence: fresh.evidence })).toBe('ok');
    expect((await selfProof(fresh.url)).exit).toBe(0);
    const { evidence, report, inclusion } = fresh;
    expect(await browser.judge([evidence], { report, inclusion }, trust(), new Date())).toEqual(['ok']);
    expect(JSON.stringify(JSON.parse(Buffer.from(evidence).toString()))).toContain(
      signerFromPem(system.servicePem('approval')).keyid,
    );
  });

  it('the change stands in the ledger, once', async () => {
    const { changes } = trust() as Extract<Trust, { schema: 'sunward.trust/2' }>;
    const recorded = await eventually('the gateway wrote the change down', async () => {
      const found = await system.sql(`select bytes from gateway.ledger_entry`);
      const entries = found.map(({ bytes }) => readEntry(new Uint8Array(bytes as Buffer)));
      const own = entries.filter((entry) => 'action' in entry && entry.action === 'gateway.change-key');
      return own.length > 0 ? own : undefined;
    });
    expect([changes.length, recorded.length]).toEqual([1, 1]);
  });

  it('an administrator gets a new key, and what he agreed to before and after it is believed', async () => {
    const running = { ...system, state: { keys: join(system.varDir, 'keys'), trustFile: system.trustFile } };
    await expect(rotateAdministratorKey(running, 'drafter')).rejects.toThrow('No administrator drafter');
    const { retired } = await rotateAdministratorKey(running, 'admin.one');
    const [{ person } = {}] = await system.sql(`select person from gateway.account where login = 'admin.one'`);
    const file = join(system.varDir, 'keys', 'administrators', `${String(person)}.pem`);
    const { keyid } = signerFromPem(readFileSync(file, 'utf8'));
    expect(keyid).not.toBe(retired);
    const holders = (id: string): readonly string[] => [...administratorsBehind(trust(), [id], nodeCrypto)];
    expect([holders(retired), holders(keyid)]).toEqual([
      [`administrator:${String(person)}`],
      [`administrator:${String(person)}`],
    ]);
    expect(codeOf(old)).toBe('ok');

    people = await signInAll(system.gatewayUrl, system.accounts);
    const added = { type: 'add-organ', code: 'new-organ', name: '新设机关', level: 'department', parent: null };
    const proposal = { changes: [added], reason: '机构新设' };
    const { body } = await people['admin.one']!.command('/directory/proposals', proposal);
    const { proposal: id, content } = body;
    const agreed = await people['admin.two']!.command(`/directory/proposals/${id}/signatures`, { content });
    expect(agreed).toMatchObject({ status: 200, body: { state: 'published' } });
    const fresh = await publish('organ-0003');
    expect(codeOf(fresh)).toBe('ok');
    const { directory } = JSON.parse(Buffer.from(fresh.evidence).toString()) as { directory: Envelope };
    expect(directory.signatures.map((signature) => signature.keyid)).toContain(keyid);
  });

  it('a retired key that was lost counts for nothing from the entry it is given up from', async () => {
    const verdict = verifyFiles(old, trust(), nodeCrypto);
    const position = verdict.ok ? verdict.summary.place!.position : -1;
    const running = { ...system, state: { keys: join(system.varDir, 'keys'), trustFile: system.trustFile } };
    await expect(revokeLostKey(running, signerFromPem(system.servicePem('approval')).keyid, 0)).rejects.toThrow(
      'rotate it first',
    );
    await revokeLostKey(running, firstKey, position + 1);
    expect(codeOf(old)).toBe('ok');
    const later = JSON.parse(readFileSync(system.trustFile, 'utf8')) as { keys: { compromisedFrom: number | null }[] };
    const asIfEarlier = {
      ...later,
      keys: later.keys.map((key) => (key.compromisedFrom === null ? key : { ...key, compromisedFrom: position })),
    } as unknown as Trust;
    expect(codeOf(old, asIfEarlier)).toBe('seal_signature');
  });
});

describe('a change of key that is cut short', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sunward-state-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'keys', 'review.pem');

  it('before the trust file names the new key: never was', () => {
    const { trustFile } = installState(folder);
    const before = [readFileSync(file, 'utf8'), readFileSync(trustFile, 'utf8')];
    writeFileSync(`${file}.next`, generateKeyPem());
    installState(folder);
    expect([readFileSync(file, 'utf8'), readFileSync(trustFile, 'utf8')]).toEqual(before);
    expect(existsSync(`${file}.next`)).toBe(false);
  });

  it('after it: is finished at the next start', () => {
    const { trustFile } = installState(folder);
    const pem = generateKeyPem('sm2');
    const change = {
      holder: 'service:review' as const,
      old: signerFromPem(readFileSync(file, 'utf8')),
      next: signerFromPem(pem),
      from: 7,
      at: new Date().toISOString() as Parameters<typeof rotateKey>[1]['at'],
    };
    const anchors = provenTrust(JSON.parse(readFileSync(trustFile, 'utf8')), nodeCrypto);
    writeFileSync(trustFile, JSON.stringify(rotateKey(anchors, change, nodeCrypto)));
    writeFileSync(`${file}.next`, pem);
    installState(folder);
    expect(readFileSync(file, 'utf8')).toBe(pem);
    expect(provenTrust(JSON.parse(readFileSync(trustFile, 'utf8')), nodeCrypto).schema).toBe('sunward.trust/2');
  });

  it('a key file that is not the one the trust file names stops the start', () => {
    const pem = readFileSync(file, 'utf8');
    writeFileSync(file, generateKeyPem());
    expect(() => installState(folder)).toThrow('--rotate-key');
    writeFileSync(file, pem);
    expect(() => installState(folder)).not.toThrow();
  });
});
