import { Body, Controller, Get, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiHeader, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { UuidField } from '#contracts/fields';
import {
  DraftingContext,
  KeepLastYear,
  LastYearKept,
  RevisionDetail,
  Revisions,
  RoutePreview,
  WritingKind,
} from '#contracts/http/drafting.api';
import { CurrentSession } from '../access/session.guard.js';
import type { Session } from '../access/session.repository.js';
import { passCommand, type PassContext, passRead } from './pass-on.js';
import { ServiceDoor } from './service-door.js';

const RevisionNumber = z.coerce.number().pipe(z.int().positive());

/** What a drafter has beside the text while it is written: drafting decides, this only passes on. */
@ApiTags('reports')
@Controller('api/v1/reports/:document')
export class WritingController {
  constructor(private readonly door: ServiceDoor) {}

  @Get('context')
  @ApiResponse({ status: 200, standardSchema: DraftingContext })
  async context(
    @Param('document', { schema: UuidField }) document: string,
    @CurrentSession() session: Session,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await passRead(this.to(session, reply), `/reports/${document.toLowerCase()}/context`);
  }

  @Get('revisions')
  @ApiResponse({ status: 200, standardSchema: Revisions })
  async revisions(
    @Param('document', { schema: UuidField }) document: string,
    @CurrentSession() session: Session,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await passRead(this.to(session, reply), `/reports/${document.toLowerCase()}/revisions`);
  }

  @Get('revisions/:revision')
  @ApiResponse({ status: 200, standardSchema: RevisionDetail })
  async revision(
    @Param('document', { schema: UuidField }) document: string,
    @Param('revision', { schema: RevisionNumber }) revision: number,
    @CurrentSession() session: Session,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await passRead(this.to(session, reply), `/reports/${document.toLowerCase()}/revisions/${revision}`);
  }

  @Get('routes/:kind')
  @ApiResponse({ status: 200, standardSchema: RoutePreview })
  async route(
    @Param('document', { schema: UuidField }) document: string,
    @Param('kind', { schema: WritingKind }) kind: string,
    @CurrentSession() session: Session,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await passRead(this.to(session, reply), `/reports/${document.toLowerCase()}/routes/${kind}`);
  }

  @Post('last-year')
  @HttpCode(200)
  @ApiHeader({ name: 'idempotency-key', required: true, description: 'Any unique text.' })
  @ApiResponse({ status: 200, standardSchema: LastYearKept })
  async lastYear(
    @Param('document', { schema: UuidField }) document: string,
    @Body({ schema: KeepLastYear }) body: object,
    @Headers() sent: FastifyRequest['headers'],
    @CurrentSession() session: Session,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await passCommand(this.to(session, reply), sent, `/reports/${document.toLowerCase()}/last-year`, body);
  }

  private to(session: Session, reply: FastifyReply): PassContext {
    return { door: this.door, service: 'drafting', session, reply };
  }
}
