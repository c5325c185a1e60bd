import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { UuidField } from '#contracts/fields';
import { PublicationDetail } from '#contracts/http/publication.api';
import { CurrentSession } from '../access/session.guard.js';
import type { Session } from '../access/session.repository.js';
import { passRead } from './pass-on.js';
import { ServiceDoor } from './service-door.js';

/** How a document stands with the public: read from publication. */
@ApiTags('publications')
@Controller('api/v1/publications')
export class PublicationController {
  constructor(private readonly door: ServiceDoor) {}

  @Get(':document')
  @ApiResponse({ status: 200, standardSchema: PublicationDetail })
  async read(
    @Param('document', { schema: UuidField }) document: string,
    @CurrentSession() session: Session,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const context = { door: this.door, service: 'publication', session, reply } as const;
    await passRead(context, `/publications/${document.toLowerCase()}`);
  }
}
