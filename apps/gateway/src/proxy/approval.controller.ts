import { Body, Controller, Get, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiHeader, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  EndCase,
  LegCaseDetail,
  LegCaseOutcome,
  PostponeRelease,
  ReturnCase,
  SignSeat,
  TakeBack,
} from '#contracts/http/leg.api';
import { UuidField } from '#contracts/fields';
import { CurrentSession } from '../access/session.guard.js';
import type { Session } from '../access/session.repository.js';
import { passCommand, type PassContext, passRead } from './pass-on.js';
import { ServiceDoor } from './service-door.js';

type Sent = FastifyRequest['headers'];

/** The approval leg of cases: approval decides, this only passes on. */
@ApiTags('approval leg')
@ApiHeader({ name: 'idempotency-key', required: false, description: 'Required on every command: any unique text.' })
@Controller('api/v1/approval-cases')
export class ApprovalController {
  constructor(private readonly door: ServiceDoor) {}

  @Get(':case')
  @ApiResponse({ status: 200, standardSchema: LegCaseDetail })
  async read(
    @Param('case', { schema: UuidField }) caseId: string,
    @CurrentSession() session: Session,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await passRead(this.to(session, reply), pathOf(caseId));
  }

  @Post(':case/signatures')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: LegCaseOutcome })
  async sign(
    @Param('case', { schema: UuidField }) caseId: string,
    @Body({ schema: SignSeat }) body: object,
    @Headers() sent: Sent,
    @CurrentSession() session: Session,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await passCommand(this.to(session, reply), sent, pathOf(caseId, 'signatures'), body);
  }

  @Post(':case/returns')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: LegCaseOutcome })
  async return(
    @Param('case', { schema: UuidField }) caseId: string,
    @Body({ schema: ReturnCase }) body: object,
    @Headers() sent: Sent,
    @CurrentSession() session: Session,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await passCommand(this.to(session, reply), sent, pathOf(caseId, 'returns'), body);
  }

  @Post(':case/take-backs')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: LegCaseOutcome })
  async takeBack(
    @Param('case', { schema: UuidField }) caseId: string,
    @Body({ schema: TakeBack }) body: object,
    @Headers() sent: Sent,
    @CurrentSession() session: Session,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await passCommand(this.to(session, reply), sent, pathOf(caseId, 'take-backs'), body);
  }

  @Post(':case/withdrawal')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: LegCaseOutcome })
  async withdraw(
    @Param('case', { schema: UuidField }) caseId: string,
    @Body({ schema: EndCase }) body: object,
    @Headers() sent: Sent,
    @CurrentSession() session: Session,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await passCommand(this.to(session, reply), sent, pathOf(caseId, 'withdrawal'), body);
  }

  @Post(':case/postponement')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: LegCaseOutcome })
  async postpone(
    @Param('case', { schema: UuidField }) caseId: string,
    @Body({ schema: PostponeRelease }) body: object,
    @Headers() sent: Sent,
    @CurrentSession() session: Session,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await passCommand(this.to(session, reply), sent, pathOf(caseId, 'postponement'), body);
  }

  @Post(':case/recall')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: LegCaseOutcome })
  async recall(
    @Param('case', { schema: UuidField }) caseId: string,
    @Body({ schema: EndCase }) body: object,
    @Headers() sent: Sent,
    @CurrentSession() session: Session,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await passCommand(this.to(session, reply), sent, pathOf(caseId, 'recall'), body);
  }

  private to(session: Session, reply: FastifyReply): PassContext {
    return { door: this.door, service: 'approval', session, reply };
  }
}

function pathOf(caseId: string, ...rest: string[]): string {
  return ['/approval-cases', caseId.toLowerCase(), ...rest].join('/');
}
