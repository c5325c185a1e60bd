// What the API answers, by the schemas it is validated with. Types only: no schema is sent to the browser for them.
import type { z } from 'zod';
import type { ReportDetail } from '#contracts/http/drafting.api';
import type { CaseLine, Deadlines, Inbox, Me, Names, ReportLines } from '#contracts/http/gateway.api';
import type { CaseDifference, CaseEdition, LegCaseDetail } from '#contracts/http/leg.api';
import type { PublicNotice } from '#report/notice/public-notice';
import type { AnnualReport } from '#report/model';
import type { ReportComparison } from '#report/comparison/compare-reports';

export type { Problem } from '#contracts/http/problem.api';
export type Me = z.infer<typeof Me>;
export type Inbox = z.infer<typeof Inbox>;
export type InboxItem = Inbox['items'][number];
export type CaseLine = z.infer<typeof CaseLine>;
export type ReportLines = z.infer<typeof ReportLines>;
export type Deadlines = z.infer<typeof Deadlines>;
export type Names = z.infer<typeof Names>;
export type LegCase = z.infer<typeof LegCaseDetail>;
export type Seat = LegCase['seats'][number];
export type Signable = LegCase['signable'][number];
export type Check = z.infer<typeof ReportDetail>['checks'][number];

/** A report with its text as the report library knows it; the services parse it before they keep it. */
export type Report = Omit<z.infer<typeof ReportDetail>, 'report' | 'notices'> & {
  readonly report: AnnualReport | null;
  readonly notices: readonly { readonly case: string; readonly digest: string; readonly notice: PublicNotice }[];
};

/** The text under sign-off as its leg has it. */
export type Edition = Omit<z.infer<typeof CaseEdition>, 'report'> & { readonly report: AnnualReport | null };

/** What changed since one signed last; `cells` only those that differ. */
export type Difference = Omit<z.infer<typeof CaseDifference>, 'comparison'> & {
  readonly comparison: Pick<ReportComparison, 'cells' | 'title' | 'preface' | 'chapters'> | null;
};
