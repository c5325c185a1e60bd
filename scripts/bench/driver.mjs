// What the benchmark's users do: sign in, submit, sign. Talks to the gateway's public HTTP API and nothing else.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { drafterOf, organCode, signerOf, STAGES } from './district.mjs';

/** The step-up of a session counts for 300 s; renewed a minute before. */
const STEP_UP_MS = 240_000;
/** A seat opens after a message between services; it is asked for again at this pace. */
const ASK_AGAIN_MS = { first: 5, factor: 1.5, most: 100, deadline: 60_000 };

/** Connections to one gateway, with the sessions of everybody on it. Every unexpected answer throws. */
export class Driver {
  #pool;
  #people = new Map();
  #inLeg = new Map();
  /** Milliseconds each command took, by name: `submit`, `sign`. */
  timings = { submit: [], view: [], sign: [] };
  commands = 0;

  constructor(gatewayUrl, connections) {
    this.#pool = new Pool(gatewayUrl, { connections, pipelining: 1 });
  }

  async #send(method, path, cookie, body, key) {
    const headers = {
      ...(cookie ? { cookie } : {}),
      ...(key ? { 'idempotency-key': key } : {}),
      ...(body ? { 'content-type': 'application/json' } : {}),
    };
    const answer = await this.#pool.request({
      method,
      path: `/api/v1${path}`,
      headers,
      body: body ? JSON.stringify(body) : undefined,
    });
    const text = await answer.body.text();
    return {
      status: answer.statusCode,
      text,
      cookie: [answer.headers['set-cookie']].flat()[0]?.split(';')[0],
      json: () => JSON.parse(text),
    };
  }

  #must(answer, what) {
    if (answer.status >= 300) throw new Error(`${what}: ${answer.status} ${answer.text}`);
    return answer;
  }

  /** Signs in with one session; passwords stay here for the step-up. */
  async signIn({ login, password }) {
    const answer = this.#must(await this.#send('POST', '/session', undefined, { login, password }), `sign in ${login}`);
    this.#people.set(login, { cookie: answer.cookie, password, steppedUpAt: 0, renewing: undefined });
  }

  /** Re-enters the password when the last time was too long ago; users who share a session wait for one another. */
  async #steppedUp(login) {
    const one = this.#people.get(login);
    if (Date.now() - one.steppedUpAt < STEP_UP_MS) return one;
    one.renewing ??= (async () => {
      const answer = await this.#send('POST', '/session/step-up', one.cookie, { password: one.password });
      one.cookie = this.#must(answer, `step up ${login}`).cookie ?? one.cookie;
      one.steppedUpAt = Date.now();
      one.renewing = undefined;
    })();
    await one.renewing;
    return one;
  }

  stepUp(login) {
    return this.#steppedUp(login);
  }

  async #command(login, path, body, timing) {
    const { cookie } = this.#people.get(login);
    const started = performance.now();
    const answer = await this.#send('POST', path, cookie, body, randomUUID());
    if (timing) this.timings[timing].push(performance.now() - started);
    this.commands += 1;
    return this.#must(answer, `${login} ${path}`).json();
  }

  /** Starts the n-th organ's report and imports the file; not part of the measured run. */
  async prepare(n, file) {
    const login = drafterOf(n);
    const { document } = await this.#command(login, '/reports', { organ: organCode(n), year: 2020 });
    const saved = await this.#command(login, `/reports/${document}/imports`, {
      baseRevision: 0,
      fileName: 'report.txt',
      bytes: file,
    });
    return { n, document, revision: saved.revision, digest: saved.digest };
  }

  /** All reports of a run are alike, which is a warning as soon as one is public: the checks are read again until they hold still. */
  async #submit(login, path, { document, revision, digest }) {
    for (;;) {
      const { cookie } = this.#people.get(login);
      const seen = this.#must(await this.#send('GET', `/reports/${document}`, cookie), `${login} reads ${document}`);
      const { checks } = seen.json();
      const explanations = checks
        .filter(({ status, severity }) => status === 'fail' && severity === 'W')
        .map(({ key }) => ({ check: key, sentence: '已与原件核对，按原文保留。' }));
      try {
        return await this.#command(login, path, { revision, digest, notBefore: null, explanations }, 'submit');
      } catch (error) {
        if (!/warnings_unexplained|explanation_outdated/.test(error.message)) throw error;
      }
    }
  }

  /** Submits a prepared report; answers its case and content. */
  submitReport({ n, document, revision, digest }) {
    return this.#submit(drafterOf(n), `/reports/${document}/submissions`, { document, revision, digest });
  }

  /** Signs the seats of these stages as `signer` (index of the people used), each as soon as it is open. */
  async signStages({ case: caseId, content }, signer, stages) {
    for (const { leg, role } of stages) {
      const login = signerOf(role, signer);
      await this.#steppedUp(login);
      const { seat, digest: statement, checklist } = await this.#open(login, leg, caseId, content);
      const checked = checklist.map(({ id }) => id);
      await this.#command(login, `/${leg}-cases/${caseId}/signatures`, { seat, statement, checked }, 'sign');
    }
  }

  /** Submits a prepared report and signs all its seats. Answers the case. */
  async takeThrough(report, signer) {
    const submitted = await this.submitReport(report);
    await this.signStages(submitted, signer, STAGES);
    return submitted.case;
  }

  /** Opens the case and answers the seat the person may sign; waits until the case has come to that leg. */
  async #open(login, leg, caseId, content) {
    await this.#arrived(login, leg, caseId);
    const { signable } = await this.#command(login, `/${leg}-cases/${caseId}/views`, { content }, 'view');
    const [first] = signable;
    if (!first) throw new Error(`${login} got no seat at ${caseId}`);
    return first;
  }

  /** A case that came to a leg stays there; whoever signs next in it need not wait. */
  async #arrived(login, leg, caseId) {
    if (this.#inLeg.get(caseId) === leg) return;
    const { cookie } = this.#people.get(login);
    const deadline = Date.now() + ASK_AGAIN_MS.deadline;
    for (let wait = ASK_AGAIN_MS.first; ; wait = Math.min(ASK_AGAIN_MS.most, wait * ASK_AGAIN_MS.factor)) {
      const answer = await this.#send('GET', `/${leg}-cases/${caseId}`, cookie);
      if (answer.status === 200) break;
      if (answer.status !== 404) this.#must(answer, `${login} reads ${caseId}`);
      if (Date.now() > deadline) throw new Error(`${caseId} did not come to ${leg} within ${ASK_AGAIN_MS.deadline} ms`);
      await sleep(wait);
    }
    this.#inLeg.set(caseId, leg);
  }

  close() {
    return this.#pool.close();
  }
}

/** Runs `work` over the items, `concurrency` at a time; `work` gets the item and the worker's number. */
export async function inParallel(items, concurrency, work) {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: concurrency }, async (_, worker) => {
      for (const item of queue) await work(item, worker);
    }),
  );
}

/** Begins `work` on an item so many times a second, however long each takes; `work` gets the item and its number. */
export async function atRate(items, perSecond, work) {
  const running = [];
  const began = performance.now();
  for (const [n, item] of items.entries()) {
    await sleep(Math.max(0, began + (n * 1000) / perSecond - performance.now()));
    const one = work(item, n);
    one.catch(() => undefined); // told by the last line
    running.push(one);
  }
  await Promise.all(running);
}
