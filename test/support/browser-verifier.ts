import { readFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import type { FilesVerdict } from '#evidence/verify-files';
import { chromiumPath } from '../../scripts/chromium.mjs';

/** What a browser says of evidence: a code and a place, or `ok`. */
export type Said = string;

export const said = (verdict: FilesVerdict): Said =>
  verdict.ok ? 'ok' : `${verdict.defect.code} @ ${verdict.defect.where}`;

interface Asked {
  readonly evidence: Uint8Array;
  readonly beside: { readonly report?: Uint8Array; readonly inclusion?: Uint8Array; readonly receipt?: Uint8Array };
}

/** The browser build of the verifier in a real Chromium, with no network at all. */
export interface BrowserVerifier {
  /** Its verdict on each of these bundles under these anchors. */
  judge(bundles: readonly Uint8Array[], beside: Asked['beside'], trust: object, now: Date): Promise<Said[]>;
  /** Its verdict on these bytes with one bit flipped, for every byte from `from` to before `to`. */
  judgeFlips(
    evidence: Uint8Array,
    span: readonly [from: number, to: number],
    trust: object,
    now: Date,
  ): Promise<Said[]>;
  close(): Promise<void>;
}

const base64 = (bytes: Uint8Array | undefined): string | null =>
  bytes === undefined ? null : Buffer.from(bytes).toString('base64');

/** Opens the browser and loads dist/web/verifier.js into an empty page. */
export async function openBrowserVerifier(): Promise<BrowserVerifier> {
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  const context = await browser.newContext({ offline: true });
  const page = await context.newPage();
  const source = await readFile('dist/web/verifier.js', 'utf8');
  await page.evaluate(async (code) => {
    const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
    const scope = globalThis as Record<string, unknown>;
    scope['sunward'] = await import(url);
    scope['bytesOf'] = (text: string) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    scope['said'] = (verdict: { ok: boolean; defect?: { code: string; where: string } }) =>
      verdict.ok ? 'ok' : `${verdict.defect?.code} @ ${verdict.defect?.where}`;
  }, source);
  return {
    judge: (bundles, beside, trust, now) =>
      page.evaluate(judgeInPage, {
        bundles: bundles.map((bytes) => base64(bytes) ?? ''),
        beside: { report: base64(beside.report), inclusion: base64(beside.inclusion), receipt: base64(beside.receipt) },
        trust,
        now: now.getTime(),
      }),
    judgeFlips: (evidence, span, trust, now) =>
      page.evaluate(judgeFlipsInPage, { evidence: base64(evidence) ?? '', span, trust, now: now.getTime() }),
    close: () => browser.close(),
  };
}

interface InPage {
  readonly sunward: { verify(files: object, trust: object, now: Date): FilesVerdict };
  readonly bytesOf: (text: string) => Uint8Array;
  readonly said: (verdict: FilesVerdict) => Said;
}

/** Runs in the page: it may use nothing from this file. */
function judgeInPage(given: {
  bundles: readonly string[];
  beside: Readonly<Record<string, string | null>>;
  trust: object;
  now: number;
}): Said[] {
  const { sunward, bytesOf, said: say } = globalThis as unknown as InPage;
  const beside = Object.fromEntries(
    Object.entries(given.beside).flatMap(([name, text]) => (text === null ? [] : [[name, bytesOf(text)]])),
  );
  return given.bundles.map((text) =>
    say(sunward.verify({ evidence: bytesOf(text), ...beside }, given.trust, new Date(given.now))),
  );
}

/** Runs in the page: it may use nothing from this file. */
function judgeFlipsInPage(given: {
  evidence: string;
  span: readonly [number, number];
  trust: object;
  now: number;
}): Said[] {
  const { sunward, bytesOf, said: say } = globalThis as unknown as InPage;
  const bytes = bytesOf(given.evidence);
  const found: Said[] = [];
  for (let index = given.span[0]; index < given.span[1]; index += 1) {
    const evidence = bytes.slice();
    evidence[index] = (evidence[index] ?? 0) ^ (1 << (index % 8));
    found.push(say(sunward.verify({ evidence }, given.trust, new Date(given.now))));
  }
  return found;
}
