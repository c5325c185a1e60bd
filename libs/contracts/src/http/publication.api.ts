import { z } from 'zod';
import { CASE_KINDS } from '#domain/case-kind';
import { DigestField, InstantField, UuidField } from '../fields.js';

/** How publication stands for one document: every edition it knows, newest first. */
export const PublicationDetail = z
  .object({
    document: UuidField,
    live: z
      .object({ edition: z.int(), path: z.string(), url: z.url(), at: InstantField, receipt: DigestField })
      .nullable(),
    editions: z.array(
      z.object({
        edition: z.int(),
        case: UuidField,
        kind: z.enum(CASE_KINDS).nullable(),
        content: DigestField,
        state: z.enum([
          'waiting',
          'publishing',
          'live',
          'superseded',
          'withdrawn',
          'done',
          'passed',
          'held',
          'dropped',
        ]),
        attempts: z.int(),
        defect: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'PublicationDetail' });
