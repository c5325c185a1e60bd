import { type CanActivate, type ExecutionContext, Inject, Injectable, type RawBodyRequest } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { isDefect } from '#evidence/defect';
import type { Envelope } from '#evidence/dsse';
import type { Instant } from '#domain/instant';
import { CALLER_HEADER, proveCaller } from './caller-assertion.js';
import { PORTS, type ServicePorts } from './ports.js';
import { PUBLIC_ROUTE } from './public.decorator.js';
import { RefusalError } from './refusal-error.js';
import type { SentRequest } from './refused-at-door.js';

/** The person behind a request, as the gateway vouches, with the proof: the assertion and the raw body it covers. */
export interface Caller {
  readonly person: string;
  readonly session: string;
  readonly stepUpAt: Instant | null;
  /** Idempotency-Key of a command. */
  readonly key: string | null;
  readonly correlationId: string;
  readonly method: string;
  readonly path: string;
  readonly envelope: Envelope;
  readonly rawBody: Uint8Array;
}

/** A request the guard has let in. */
export interface CalledRequest extends SentRequest {
  caller?: Caller;
}

/** Lets in only requests with the gateway's valid, fresh assertion for exactly this request. Refuses caller_not_proved. */
@Injectable()
export class CallerGuard implements CanActivate {
  constructor(
    @Inject(PORTS) private readonly ports: ServicePorts,
    private readonly reflector: Reflector,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC_ROUTE, [context.getHandler(), context.getClass()]))
      return true;
    const request = context.switchToHttp().getRequest<RawBodyRequest<CalledRequest>>();
    const { trust, crypto, service: audience } = this.ports;
    const path = request.url.split('?')[0] ?? '';
    const rawBody = new Uint8Array(request.rawBody ?? []);
    const received = { audience, method: request.method, path, rawBody, nowMs: Date.now() };
    const proved = proveCaller(request.headers[CALLER_HEADER], received, trust, crypto);
    if (isDefect(proved)) throw new RefusalError('caller_not_proved', { defect: proved.defect });
    const { person, session, stepUpAt, key, correlationId, method } = proved.statement;
    request.sender = { person, requestId: correlationId, isCommand: key !== null };
    request.caller = {
      person,
      session,
      stepUpAt,
      key,
      correlationId,
      method,
      path,
      envelope: proved.envelope,
      rawBody,
    };
    return true;
  }
}
