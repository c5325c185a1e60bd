import { Body, Controller, Get, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiHeader, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { UuidField } from '#contracts/fields';
import { AcceptSuggestion, SuggestionTaken, WaitingSuggestions } from '#contracts/http/notes.api';
import { CurrentSession } from '../access/session.guard.js';
import type { Session } from '../access/session.repository.js';
import { passCommand, type PassContext, passRead } from './pass-on.js';
import { ServiceDoor } from './service-door.js';

/** Suggestions of notes that wait for a report's drafter: drafting decides, this only passes on. */
@ApiTags('notes')
@Controller('api/v1/reports/:document')
export class SuggestionsController {
  constructor(private readonly door: ServiceDoor) {}

  @Get('suggestions')
  @ApiResponse({ status: 200, standardSchema: WaitingSuggestions })
  async read(
    @Param('document', { schema: UuidField }) document: string,
    @CurrentSession() session: Session,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await passRead(this.to(session, reply), `/reports/${document.toLowerCase()}/suggestions`);
  }

  @Post('accepted-suggestions')
  @HttpCode(200)
  @ApiHeader({ name: 'idempotency-key', required: true, description: 'Any unique text.' })
  @ApiResponse({ status: 200, standardSchema: SuggestionTaken })
  async accept(
    @Param('document', { schema: UuidField }) document: string,
    @Body({ schema: AcceptSuggestion }) body: object,
    @Headers() sent: FastifyRequest['headers'],
    @CurrentSession() session: Session,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await passCommand(this.to(session, reply), sent, `/reports/${document.toLowerCase()}/accepted-suggestions`, body);
  }

  private to(session: Session, reply: FastifyReply): PassContext {
    return { door: this.door, service: 'drafting', session, reply };
  }
}
