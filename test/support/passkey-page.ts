import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { chromiumPath } from '../../scripts/chromium.mjs';

/** What the page's own requests to the gateway are answered. */
interface Answered {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- answers are read field by field; every field is asserted
  readonly body: any;
}

/**
 * A person at a real browser with an authenticator, on an empty page of the gateway's own origin: whatever the console will
 * do with passkeys can be done from here with what browsers have, and nothing else.
 */
export interface PasskeyPage {
  /** Signs in and enters the password again. */
  signIn(login: string, password: string): Promise<void>;
  /** A request of the page to the gateway, with the session's cookie. */
  ask(method: 'GET' | 'POST', path: string, body?: object): Promise<Answered>;
  /** Asks the authenticator for a passkey by the gateway's options and registers it. */
  register(name: string): Promise<Answered>;
  /** Asks the authenticator to sign a challenge; what `passkey` of a request to sign is. */
  assert(challenge: string): Promise<object>;
  /** Has the authenticator find its person from now on, or not. */
  verifyUser(found: boolean): Promise<void>;
  close(): Promise<void>;
}

/** Opens the page. */
export async function openPasskeyPage(gatewayUrl: string): Promise<PasskeyPage> {
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  const context = await browser.newContext();
  const page = await emptyPage(context, gatewayUrl);
  const authenticator = await addAuthenticator(page);
  const ask = (method: 'GET' | 'POST', path: string, body?: object): Promise<Answered> =>
    page.evaluate(askInPage, { method, path: `/api/v1${path}`, body: body ?? null, key: crypto.randomUUID() });
  return {
    ask,
    async signIn(login, password) {
      for (const [path, body] of [
        ['/session', { login, password }],
        ['/session/step-up', { password }],
      ] as const) {
        const { status } = await ask('POST', path, body);
        if (status !== 200) throw new Error(`${login}: ${path} answered ${status}`);
      }
    },
    async register(name) {
      const options = await ask('POST', '/passkeys/options', { name });
      if (options.status !== 200) return options;
      return ask('POST', '/passkeys', await page.evaluate(createInPage, options.body as object));
    },
    async assert(challenge) {
      const { body } = await ask('GET', '/passkeys');
      const items = body.items as { credential: string; transports: string[]; usable: boolean }[];
      const allowCredentials = items
        .filter(({ usable }) => usable)
        .map(({ credential: id, transports }) => ({ type: 'public-key', id, transports }));
      const rpId = body.relyingParty.id as string;
      return page.evaluate(getInPage, { challenge, rpId, userVerification: 'required', allowCredentials });
    },
    verifyUser: (found) => authenticator.verifyUser(found),
    close: () => browser.close(),
  };
}

async function emptyPage(context: BrowserContext, gatewayUrl: string): Promise<Page> {
  const page = await context.newPage();
  // The gateway has no page of its own to sign on; its origin is what the authenticator goes by.
  await page.route(`${gatewayUrl}/passkey-page`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>通行密钥</title>' }),
  );
  await page.goto(`${gatewayUrl}/passkey-page`);
  return page;
}

/** An authenticator of a page, as its device has one. */
export interface Authenticator {
  /** Has it find its person from now on, or not. */
  verifyUser(found: boolean): Promise<void>;
}

/** Gives a page Chromium's virtual authenticator: CTAP2, with a user it verifies. It keeps its passkeys as long as the page is open. */
export async function addAuthenticator(page: Page): Promise<Authenticator> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    async verifyUser(isUserVerified) {
      await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
    },
  };
}

/** Runs in the page: it may use nothing from this file. */
async function askInPage(given: { method: string; path: string; body: object | null; key: string }): Promise<Answered> {
  const headers = { 'content-type': 'application/json', 'idempotency-key': given.key };
  const sent = given.body === null ? {} : { headers, body: JSON.stringify(given.body) };
  const response = await fetch(given.path, { method: given.method, credentials: 'same-origin', ...sent });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}

// What Chromium has and the types of Node do not.
interface WithPasskeys {
  readonly PublicKeyCredential: {
    parseCreationOptionsFromJSON(json: object): object;
    parseRequestOptionsFromJSON(json: object): object;
  };
  readonly navigator: {
    readonly credentials: Record<'create' | 'get', (options: object) => Promise<{ toJSON(): Credential }>>;
  };
}
interface Credential {
  readonly id: string;
  readonly response: Readonly<Record<string, string>> & { readonly transports: readonly string[] };
}

/** Runs in the page: it may use nothing from this file. */
async function createInPage(options: object): Promise<object> {
  const { PublicKeyCredential: credentials, navigator } = globalThis as unknown as WithPasskeys;
  const made = await navigator.credentials.create({ publicKey: credentials.parseCreationOptionsFromJSON(options) });
  const { id, response } = made.toJSON();
  const { publicKey, clientDataJSON, attestationObject, transports } = response;
  return { credential: id, publicKey, clientDataJSON, attestationObject, transports };
}

/** Runs in the page: it may use nothing from this file. */
async function getInPage(options: object): Promise<object> {
  const { PublicKeyCredential: credentials, navigator } = globalThis as unknown as WithPasskeys;
  const answered = await navigator.credentials.get({ publicKey: credentials.parseRequestOptionsFromJSON(options) });
  const { id, response } = answered.toJSON();
  const { authenticatorData, clientDataJSON, signature } = response;
  return { credential: id, authenticatorData, clientDataJSON, signature };
}
