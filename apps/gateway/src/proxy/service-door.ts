import { randomUUID } from 'node:crypto';
import { Injectable, Inject, type OnApplicationShutdown } from '@nestjs/common';
import { Agent } from 'undici';
import type { ServiceName } from '#contracts/services';
import { instant, plusSeconds } from '#domain/instant';
import { signCaller } from '#service-runtime/caller-assertion';
import { PORTS, type ServicePorts } from '#service-runtime/ports';
import { RefusalError } from '#service-runtime/refusal-error';
import type { Session } from '../access/session.repository.js';

/** A service with a private door of its own. */
export type InnerService = Exclude<ServiceName, 'gateway'>;

/** Whoever sends a request: a person's session, or nobody known. */
export type Visitor = Pick<Session, 'id' | 'person' | 'stepUpAt'>;

/** What is passed on. `path` is the private path without query; `body` the exact JSON the service will see. */
export interface PassedRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body: string | null;
  readonly key: string | null;
}

/** A service's answer, unchanged. */
export interface PassedAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly correlationId: string;
  readonly body: string;
}

/** Longer than any transaction may take; a command that outlives it is repeated under its key. */
const TIMEOUT_MS = 15_000;
const READY_TIMEOUT_MS = 1_000;
const CONNECTIONS = 64;
const ASSERTION_SECONDS = 30;

/** Passes a person's request to the service that owns the object, with the gateway's signed word for who sent it. */
@Injectable()
export class ServiceDoor implements OnApplicationShutdown {
  readonly #agent = new Agent({ connections: CONNECTIONS, headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS });

  constructor(@Inject(PORTS) private readonly ports: ServicePorts) {}

  /** Refuses `unavailable` when the service cannot be reached or does not answer in time; the command may have happened. */
  async pass(service: InnerService, session: Visitor, request: PassedRequest): Promise<PassedAnswer> {
    const correlationId = randomUUID();
    try {
      const answer = await this.#agent.request({
        origin: this.ports.environment.serviceUrls[service],
        path: request.path,
        method: request.method,
        body: request.body,
        headers: {
          'x-sunward-caller': this.assertion(service, session, request, correlationId),
          ...(request.body === null ? {} : { 'content-type': 'application/json' }),
        },
      });
      return {
        status: answer.statusCode,
        contentType: String(answer.headers['content-type'] ?? 'application/json'),
        correlationId,
        body: await answer.body.text(),
      };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.ports.log.warn('service_unreachable', { target: service, correlationId, error: reason });
      throw new RefusalError('unavailable', { service });
    }
  }

  /** Whether a service says it is ready, asked for at most a second. */
  async isReady(service: InnerService): Promise<boolean> {
    const origin = this.ports.environment.serviceUrls[service];
    const signal = AbortSignal.timeout(READY_TIMEOUT_MS);
    try {
      const answer = await this.#agent.request({ origin, path: '/readyz', method: 'GET', signal });
      await answer.body.dump();
      return answer.statusCode === 200;
    } catch {
      return false; // away, or too slow to be called ready: the page says so
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#agent.close();
  }

  private assertion(service: InnerService, session: Visitor, request: PassedRequest, correlationId: string): string {
    const issuedAt = instant(new Date());
    return signCaller(this.ports.signer, {
      person: session.person,
      session: session.id,
      stepUpAt: session.stepUpAt,
      audience: service,
      method: request.method,
      path: request.path,
      body: this.ports.crypto.sha256(new TextEncoder().encode(request.body ?? '')),
      key: request.key,
      correlationId,
      issuedAt,
      expiresAt: plusSeconds(issuedAt, ASSERTION_SECONDS),
    });
  }
}
