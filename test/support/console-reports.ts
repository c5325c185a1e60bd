import { randomUUID } from 'node:crypto';
import type { AnnualReport } from '#report/model';
import { legPath, type People, signable, signStages, submitExplained, type Submitted, submitReport } from './chain.js';
import { eventually, type Reply } from './client.js';
import { reportOf } from './console-district.js';

function ok({ status, body }: Reply, what: string): Reply['body'] {
  if (status >= 300) throw new Error(`${what}: ${status} ${JSON.stringify(body)}`);
  return body;
}

/** Submits the report of an organ and has it signed by the stages given. */
export async function submitted(people: People, organ: string, stages: readonly string[]): Promise<Submitted> {
  const report = await submitReport(people, organ, reportOf(organ));
  await signStages(people, report, stages);
  return report;
}

/** Waits until the inbox of somebody has a seat of each case. */
export async function arrived(people: People, login: string, cases: readonly Submitted[]): Promise<void> {
  await eventually(`${login} has ${cases.length} cases`, async () => {
    const { items } = ok(await people[login]!.get('/inbox'), 'inbox') as { items: { case: string }[] };
    return cases.every((one) => items.some((item) => item.case === one.case)) ? true : undefined;
  });
}

/** Somebody whose turn it is returns the case to the drafter. */
export async function returned(people: People, login: string, leg: string, { case: caseId }: Submitted): Promise<void> {
  const client = people[login]!;
  const { seat } = await signable(client, leg, caseId);
  const { content } = ok(await client.get(legPath(leg, caseId)), 'case') as { content: string };
  ok(
    await client.command(`${legPath(leg, caseId)}/returns`, { seat, content, reason: '第六章请补充一句。' }),
    'return',
  );
}

/** The drafter changes the text of a returned report and submits it again. */
export async function changedAndSubmitted(
  people: People,
  { document, organ }: Submitted,
  change: (report: AnnualReport) => AnnualReport,
): Promise<Submitted> {
  const drafter = people['drafter']!;
  const seen = await eventually('the report is back with its drafter', async () => {
    const body = ok(await drafter.get(`/reports/${document}`), 'report');
    return body.state === 'returned' ? body : undefined;
  });
  const body = { baseRevision: seen.revision, report: change(seen.report as AnnualReport), importedFrom: null };
  const saved = ok(await drafter.command(`/reports/${document}/revisions`, body, randomUUID()), 'revision');
  const again = await submitExplained(drafter, document, saved);
  return { document, organ, case: again.case, content: again.content };
}

/** The last chapter with a word changed in its first paragraph and one more paragraph. */
export function withMoreInLastChapter(report: AnnualReport): AnnualReport {
  const last = report.chapters.at(-1);
  if (last === undefined) throw new Error('a report without chapters');
  const [first = '', ...rest] = last.paragraphs;
  const paragraphs = [first.replace(/。$/, '，并定期公布进展。'), ...rest, '下一年继续加强对基层单位的业务指导。'];
  return { ...report, chapters: [...report.chapters.slice(0, -1), { ...last, paragraphs }] };
}

/** A report its deputy leader signed before, that came back changed and waits for him again. */
export async function signedAndChanged(people: People, organ: string): Promise<Submitted> {
  const first = await submitted(people, organ, ['first-review', 'secrecy-review', 'countersign', 'deputy']);
  await returned(people, 'principal', 'approval', first);
  const again = await changedAndSubmitted(people, first, withMoreInLastChapter);
  await signStages(people, again, ['first-review', 'secrecy-review', 'countersign']);
  return again;
}
