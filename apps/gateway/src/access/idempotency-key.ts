import type { FastifyRequest } from 'fastify';

/** Any visible ASCII text of up to 200 characters. */
const KEY = /^[\x21-\x7e]{1,200}$/;

/** The Idempotency-Key of a request; null when there is none, or none that can be one. */
export function keyIn(headers: FastifyRequest['headers']): string | null {
  const key = headers['idempotency-key'];
  return typeof key === 'string' && KEY.test(key) ? key : null;
}
