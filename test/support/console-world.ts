import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { chromiumPath } from '../../scripts/chromium.mjs';
import type { People } from './chain.js';
import { consoleDistrict } from './console-district.js';
import { lastingPeople } from './lasting-client.js';
import { startSystem, type System } from './system.js';

export const PHONE = { width: 375, height: 667 };
export const DESK = { width: 1280, height: 800 };

/** A person at a screen: one browser context, one page. */
export interface Seated {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Presses of the mouse or the finger since last asked. */
  readonly taps: () => Promise<number>;
  /** What the browser complained of: errors of scripts, refusals of the policy. Must be empty at the end. */
  readonly complaints: readonly string[];
}

export interface SeatOptions {
  readonly size?: { readonly width: number; readonly height: number };
  readonly language?: 'zh' | 'en';
  readonly contrast?: 'normal' | 'high';
  readonly type?: 'normal' | 'large' | 'largest';
}

/** The built system with a browser in front of it. */
export class ConsoleWorld {
  readonly #seated: Seated[] = [];

  private constructor(
    readonly system: System,
    readonly people: People,
    readonly browser: Browser,
  ) {}

  /** `env`: further variables for every service; `sitePort`: where the public site listens. */
  static async open(
    env: Readonly<Record<string, string>> = {},
    district = consoleDistrict(),
    sitePort?: number,
  ): Promise<ConsoleWorld> {
    const at = sitePort === undefined ? {} : { sitePort };
    const system = await startSystem({ backend: 'postgres', district, env, ...at });
    // Notices come whatever the hour of the test.
    await system.sql(
      `insert into gateway.notice_settings (person, quiet_from, quiet_until, quiet_on_days_off)
       select id, '00:00', '00:00', false from gateway.person`,
    );
    const people = lastingPeople(system.gatewayUrl, system.accounts);
    const browser = await chromium.launch({
      executablePath: chromiumPath(),
      args: ['--no-sandbox', '--disable-dev-shm-usage'],
    });
    return new ConsoleWorld(system, people, browser);
  }

  passwordOf(login: string): string {
    const account = this.system.accounts.find((one) => one.login === login);
    if (account === undefined) throw new Error(`nobody is called ${login}`);
    return account.password;
  }

  /** An empty browser of somebody nobody knows yet. */
  async seat({
    size = DESK,
    language = 'zh',
    contrast = 'normal',
    type = 'normal',
  }: SeatOptions = {}): Promise<Seated> {
    const context = await this.browser.newContext({
      baseURL: this.system.gatewayUrl,
      viewport: size,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      hasTouch: size.width < 600,
    });
    await context.addInitScript(
      ([spoken, appearance]) => {
        localStorage.setItem('sunward.language', spoken!);
        localStorage.setItem('sunward.appearance', appearance!);
        addEventListener('pointerdown', () => {
          sessionStorage.setItem('test.taps', String(Number(sessionStorage.getItem('test.taps') ?? 0) + 1));
        });
      },
      [language, JSON.stringify({ size: type, contrast })],
    );
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      // Refusals of the API are part of what is tested; the browser reports each as an error of its own.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        complaints.push(message.text());
    });
    const taps = async (): Promise<number> =>
      page.evaluate(() => {
        const counted = Number(sessionStorage.getItem('test.taps') ?? 0);
        sessionStorage.removeItem('test.taps');
        return counted;
      });
    const seated = { page, context, taps, complaints };
    this.#seated.push(seated);
    return seated;
  }

  /** Somebody at an address, in a session of his own that is not proved again yet. */
  async signedIn(login: string, address: string, options: SeatOptions = {}): Promise<Seated> {
    const seated = await this.seat(options);
    const data = { login, password: this.passwordOf(login) };
    const answer = await seated.context.request.post('/api/v1/session', { data });
    if (!answer.ok()) throw new Error(`${login} could not sign in: ${answer.status()} ${await answer.text()}`);
    await seated.page.goto(address);
    return seated;
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.system.stop();
  }
}

/** Fills in the sign-in form; what is kept of an ended session may have such fields too, out of sight. */
export async function enter(page: Page, login: string, password: string): Promise<void> {
  await page.locator('input[name=login]').fill(login);
  await page.locator('input[name=password]:visible').fill(password);
  await page.locator('button[type=submit]:visible').click();
  await page.locator('input[name=login]').waitFor({ state: 'detached' });
}

/** What a page has asked for since, and what came over the line for it; of a stream of events the answer alone. */
export async function meter(page: Page): Promise<() => { readonly requests: number; readonly kilobytes: number }> {
  const line = await page.context().newCDPSession(page);
  let [requests, bytes] = [0, 0];
  line.on('Network.requestWillBeSent', () => (requests += 1));
  line.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
  await line.send('Network.enable');
  return () => ({ requests, kilobytes: bytes / 1000 });
}

/** `import './x.js'` and `… from './x.js'`. Of `import('./x.js')`, which waits until it is needed, only the words of the interface. */
const AT_ONCE = /(?:import|from)\s*["']\.\/([\w.-]+\.js)["']|import\(\s*["'`]\.\/(zh-[\w.-]+\.js)["'`]/g;

/** Bytes of script, packed as servers send them, that a page of the console loads before it shows anything. */
export function scriptBytes(page: 'app' | 'm'): number {
  const folder = 'dist/web/console';
  const seen = new Set<string>();
  const follow = (text: string, named: RegExp): void => {
    for (const [, early, words] of text.matchAll(named)) {
      const name = early ?? words;
      if (name === undefined || seen.has(name)) continue;
      seen.add(name);
      follow(readFileSync(join(folder, 'assets', name), 'utf8'), AT_ONCE);
    }
  };
  follow(readFileSync(join(folder, `${page}.html`), 'utf8'), /assets\/([\w.-]+\.js)\b/g);
  const packed = [...seen].map((name) => gzipSync(readFileSync(join(folder, 'assets', name))).byteLength);
  return packed.reduce((sum, one) => sum + one, 0);
}
