import type { Say } from './words.js';

/** What a report is called in the language spoken: its organ and year. */
export const reportName = (
  say: Say,
  { organName, year }: { readonly organName: string; readonly year: number },
): string => say('name.report', { organ: organName, year });
