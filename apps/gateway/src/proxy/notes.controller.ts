import { Body, Controller, Get, Headers, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { UuidField } from '#contracts/fields';
import { CaseNotes, CloseNote, MakeNote, NoteDetail, ReplyToNote } from '#contracts/http/notes.api';
import { CurrentSession } from '../access/session.guard.js';
import type { Session } from '../access/session.repository.js';
import { passCommand, type PassContext, passRead } from './pass-on.js';
import { ServiceDoor } from './service-door.js';

type Sent = FastifyRequest['headers'];

/** Notes (批注) on a case, of either leg: the leg decides, this only passes on. */
@ApiTags('notes')
@ApiHeader({ name: 'idempotency-key', required: false, description: 'Required on every command: any unique text.' })
@Controller(['api/v1/review-cases/:case/notes', 'api/v1/approval-cases/:case/notes'])
export class NotesController {
  constructor(private readonly door: ServiceDoor) {}

  @Get()
  @ApiResponse({ status: 200, standardSchema: CaseNotes })
  async read(
    @Param('case', { schema: UuidField }) caseId: string,
    @Req() request: FastifyRequest,
    @CurrentSession() session: Session,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { context, pathOf } = this.to(request, session, reply);
    await passRead(context, pathOf(caseId));
  }

  @Post()
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: NoteDetail })
  async make(
    @Param('case', { schema: UuidField }) caseId: string,
    @Body({ schema: MakeNote }) body: object,
    @Headers() sent: Sent,
    @Req() request: FastifyRequest,
    @CurrentSession() session: Session,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { context, pathOf } = this.to(request, session, reply);
    await passCommand(context, sent, pathOf(caseId), body);
  }

  @Post(':note/replies')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: NoteDetail })
  async reply(
    @Param('case', { schema: UuidField }) caseId: string,
    @Param('note', { schema: UuidField }) note: string,
    @Body({ schema: ReplyToNote }) body: object,
    @Headers() sent: Sent,
    @Req() request: FastifyRequest,
    @CurrentSession() session: Session,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { context, pathOf } = this.to(request, session, reply);
    await passCommand(context, sent, pathOf(caseId, note, 'replies'), body);
  }

  @Post(':note/resolution')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: NoteDetail })
  async resolve(
    @Param('case', { schema: UuidField }) caseId: string,
    @Param('note', { schema: UuidField }) note: string,
    @Body({ schema: CloseNote }) body: object,
    @Headers() sent: Sent,
    @Req() request: FastifyRequest,
    @CurrentSession() session: Session,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { context, pathOf } = this.to(request, session, reply);
    await passCommand(context, sent, pathOf(caseId, note, 'resolution'), body);
  }

  @Post(':note/withdrawal')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: NoteDetail })
  async withdraw(
    @Param('case', { schema: UuidField }) caseId: string,
    @Param('note', { schema: UuidField }) note: string,
    @Body({ schema: CloseNote }) body: object,
    @Headers() sent: Sent,
    @Req() request: FastifyRequest,
    @CurrentSession() session: Session,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { context, pathOf } = this.to(request, session, reply);
    await passCommand(context, sent, pathOf(caseId, note, 'withdrawal'), body);
  }

  /** The leg is in the address: the two controllers of this class differ in nothing else. */
  private to(
    { url }: FastifyRequest,
    session: Session,
    reply: FastifyReply,
  ): { context: PassContext; pathOf: (caseId: string, ...rest: string[]) => string } {
    const service = url.startsWith('/api/v1/review-cases/') ? 'review' : 'approval';
    return {
      context: { door: this.door, service, session, reply },
      pathOf: (caseId, ...rest) => [`/${service}-cases`, caseId, 'notes', ...rest].join('/').toLowerCase(),
    };
  }
}
