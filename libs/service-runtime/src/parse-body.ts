import type { z } from 'zod';
import { MalformedRequest } from './problem.filter.js';

/** A request's body by its schema, where the schema is known only when the request is there. Throws MalformedRequest. */
export function parseBody<S extends z.ZodType>(schema: S, body: unknown): z.infer<S> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new MalformedRequest(parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), message })));
}
