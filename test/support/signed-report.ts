import { editionBytes } from '#report/edition';
import type { AnnualReport } from '#report/model';

/** The signed bytes of a report as somebody's first edition. */
export function signedReport(report: AnnualReport): Uint8Array {
  return editionBytes({
    schema: 'sunward.edition/1',
    document: '00000000-0000-4000-8000-000000000001',
    edition: 1,
    kind: 'annual-report',
    organ: { code: 'xiangyang', name: report.organName, level: 'county' },
    year: report.year,
    format: report.format,
    report,
    attachments: [],
  });
}
