import { z } from 'zod';

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** What a reader asks the publisher: the digests of the files these signed bytes give, or to lay an edition's files out anew. `content`: SHA-256 of the signed bytes. */
export const readerQuestion = z.discriminatedUnion('ask', [
  z.object({ ask: z.literal('digests'), id: z.number().int(), content: z.string(), signed: bytes }),
  z.object({ ask: z.literal('renew'), id: z.number().int(), content: z.string() }),
]);
export type ReaderQuestion = z.infer<typeof readerQuestion>;

/** What the publisher tells a reader: its answer to a question, or that an address changed. `digests`: by name; `fault`: why there is no answer. */
export const publisherWord = z.discriminatedUnion('tell', [
  z.object({
    tell: z.literal('answer'),
    id: z.number().int(),
    digests: z.record(z.string(), z.string()).optional(),
    fault: z.string().optional(),
  }),
  z.object({
    tell: z.literal('changed'),
    address: z.object({ organ: z.string(), year: z.number().int(), edition: z.number().int().nullable() }),
  }),
]);
export type PublisherWord = z.infer<typeof publisherWord>;
