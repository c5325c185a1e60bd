import { readFileSync } from 'node:fs';
import { corrected, legPath, type People, signNext, submitExplained } from './chain.js';
import { type Client, eventually } from './client.js';

/** Who signs in the demonstration's district, in the order of its route. */
const SIGNERS = ['li.hua', 'wang.qiang', 'liu.fang', 'chen.jie', 'yang.bo', 'zhou.jianguo'];
const LEGS = ['review', 'approval'] as const;
const sample = corrected(readFileSync(new URL('../../samples/xiangyang-2020.txt', import.meta.url))).toString();

/** One line of the list of reports. */
export interface ReportLine {
  readonly document: string;
  readonly organ: string;
  readonly organName: string;
  readonly state: string;
  readonly case: string | null;
  readonly caseState: string | null;
}

/** Somebody of the installation; throws when nobody is called so. */
export function personOf(people: People, login: string): Client {
  const found = people[login];
  if (!found) throw new Error(`nobody is called ${login}`);
  return found;
}

/** The drafter's line of an organ's report of 2020. */
export async function lineOf(people: People, organ: string): Promise<ReportLine> {
  const { status, body } = await personOf(people, 'zhang.min').get(`/reports?organ=${organ}&year=2020`);
  const found = status === 200 ? body.items.find((line: ReportLine) => line.organ === organ) : undefined;
  if (!found) throw new Error(`no report of ${organ}: ${status} ${JSON.stringify(body)}`);
  return found as ReportLine;
}

/** Whose turn it is in which leg, asked of each person himself; undefined when nobody can sign now. */
async function nextTurn(people: People, caseId: string): Promise<{ client: Client; leg: string } | undefined> {
  for (const leg of LEGS)
    for (const login of SIGNERS) {
      const client = personOf(people, login);
      const { status, body } = await client.get(legPath(leg, caseId));
      if (status === 200 && body.state === 'in-review' && body.signable.length > 0) return { client, leg };
    }
  return undefined;
}

/** Has every seat of a case signed that is still open, by whoever may; answers how many signatures that took. */
export async function signToTheEnd(people: People, caseId: string): Promise<number> {
  for (let signatures = 0; ; signatures += 1) {
    const next = await eventually(`somebody can sign ${caseId}, or all have`, async () => {
      const turn = await nextTurn(people, caseId);
      if (turn) return turn;
      const { status, body } = await personOf(people, 'zhang.min').get(legPath('approval', caseId));
      return status === 200 && ['approved', 'released', 'done'].includes(body.state) ? 'all' : undefined;
    });
    if (next === 'all') return signatures;
    await signNext(next.client, next.leg, caseId, `${next.client.login}.${signatures}`);
  }
}

/** Imports the organ's text, a word of it changed, as the next revision and submits it. Answers the case. */
export async function submitAnew(people: People, organ: string): Promise<string> {
  const drafter = personOf(people, 'zhang.min');
  const { document, organName } = await lineOf(people, organ);
  const { body: report } = await drafter.get(`/reports/${document}`);
  const text = sample.replaceAll('向阳区人民政府', organName).replace('取得了一定成效', '取得了新的成效');
  const file = { baseRevision: report.revision, fileName: 'anew.txt', bytes: Buffer.from(text).toString('base64') };
  const saved = await drafter.command(`/reports/${document}/imports`, file);
  if (saved.status >= 300) throw new Error(`${organ}: ${saved.status} ${JSON.stringify(saved.body)}`);
  return (await submitExplained(drafter, document, saved.body)).case as string;
}
