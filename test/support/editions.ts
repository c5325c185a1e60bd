import type { CaseKind } from '#domain/case-kind';
import { isRefusal } from '#domain/decision';
import { parseEdition } from '#report/edition';
import type { AnnualReport } from '#report/model';
import type { NoticeKind, PublicNotice } from '#report/notice/public-notice';
import { changesBetween } from '#report/notice/report-changes';
import { id } from './bundle-builder.js';
import { DOCUMENT, type PublicationWorld, sampleEdition, type Sealed } from './publication-world.js';

let cases = 0;

/** The sample, each edition with one figure and one sentence of its own. */
const written =
  (edition: number) =>
  (report: AnnualReport): AnnualReport => {
    if (edition === 1) return report;
    const [cell] = Object.keys(report.tables['t2'] ?? {});
    const now = { state: 'value' as const, value: `${820 + edition}`, original: `${820 + edition}` };
    const chapters = report.chapters.map((chapter, index) =>
      index === 0 ? { ...chapter, paragraphs: [...chapter.paragraphs, `第${edition}版补充说明。`] } : chapter,
    );
    return { ...report, chapters, tables: { ...report.tables, t2: { ...report.tables['t2'], [cell ?? '']: now } } };
  };

async function reportOf(edition: number): Promise<AnnualReport> {
  const parsed = parseEdition(await sampleEdition(edition, written(edition)));
  if (isRefusal(parsed)) throw new Error(parsed.refused);
  return parsed.report;
}

async function noticeOf(kind: NoticeKind, edition: number): Promise<PublicNotice> {
  const replaces = kind === 'correct' ? edition - 1 : kind === 'withdraw' ? edition : null;
  const changes = kind === 'correct' ? changesBetween(await reportOf(edition - 1), await reportOf(edition)) : null;
  const reason = '录入时数字颠倒。';
  return { schema: 'sunward.notice/1', kind, document: DOCUMENT, edition, replaces, reason, changes };
}

/** Seals a case of a kind about an edition of the sample. */
export async function sealAct(world: PublicationWorld, kind: CaseKind, edition: number): Promise<Sealed> {
  const notice = kind === 'publish' || kind === 'ratify' ? null : await noticeOf(kind, edition);
  const content = await sampleEdition(edition, written(edition));
  cases += 1;
  return world.sealKind({ kind, edition, case: id(3000 + cases), version: 100 + cases, content, notice });
}

/** Seals and releases it and lets it take effect on the own site. */
export async function letHappen(world: PublicationWorld, kind: CaseKind, edition: number): Promise<Sealed> {
  const act = await sealAct(world, kind, edition);
  await world.release(act);
  await world.publisher().drain();
  return act;
}
