import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Client, eventually, type Reply } from './client.js';
import { STAGES } from './district.js';

/** The signed-in people of a test district by login. */
export type People = Readonly<Record<string, Client>>;

export interface Submitted {
  readonly document: string;
  readonly case: string;
  readonly content: string;
  readonly organ: string;
}

/** A file of the sample as its drafter hands it in once the checks have been heeded: a district speaks of 全区, not 全市. */
export function corrected(bytes: Uint8Array): Buffer {
  return Buffer.from(Buffer.from(bytes).toString('utf8').replaceAll('全市', '全区'));
}

const SAMPLE = corrected(readFileSync(new URL('../../samples/xiangyang-2020.txt', import.meta.url)));

/** Signs in everybody of the accounts file and steps them up once, so that they may sign for five minutes. */
export async function signInAll(
  base: string,
  accounts: readonly { login: string; password: string }[],
): Promise<People> {
  const people: Record<string, Client> = {};
  for (const { login, password } of accounts) {
    people[login] = await (await new Client(base, login, password).signIn()).stepUp();
  }
  return people;
}

function person(people: People, login: string): Client {
  const found = people[login];
  if (!found) throw new Error(`nobody is called ${login}`);
  return found;
}

function ok(reply: Reply, what: string): Reply['body'] {
  if (reply.status >= 300) throw new Error(`${what}: ${reply.status} ${JSON.stringify(reply.body)}`);
  return reply.body;
}

/** Sends a command until somebody is there to answer it, always under one key, as clients do. */
async function insist(client: Client, path: string, body: object, key: string = randomUUID()): Promise<Reply['body']> {
  return eventually(
    `${client.login} ${path}`,
    async () => {
      const reply = await reached(client.command(path, body, key));
      return reply === undefined ? undefined : ok(reply, path);
    },
    60_000,
  );
}

/** A sentence for every warning, as somebody gives it who has looked at each. */
export function explanationsOf(
  checks: readonly { key: string; status: string; severity: string }[],
): { check: string; sentence: string }[] {
  return checks
    .filter(({ status, severity }) => status === 'fail' && severity === 'W')
    .map(({ key }) => ({ check: key, sentence: '已与原件核对，按原文保留。' }));
}

const CHECKS_MOVED = new Set(['warnings_unexplained', 'explanation_outdated']);

/**
 * Submits with a sentence for every warning as it is now: a report of another organ that goes public in between may resemble this one, which is a
 * warning nobody had seen.
 */
export async function submitExplained(
  drafter: Client,
  document: string,
  { revision, digest }: { revision: number; digest: string },
): Promise<Reply['body']> {
  const path = `/reports/${document}/submissions`;
  let attempt: { key: string; body: object } | undefined;
  return eventually(
    `${drafter.login} ${path}`,
    async () => {
      const seen = attempt === undefined ? await reached(drafter.get(`/reports/${document}`)) : undefined;
      if (seen?.status === 200) {
        const explanations = explanationsOf(seen.body.checks);
        attempt = { key: randomUUID(), body: { revision, digest, notBefore: null, explanations } };
      }
      if (attempt === undefined) return undefined;
      const reply = await reached(drafter.command(path, attempt.body, attempt.key));
      if (reply === undefined) return undefined; // nobody there: the same again under the same key
      if (!CHECKS_MOVED.has(reply.body.code)) return ok(reply, path);
      attempt = undefined;
      return undefined;
    },
    60_000,
  );
}

/** Starts the 2020 report of an organ, imports the sample (or other bytes) and submits it. */
export async function submitReport(people: People, organ: string, bytes: Uint8Array = SAMPLE): Promise<Submitted> {
  const drafter = person(people, 'drafter');
  const { document } = await insist(drafter, '/reports', { organ, year: 2020 });
  const file = { baseRevision: 0, fileName: 'report.txt', bytes: Buffer.from(bytes).toString('base64') };
  const saved = await insist(drafter, `/reports/${document}/imports`, file);
  const submitted = await submitExplained(drafter, document, saved);
  return { document, case: submitted.case, content: submitted.content, organ };
}

export const legPath = (leg: string, caseId: string): string => `/${leg}-cases/${caseId}`;

/** A seat somebody may sign, with the items he has to go through. */
interface SignableSeat {
  readonly seat: string;
  readonly digest: string;
  readonly stage: string;
  readonly checklist: readonly { readonly id: string }[];
}

/** Waits until this person has a signable seat at the case, opens the content as people do, and answers the seat. */
export async function signable(client: Client, leg: string, caseId: string): Promise<SignableSeat> {
  return eventually(
    `${client.login} may sign in the ${leg} leg of ${caseId}`,
    async () => {
      const reply = await reached(client.get(legPath(leg, caseId)));
      const { content, signable: seats } = reply?.status === 200 ? reply.body : { content: '', signable: [] };
      const [first] = seats;
      if (first === undefined) return undefined;
      const viewed = await reached(
        client.command(`${legPath(leg, caseId)}/views`, { content }, `${caseId}.${content}.viewed`),
      );
      return viewed?.status === 200 ? first : undefined;
    },
    60_000,
  );
}

/** What is sent to sign a seat, every item of its checklist confirmed. */
export function signatureOn({ seat, digest, checklist }: SignableSeat): object {
  return { seat, statement: digest, checked: checklist.map(({ id }) => id) };
}

/** Signs the seats of the stages given, in order. While a service is away the same request is repeated, as clients do. */
export async function signStages(people: People, submitted: Submitted, stages: readonly string[]): Promise<void> {
  for (const stage of STAGES.filter(({ id }) => stages.includes(id))) {
    await signNext(person(people, stage.role), stage.leg, submitted.case, `${submitted.content}.${stage.id}`);
  }
}

/** Waits for this person's turn in a leg and signs the seat; `once` tells this signature from others of the case. */
export async function signNext(client: Client, leg: string, caseId: string, once: string): Promise<void> {
  const body = signatureOn(await signable(client, leg, caseId));
  await insist(client, `${legPath(leg, caseId)}/signatures`, body, `${caseId}.${once}`);
}

/** The reply, or undefined when nobody was there to give one: the gateway is down, or the service behind it. */
async function reached(sending: Promise<Reply>): Promise<Reply | undefined> {
  const reply = await sending.catch((error: unknown) => {
    // fetch could not connect, or the connection broke. Not instanceof: the error comes from outside Jest's realm.
    if (String(error).startsWith('TypeError: ')) return undefined;
    throw error;
  });
  return reply === undefined || reply.status >= 500 ? undefined : reply;
}

export const ALL_STAGES = STAGES.map(({ id }) => id);

/** The public page of an organ once every file beside it is made. */
export function wholePage(siteUrl: string, organ: string): Promise<string> {
  const url = `${siteUrl}/xxgk/ndbg/${organ}/2020/`;
  return eventually(
    `${url} offers every file`,
    async () => {
      const page = await fetch(url).then((response) => (response.status === 200 ? response.text() : ''));
      return page === '' || page.includes('data-missing=') ? undefined : page;
    },
    120_000,
  );
}

/** Waits until the page of the organ is public and answers its evidence and report bytes. */
export async function liveFiles(
  siteUrl: string,
  organ: string,
  withinMs = 60_000,
): Promise<{ url: string; report: Uint8Array; evidence: Uint8Array; page: string }> {
  const url = `${siteUrl}/xxgk/ndbg/${organ}/2020/`;
  const page = await eventually(
    `${url} is public`,
    async () => {
      const response = await fetch(url).catch(() => undefined);
      return response?.status === 200 ? response.text() : undefined;
    },
    withinMs,
  );
  const bytes = async (name: string): Promise<Uint8Array> => {
    const response = await fetch(url + name);
    if (response.status !== 200) throw new Error(`${url}${name}: ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  };
  return { url, page, report: await bytes('report.json'), evidence: await bytes('evidence.json') };
}
