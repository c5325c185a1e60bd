import { z } from 'zod';
import { isRefusalCode, refusals, refusalSentence } from '../refusals.js';

/** RFC 9457 problem document; `code` is stable, `detail` is Chinese, `detailEn` English, `data` carries the numbers. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    detailEn: z.string(),
    data: z.record(z.string(), z.unknown()).optional(),
    errors: z.array(z.object({ field: z.string(), message: z.string(), messageEn: z.string() })).optional(),
    correlationId: z.string().optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;

/** Media type of problem answers (RFC 9457). */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json; charset=utf-8';

/** The problem document of a refusal. An unknown code is a defect of the caller and throws. */
export function problemOf(code: string, data: Readonly<Record<string, unknown>> = {}): Problem {
  if (!isRefusalCode(code)) throw new Error(`no refusal text for code ${code}`);
  const { status } = refusals[code];
  return {
    type: `urn:sunward:refusal:${code}`,
    title: code,
    status,
    code,
    detail: refusalSentence(code, 'zh', data),
    detailEn: refusalSentence(code, 'en', data),
    ...(Object.keys(data).length > 0 ? { data } : {}),
  };
}
