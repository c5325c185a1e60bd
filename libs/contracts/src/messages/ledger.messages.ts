import { z } from 'zod';
import { DigestField } from '../fields.js';

/** An entry was written. Its hash is all the log learns of it; `proof`: the service wants to be told how it is included. */
export const EntryRecorded = z.strictObject({ leaf: DigestField, proof: z.boolean() });

/** The log has a new signed head; `checkpoint` is the note in the content store. */
export const Checkpointed = z.strictObject({ size: z.int().positive(), checkpoint: DigestField });

/** Entries the subscriber wanted proved are in the log; `proofs` is the document with their proofs in the content store. */
export const EntriesIncluded = z.strictObject({ size: z.int().positive(), proofs: DigestField });

export const entryMessages = {
  'gateway.entry-recorded': EntryRecorded,
  'drafting.entry-recorded': EntryRecorded,
  'review.entry-recorded': EntryRecorded,
  'approval.entry-recorded': EntryRecorded,
  'publication.entry-recorded': EntryRecorded,
} as const;

export const ledgerMessages = {
  'ledger.checkpointed': Checkpointed,
  'ledger.included': EntriesIncluded,
} as const;
