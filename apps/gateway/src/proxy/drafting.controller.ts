import { Body, Controller, Get, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiHeader, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  ImportReport,
  ReadReport,
  ReportDetail,
  ReportRead,
  ReportStarted,
  ReportSubmitted,
  RevisionSaved,
  SaveReport,
  StartReport,
  SubmitReport,
} from '#contracts/http/drafting.api';
import { UuidField } from '#contracts/fields';
import { CurrentSession } from '../access/session.guard.js';
import type { Session } from '../access/session.repository.js';
import { passCommand, type PassContext, passQuestion, passRead } from './pass-on.js';
import { ServiceDoor } from './service-door.js';

type Sent = FastifyRequest['headers'];

/** Reports: drafting decides, this only passes on. */
@ApiTags('reports')
@ApiHeader({ name: 'idempotency-key', required: false, description: 'Required on every command: any unique text.' })
@Controller('api/v1/reports')
export class DraftingController {
  constructor(private readonly door: ServiceDoor) {}

  @HttpCode(200)
  @Post()
  @ApiResponse({ status: 200, standardSchema: ReportStarted })
  async start(
    @Body({ schema: StartReport }) body: object,
    @Headers() sent: Sent,
    @CurrentSession() session: Session,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await passCommand(this.to(session, reply), sent, '/reports', body);
  }

  @HttpCode(200)
  @Post(':document/imports')
  @ApiResponse({ status: 200, standardSchema: RevisionSaved })
  async import(
    @Param('document', { schema: UuidField }) document: string,
    @Body({ schema: ImportReport }) body: object,
    @Headers() sent: Sent,
    @CurrentSession() session: Session,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await passCommand(this.to(session, reply), sent, `/reports/${document.toLowerCase()}/imports`, body);
  }

  @HttpCode(200)
  @Post(':document/readings')
  @ApiResponse({ status: 200, standardSchema: ReportRead })
  async look(
    @Param('document', { schema: UuidField }) document: string,
    @Body({ schema: ReadReport }) body: object,
    @CurrentSession() session: Session,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await passQuestion(this.to(session, reply), `/reports/${document.toLowerCase()}/readings`, body);
  }

  @HttpCode(200)
  @Post(':document/revisions')
  @ApiResponse({ status: 200, standardSchema: RevisionSaved })
  async save(
    @Param('document', { schema: UuidField }) document: string,
    @Body({ schema: SaveReport }) body: object,
    @Headers() sent: Sent,
    @CurrentSession() session: Session,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await passCommand(this.to(session, reply), sent, `/reports/${document.toLowerCase()}/revisions`, body);
  }

  @HttpCode(200)
  @Post(':document/submissions')
  @ApiResponse({ status: 200, standardSchema: ReportSubmitted })
  async submit(
    @Param('document', { schema: UuidField }) document: string,
    @Body({ schema: SubmitReport }) body: object,
    @Headers() sent: Sent,
    @CurrentSession() session: Session,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await passCommand(this.to(session, reply), sent, `/reports/${document.toLowerCase()}/submissions`, body);
  }

  @Get(':document')
  @ApiResponse({ status: 200, standardSchema: ReportDetail })
  async read(
    @Param('document', { schema: UuidField }) document: string,
    @CurrentSession() session: Session,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await passRead(this.to(session, reply), `/reports/${document.toLowerCase()}`);
  }

  private to(session: Session, reply: FastifyReply): PassContext {
    return { door: this.door, service: 'drafting', session, reply };
  }
}
