import { Body, Controller, Headers, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiHeader, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { SignMany, SignedMany } from '#contracts/http/leg.api';
import { problemOf } from '#contracts/http/problem.api';
import { RefusalError } from '#service-runtime/refusal-error';
import { CurrentSession } from '../access/session.guard.js';
import type { Session } from '../access/session.repository.js';
import { keyOf } from './pass-on.js';
import { ServiceDoor } from './service-door.js';

type Item = z.infer<typeof SignMany>['items'][number];
type Result = z.infer<typeof SignedMany>['results'][number];

/**
 * 批量签批: several seats in one request. Each item is a signature of its own, over its own statement, with its own
 * assertion and key: it succeeds or is refused by itself.
 */
@ApiTags('signing')
@ApiHeader({
  name: 'idempotency-key',
  required: false,
  description: 'Required: any unique text; each item is kept under it.',
})
@Controller('api/v1/signatures')
export class BulkSigningController {
  constructor(@Inject(ServiceDoor) private readonly door: ServiceDoor) {}

  @Post()
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: SignedMany })
  async sign(
    @Body({ schema: SignMany }) { items }: z.infer<typeof SignMany>,
    @Headers() sent: FastifyRequest['headers'],
    @CurrentSession() session: Session,
  ): Promise<z.infer<typeof SignedMany>> {
    const key = keyOf(sent);
    const results: Result[] = [];
    // One after another: a person's signatures have an order, and forty at once would fill the leg's connections.
    for (const item of items) results.push(await this.one(item, session, `${key}.${item.case}.${item.seat}`));
    return { results };
  }

  private async one(item: Item, session: Session, key: string): Promise<Result> {
    const { leg, case: caseId, ...body } = item;
    const about = { leg, case: caseId, seat: item.seat };
    try {
      const path = `/${leg}-cases/${caseId.toLowerCase()}/signatures`;
      const { status, body: text } = await this.door.pass(leg, session, {
        method: 'POST',
        path,
        body: JSON.stringify(body),
        key,
      });
      const answer = JSON.parse(text) as Record<string, unknown>;
      return status < 300
        ? { ...about, signed: true, outcome: answer as NonNullable<Result['outcome']>, problem: null }
        : { ...about, signed: false, outcome: null, problem: answer as NonNullable<Result['problem']> };
    } catch (error) {
      if (!(error instanceof RefusalError)) throw error;
      return { ...about, signed: false, outcome: null, problem: problemOf(error.code, error.data) };
    }
  }
}
