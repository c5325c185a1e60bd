import type { FastifyReply, FastifyRequest } from 'fastify';
import { RefusalError } from '#service-runtime/refusal-error';
import { keyIn } from '../access/idempotency-key.js';
import type { InnerService, PassedAnswer, ServiceDoor, Visitor } from './service-door.js';

/** Whose request goes where, and how it is answered. */
export interface PassContext {
  readonly door: ServiceDoor;
  readonly service: InnerService;
  readonly session: Visitor;
  readonly reply: FastifyReply;
}

/** Passes a command on under its Idempotency-Key and answers what the service answered. Refuses key_required. */
export async function passCommand(
  context: PassContext,
  headers: FastifyRequest['headers'],
  path: string,
  body: object,
): Promise<void> {
  await pass(context, { method: 'POST', path, body: JSON.stringify(body), key: keyOf(headers) });
}

/** The Idempotency-Key of a command. Refuses key_required. */
export function keyOf(headers: FastifyRequest['headers']): string {
  const key = keyIn(headers);
  if (key === null) throw new RefusalError('key_required');
  return key;
}

/** Passes on a question that needs a body and changes nothing; repeating it costs work, not consistency, so it takes no key. */
export async function passQuestion(context: PassContext, path: string, body: object): Promise<void> {
  await pass(context, { method: 'POST', path, body: JSON.stringify(body), key: null });
}

/** Passes a read on and answers what the service answered. */
export async function passRead(context: PassContext, path: string): Promise<void> {
  await pass(context, { method: 'GET', path, body: null, key: null });
}

/** Passes a read on; what the service lets this person see is answered with what `more` adds to it. */
export async function passReadWith(context: PassContext, path: string, more: () => Promise<object>): Promise<void> {
  const { door, service, session, reply } = context;
  const answer = await door.pass(service, session, { method: 'GET', path, body: null, key: null });
  const body =
    answer.status === 200 ? JSON.stringify({ ...(JSON.parse(answer.body) as object), ...(await more()) }) : answer.body;
  await send(reply, { ...answer, body });
}

async function pass(
  { door, service, session, reply }: PassContext,
  request: Parameters<ServiceDoor['pass']>[2],
): Promise<void> {
  await send(reply, await door.pass(service, session, request));
}

async function send(reply: FastifyReply, answer: PassedAnswer): Promise<void> {
  const { status, contentType, correlationId, body } = answer;
  await reply.status(status).header('content-type', contentType).header('x-correlation-id', correlationId).send(body);
}
