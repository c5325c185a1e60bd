import type { z } from 'zod';
import type { DraftingContext } from '#contracts/http/drafting.api';
import { isRefusal, type Refusal } from '#domain/decision';
import type { Handle } from '#persistence/sql';
import { lastYearOf, profileFor } from '../check-context.js';
import { reportToWrite } from '../drafting-rights.js';
import { findReport } from '../persistence/report.repository.js';
import { settingsInForce } from '#report/rules/national-settings';

/** What the checks know besides the text. Refuses not_found, not_allowed. */
export async function viewContext(
  handle: Handle,
  document: string,
  person: string,
): Promise<z.infer<typeof DraftingContext> | Refusal<'not_found' | 'not_allowed'>> {
  const report = await reportToWrite(handle, await findReport(handle, document), person);
  if (isRefusal(report)) return report;
  const profile = await profileFor(handle, report.organ);
  const lastYear = await lastYearOf(handle, report);
  return { document, settings: settingsInForce(), profile: profile ?? null, lastYear: lastYear ?? null };
}
