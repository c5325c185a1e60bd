import { z } from 'zod';
import { InstantField } from '../fields.js';

/**
 * What an attempt to publish does, in this order: takes the job up, proves its evidence, lays the page out, lays the files down, moves the address,
 * reads back over it, labels earlier editions, signs the receipt. `files-added`: files made later, put beside the public page.
 */
export const PUBLICATION_STEPS = [
  'begun',
  'proof',
  'page',
  'files',
  'address',
  'read-back',
  'labels',
  'receipt',
  'files-added',
] as const;

const FileSize = z.strictObject({ name: z.string(), sizeBytes: z.int() });

/** What a step found, each as it was measured; only what belongs to the step is there. Never text of the report. */
export const StepFigures = z
  .strictObject({
    /** `proof`: counted seats, when they were sealed. */
    signatures: z.int().optional(),
    signedAt: InstantField.optional(),
    /** `page`: its bytes. */
    sizeBytes: z.int().optional(),
    /** `files`, `files-added`: what was laid down; `follow`: what was not made by then. */
    files: z.array(FileSize).optional(),
    follow: z.array(z.string()).optional(),
    /** `address`: which, how many links; `by`: the edition that was there already, so that nothing was moved. */
    path: z.string().optional(),
    links: z.int().optional(),
    by: z.int().optional(),
    /** `read-back`: from where; files with equal bytes, paragraphs and figures equal to the signed ones, required tags that say something, and the names of the others. */
    url: z.string().optional(),
    read: z.int().optional(),
    /** Files made of the signed bytes that gave no answer in time; nothing that was signed waits for them. */
    unread: z.int().optional(),
    texts: z.int().optional(),
    cells: z.int().optional(),
    tags: z.strictObject({ found: z.int(), of: z.int(), missing: z.array(z.string()) }).optional(),
    /** `read-back` of a withdrawal: addresses that answer that it was withdrawn. */
    gone: z.int().optional(),
    /** `labels`: editions whose page says now that there is a newer one. */
    editions: z.array(z.int()).optional(),
    /** `receipt`: its digest. */
    receipt: z.string().optional(),
  })
  .meta({ id: 'StepFigures' });

/** Why something failed and how to mend it. */
export const PublicationCause = z
  .object({ code: z.string(), zh: z.string(), en: z.string(), mendZh: z.string(), mendEn: z.string() })
  .meta({ id: 'PublicationCause' });

/** One step of an attempt; `cause` is there when it failed. */
export const PublicationStep = z
  .object({
    step: z.enum(PUBLICATION_STEPS),
    startedAt: InstantField,
    tookMs: z.number(),
    figures: StepFigures,
    cause: PublicationCause.nullable(),
  })
  .meta({ id: 'PublicationStep' });

/** `broken`: it ended without a word, because its process died or another one took the job over. */
export const ATTEMPT_STATES = ['running', 'done', 'failed', 'broken'] as const;

/** One attempt to publish, with the steps it told of. */
export const PublicationAttempt = z
  .object({
    attempt: z.int(),
    state: z.enum(ATTEMPT_STATES),
    startedAt: InstantField,
    steps: z.array(PublicationStep),
  })
  .meta({ id: 'PublicationAttempt' });
