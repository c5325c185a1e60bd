import { z } from 'zod';
import { DigestField, InstantField, Leg, UuidField } from './fields.js';

const Passage = z.union([
  z.strictObject({ chapter: z.int(), paragraph: z.int().nonnegative() }),
  z.strictObject({ part: z.enum(['title', 'preface']) }),
]);

/** What a note is bound to, as the report library makes it: a cell, a chapter, or a quotation with what stood around it. */
export const AnchorField = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('cell'), cell: z.string(), text: z.string() }),
  z.strictObject({ kind: z.literal('chapter'), chapter: z.int(), title: z.string() }),
  z.strictObject({
    kind: z.literal('sentence'),
    passage: Passage,
    quote: z.string(),
    sentence: z.string(),
    at: z.int().nonnegative(),
    before: z.string(),
    after: z.string(),
    twins: z.int().nonnegative(),
    ordinal: z.int(),
    rivals: z.array(z.strictObject({ text: z.string(), times: z.int() })),
  }),
]);

/** A place in a report as it stands: a cell, a chapter, or characters of a passage. */
export const PlaceField = z.union([
  z.strictObject({ cell: z.string() }),
  z.strictObject({ chapter: z.int() }),
  z.strictObject({ passage: Passage, from: z.int().nonnegative(), to: z.int().nonnegative() }),
]);

/** Where what a note is bound to stands now; `text` is what stands there, or what stood there when it is not found. */
export const FoundField = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('exact'), place: PlaceField, text: z.string() }),
  z.strictObject({ state: z.literal('moved'), place: PlaceField, text: z.string(), likeness: z.number() }),
  z.strictObject({ state: z.literal('ambiguous'), places: z.array(PlaceField), text: z.string() }),
  z.strictObject({ state: z.literal('gone'), text: z.string() }),
]);

/** A suggestion as it travels through the content store, canonical JSON. `replacement` stands for the quotation or figure; '' strikes it out. */
export const SuggestionDocument = z.strictObject({
  schema: z.literal('sunward.suggestion/1'),
  note: UuidField,
  leg: Leg,
  case: UuidField,
  round: z.int().positive(),
  document: UuidField,
  content: DigestField,
  anchor: AnchorField,
  replacement: z.string(),
  author: UuidField,
  at: InstantField,
});
