import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiHeader, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { UuidField } from '#contracts/fields';
import {
  ChannelName,
  ConfirmPosting,
  DeliveryStands,
  PreparedDraft,
  PublicationShown,
  RetryDelivery,
} from '#contracts/http/publication.api';
import { PORTS, type ServicePorts } from '#service-runtime/ports';
import { CurrentSession } from '../access/session.guard.js';
import type { Session } from '../access/session.repository.js';
import { toldOfPublication } from '../notices/told-of-publication.queries.js';
import { passCommand, type PassContext, passRead, passReadWith } from './pass-on.js';
import { ServiceDoor } from './service-door.js';

const Round = z.coerce.number().int().positive();
type Sent = FastifyRequest['headers'];

/**
 * How a document stands with the public and with the channels beside the own site: publication decides, this only passes on. Whoever may see
 * that sees who was told of it as well, which the gateway keeps.
 */
@ApiTags('publications')
@ApiHeader({ name: 'idempotency-key', required: false, description: 'Required on every command: any unique text.' })
@Controller('api/v1/publications')
export class PublicationController {
  constructor(
    private readonly door: ServiceDoor,
    @Inject(PORTS) private readonly ports: ServicePorts,
  ) {}

  @Get(':document')
  @ApiResponse({ status: 200, standardSchema: PublicationShown })
  async read(
    @Param('document', { schema: UuidField }) document: string,
    @CurrentSession() session: Session,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const asked = document.toLowerCase();
    await passReadWith(this.to(session, reply), `/publications/${asked}`, async () => ({
      told: await toldOfPublication(this.ports.db, asked),
    }));
  }

  @HttpCode(200)
  @Post(':document/retries')
  @ApiResponse({ status: 200, standardSchema: DeliveryStands })
  async retry(
    @Param('document', { schema: UuidField }) document: string,
    @Body({ schema: RetryDelivery }) body: object,
    @Headers() sent: Sent,
    @CurrentSession() session: Session,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await passCommand(this.to(session, reply), sent, `/publications/${document.toLowerCase()}/retries`, body);
  }

  @HttpCode(200)
  @Post(':document/postings')
  @ApiResponse({ status: 200, standardSchema: DeliveryStands })
  async confirm(
    @Param('document', { schema: UuidField }) document: string,
    @Body({ schema: ConfirmPosting }) body: object,
    @Headers() sent: Sent,
    @CurrentSession() session: Session,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await passCommand(this.to(session, reply), sent, `/publications/${document.toLowerCase()}/postings`, body);
  }

  @Get(':document/drafts/:channel/:case/:round')
  @ApiResponse({ status: 200, standardSchema: PreparedDraft })
  async draft(
    @Param('document', { schema: UuidField }) document: string,
    @Param('channel', { schema: ChannelName }) channel: string,
    @Param('case', { schema: UuidField }) caseId: string,
    @Param('round', { schema: Round }) round: number,
    @CurrentSession() session: Session,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const path = `${document.toLowerCase()}/drafts/${channel}/${caseId.toLowerCase()}/${round}`;
    await passRead(this.to(session, reply), `/publications/${path}`);
  }

  private to(session: Session, reply: FastifyReply): PassContext {
    return { door: this.door, service: 'publication', session, reply };
  }
}
