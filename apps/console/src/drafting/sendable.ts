import type { AnnualReport, Chapter, Contact } from '#report/model';
import { withoutUnsafeCharacters } from '#report/text-safety';

/** What of the text on the screen is kept: paragraphs nobody has written anything into are no part of the report. */
export function sendable(report: AnnualReport): AnnualReport {
  return {
    ...report,
    title: oneLine(report.title) || report.organName,
    preface: withoutUnsafeCharacters(report.preface),
    chapters: report.chapters.map(sendableChapter),
    ...(report.contact === undefined ? {} : { contact: sendableContact(report.contact) }),
  };
}

const sendableContact = (contact: Contact): Contact =>
  Object.fromEntries(Object.entries(contact).map(([field, text]: [string, string]) => [field, oneLine(text).trim()]));

function sendableChapter(chapter: Chapter): Chapter {
  const paragraphs = chapter.paragraphs.map(oneLine);
  const isKept = (text: string): boolean => text.trim() !== '';
  const { tableAt, ...rest } = chapter;
  const kept = { ...rest, paragraphs: paragraphs.filter(isKept) };
  return tableAt === undefined ? kept : { ...kept, tableAt: paragraphs.slice(0, tableAt).filter(isKept).length };
}

const oneLine = (text: string): string => withoutUnsafeCharacters(text).replaceAll('\n', ' ');

/** Where a paragraph of what is kept stands on the screen. */
export function shownParagraph({ paragraphs }: Chapter, kept: number): number {
  let seen = -1;
  const at = paragraphs.findIndex((text) => {
    if (text.trim() !== '') seen += 1;
    return seen === kept;
  });
  return Math.max(0, at);
}
