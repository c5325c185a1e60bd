import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Problem, PROBLEM_MEDIA_TYPE, problemOf } from '#contracts/http/problem.api';
import { issueSentences, type SchemaIssue } from '#contracts/issue-sentences';
import { PORTS, type ServicePorts } from './ports.js';
import { DoorBudget, recordRefusedAtDoor, type SentRequest } from './refused-at-door.js';
import { RefusalError } from './refusal-error.js';

/** A part of a request that does not fit its schema, and how, in both languages. */
export interface FieldIssue {
  readonly field: string;
  readonly message: string;
  readonly messageEn: string;
}

/** What a schema found at a place of the request. */
export function fieldIssue(path: readonly (string | number)[], issue: SchemaIssue): FieldIssue {
  const { zh, en } = issueSentences(issue);
  return { field: path.join('.'), message: zh, messageEn: en };
}

/** Thrown by the validation pipe: which fields are wrong, and how. */
export class MalformedRequest extends Error {
  constructor(readonly issues: readonly FieldIssue[]) {
    super('malformed request');
    this.name = 'MalformedRequest';
  }
}

/** True for a refusal whose ledger entry was written where it was decided. */
const isEntered = (error: unknown): boolean => error instanceof RefusalError && error.isEntered;

/** The largest body a door takes: a file of 5 MiB as base64 with its frame. */
export const BODY_LIMIT_BYTES = 8 * 1024 * 1024;

const statusOf = (error: unknown): number =>
  error instanceof HttpException
    ? error.getStatus()
    : Number((error as { statusCode?: unknown } | null)?.statusCode ?? 500);

/**
 * The one place where refusals and faults become problem+json. Faults are logged here, once, and answered without details; a
 * command refused before any use case saw it gets its ledger entry here, and is a fault when that cannot be written.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #budget = new DoorBudget();

  constructor(@Inject(PORTS) private readonly ports: ServicePorts) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    const request = http.getRequest<SentRequest>();
    const correlationId = request.sender?.requestId;
    const told = isEntered(error) ? this.problem(error, request) : await this.entered(error, request);
    const problem = { ...told, ...(correlationId ? { correlationId } : {}) };
    if (problem.status === 429) {
      void reply.header('retry-after', Number(problem.data?.['retryAfterSeconds'] ?? 1));
    }
    await reply.status(problem.status).header('content-type', PROBLEM_MEDIA_TYPE).send(problem);
  }

  /** The problem, with its ledger entry when it is the refusal of a command whose sender is known. */
  private async entered(error: unknown, request: SentRequest): Promise<Problem> {
    const problem = this.problem(error, request);
    const { sender } = request;
    const isRefusedCommand = problem.status < 500 && (sender?.isCommand === true || problem.code === 'key_required');
    if (sender === undefined || !isRefusedCommand) return problem;
    const retryAfterSeconds = this.#budget.take(sender.person);
    if (retryAfterSeconds > 0) return problemOf('too_many_attempts', { retryAfterSeconds });
    try {
      await recordRefusedAtDoor(this.ports, request, sender, problem.code);
      return problem;
    } catch (failure) {
      return this.problem(failure, request);
    }
  }

  private problem(error: unknown, request: FastifyRequest): Problem {
    if (error instanceof RefusalError) return problemOf(error.code, error.data);
    if (error instanceof MalformedRequest) return { ...problemOf('malformed'), errors: [...error.issues] };
    const status = statusOf(error);
    if (status === 404) return problemOf('not_found');
    if (status === 413) return problemOf('too_large', { limitBytes: BODY_LIMIT_BYTES });
    if (status >= 400 && status < 500) {
      const message = error instanceof Error ? error.message : 'unreadable';
      return {
        ...problemOf('malformed'),
        errors: [{ field: 'body', message: '请求正文读不出来', messageEn: message }],
      };
    }
    this.ports.log.fault('request_failed', error, { method: request.method, route: request.routeOptions?.url });
    return problemOf('fault');
  }
}
