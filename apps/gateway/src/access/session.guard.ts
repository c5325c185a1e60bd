import { randomUUID } from 'node:crypto';
import {
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  Inject,
  Injectable,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { PORTS, type ServicePorts } from '#service-runtime/ports';
import type { SentRequest } from '#service-runtime/refused-at-door';
import { RefusalError } from '#service-runtime/refusal-error';
import { keyIn } from './idempotency-key.js';
import { readToken } from './session-cookie.js';
import { type Session, sessionOf } from './session.repository.js';

const OPEN = 'sunward:open';
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Opens a route to everybody. Every other route demands a session. */
export const OpenToAll = (): ReturnType<typeof SetMetadata> => SetMetadata(OPEN, true);

const WITH_ONE_TIME = 'sunward:with-one-time-password';

/** Keeps a route open to a session that still has a one-time password: to set another, and to leave. */
export const WithOneTimePassword = (): ReturnType<typeof SetMetadata> => SetMetadata(WITH_ONE_TIME, true);

/** A request with the session the guard found. */
export interface SessionRequest extends SentRequest {
  visitor?: Session;
}

/** The session of the request. Only on routes that are not open to all. */
export const CurrentSession = createParamDecorator((_data: unknown, context: ExecutionContext): Session => {
  const { visitor } = context.switchToHttp().getRequest<SessionRequest>();
  if (!visitor) throw new Error('this route is open to all and has no session');
  return visitor;
});

/**
 * Deny by default. Refusals: bad_origin for an unsafe method from a page of another origin, malformed for a body that
 * is not JSON, not_signed_in without a valid session, password_must_change while the password is a one-time one.
 */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    @Inject(PORTS) private readonly ports: ServicePorts,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<SessionRequest>();
    const { publicOrigin } = this.ports.environment;
    if (!SAFE_METHODS.has(request.method)) refuseForeign(request, publicOrigin);
    if (this.reflector.getAllAndOverride<boolean>(OPEN, [context.getHandler(), context.getClass()])) return true;
    const token = readToken(request, publicOrigin);
    const session = token === undefined ? undefined : await sessionOf(this.ports.db, token);
    if (!session) throw new RefusalError('not_signed_in');
    const isCommand = !SAFE_METHODS.has(request.method) && keyIn(request.headers) !== null;
    request.sender = { person: session.person, requestId: randomUUID(), isCommand };
    const open = this.reflector.getAllAndOverride<boolean>(WITH_ONE_TIME, [context.getHandler(), context.getClass()]);
    if (session.mustChangePassword && !open) throw new RefusalError('password_must_change');
    request.visitor = session;
    return true;
  }
}

function refuseForeign({ headers }: FastifyRequest, publicOrigin: string): void {
  if (headers.origin !== undefined && headers.origin !== publicOrigin) throw new RefusalError('bad_origin');
  const type = headers['content-type'];
  if (type !== undefined && !/^application\/json\s*(?:;|$)/i.test(type)) {
    throw new RefusalError('malformed', { field: 'content-type', expected: 'application/json' });
  }
}
