import { z } from 'zod';
import { UuidField } from '../fields.js';

/** A chapter by its number; 0 is what stands before the first. */
const Chapter = z.int().min(0).max(15);

/** At which chapter of a report one is; null: one leaves it. */
export const ShowPresence = z.strictObject({ chapter: Chapter.nullable() }).meta({ id: 'ShowPresence' });

/** Who else has the report open for writing now, by name and chapter. */
export const OthersPresent = z
  .object({ others: z.array(z.object({ person: UuidField, name: z.string(), chapter: Chapter })) })
  .meta({ id: 'OthersPresent' });
