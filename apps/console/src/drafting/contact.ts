import type { AnnualReport, Contact } from '#report/model';
import { contactOf, organNameOf } from '#report/readers/front-matter';

/** The details by which readers reach the office, in the order of the form. */
export const CONTACT_FIELDS = ['address', 'postcode', 'phone', 'email'] as const satisfies readonly (keyof Contact)[];

/** The report with another title; the name of the organ is what stands in it before the year. */
export function withTitle(report: AnnualReport, title: string): AnnualReport {
  const organName = organNameOf(title);
  return organName === '' || organName === title.trim() ? { ...report, title } : { ...report, title, organName };
}

/** The report with another preface; contact details that were what the preface said go on being that, others stay as somebody wrote them. */
export function withPreface(report: AnnualReport, preface: string): AnnualReport {
  const [was, is] = [contactOf(report.preface) ?? {}, contactOf(preface) ?? {}];
  const details = CONTACT_FIELDS.flatMap((field) => {
    const now = report.contact?.[field];
    const next = now === was[field] ? is[field] : now;
    return next === undefined ? [] : [[field, next] as const];
  });
  return withDetails({ ...report, preface }, Object.fromEntries(details));
}

/** The report with one contact detail written; without words there is none. */
export function withDetail(report: AnnualReport, field: keyof Contact, text: string): AnnualReport {
  const { [field]: _, ...others } = report.contact ?? {};
  return withDetails(report, text.trim() === '' ? others : { ...others, [field]: text });
}

function withDetails(report: AnnualReport, details: Contact): AnnualReport {
  if (Object.keys(details).length > 0) return { ...report, contact: details };
  const { contact: _, ...others } = report;
  return others;
}
