import type { CaseKind } from '#domain/case-kind';
import { isRefusal } from '#domain/decision';
import { parseEdition } from '#report/edition';
import type { AnnualReport } from '#report/model';
import type { NoticeKind, PublicNotice } from '#report/notice/public-notice';
import { changesBetween } from '#report/notice/report-changes';
import { type Changes, id } from './bundle-builder.js';
import { DOCUMENT, type PublicationWorld, sampleEdition, type Sealed } from './publication-world.js';

/** Why every correction, withdrawal and emergency here is made. */
export const REASON = '录入时数字颠倒。';

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

/** The signed bytes of an edition of the sample. */
export const contentOf = (edition: number): Promise<Uint8Array> => sampleEdition(edition, written(edition));

async function reportOf(edition: number): Promise<AnnualReport> {
  const parsed = parseEdition(await contentOf(edition));
  if (isRefusal(parsed)) throw new Error(parsed.refused);
  return parsed.report;
}

async function noticeOf(kind: NoticeKind, edition: number, replaces: number | null): Promise<PublicNotice> {
  const isText = kind !== 'withdraw' && replaces !== null;
  const changes = isText ? changesBetween(await reportOf(replaces), await reportOf(edition)) : null;
  return { schema: 'sunward.notice/1', kind, document: DOCUMENT, edition, replaces, reason: REASON, changes };
}

/** What an act is to be beside what its kind makes of it; `notice` and `changes` may make it untrue. */
export interface WantedAct {
  readonly replaces?: number | null;
  readonly notice?: (notice: PublicNotice) => PublicNotice;
  readonly changes?: Changes;
}

/** Seals a case of a kind about an edition of the sample. */
export async function sealAct(
  world: PublicationWorld,
  kind: CaseKind,
  edition: number,
  wanted: WantedAct = {},
): Promise<Sealed> {
  const replaces = kind === 'correct' ? edition - 1 : kind === 'withdraw' ? edition : null;
  const told =
    kind === 'publish' || kind === 'ratify' ? null : await noticeOf(kind, edition, wanted.replaces ?? replaces);
  const notice = told === null ? null : (wanted.notice ?? ((same) => same))(told);
  const content = await contentOf(edition);
  cases += 1;
  const about = { kind, edition, case: id(2000 + cases), version: cases, content, notice };
  return world.sealKind(about, wanted.changes);
}

/** Seals and releases it and lets it take effect on the own site. */
export async function letHappen(
  world: PublicationWorld,
  kind: CaseKind,
  edition: number,
  wanted: WantedAct = {},
): Promise<Sealed> {
  const act = await sealAct(world, kind, edition, wanted);
  await world.release(act);
  await world.publisher().drain();
  return act;
}
