import { Body, Controller, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiHeader, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  NextEditionOpened,
  OpenNextEdition,
  OpenPlace,
  PlaceOpened,
  RatifyPublic,
  ReportSubmitted,
  WithdrawPublic,
} from '#contracts/http/drafting.api';
import { UuidField } from '#contracts/fields';
import { CurrentSession } from '../access/session.guard.js';
import type { Session } from '../access/session.repository.js';
import { passCommand, type PassContext } from './pass-on.js';
import { ServiceDoor } from './service-door.js';

type Sent = FastifyRequest['headers'];

/** Acts on what is public: correction, withdrawal, ratification. Drafting decides, this only passes on. */
@ApiTags('reports')
@ApiHeader({ name: 'idempotency-key', required: false, description: 'Required on every command: any unique text.' })
@Controller('api/v1/reports')
export class PublicActsController {
  constructor(private readonly door: ServiceDoor) {}

  @HttpCode(200)
  @Post(':document/corrections')
  @ApiResponse({ status: 200, standardSchema: NextEditionOpened })
  async correct(
    @Param('document', { schema: UuidField }) document: string,
    @Body({ schema: OpenNextEdition }) body: object,
    @Headers() sent: Sent,
    @CurrentSession() session: Session,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await passCommand(this.to(session, reply), sent, `/reports/${document.toLowerCase()}/corrections`, body);
  }

  @HttpCode(200)
  @Post(':document/corrections/places')
  @ApiResponse({ status: 200, standardSchema: PlaceOpened })
  async openPlace(
    @Param('document', { schema: UuidField }) document: string,
    @Body({ schema: OpenPlace }) body: object,
    @Headers() sent: Sent,
    @CurrentSession() session: Session,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await passCommand(this.to(session, reply), sent, `/reports/${document.toLowerCase()}/corrections/places`, body);
  }

  @HttpCode(200)
  @Post(':document/withdrawals')
  @ApiResponse({ status: 200, standardSchema: ReportSubmitted })
  async withdraw(
    @Param('document', { schema: UuidField }) document: string,
    @Body({ schema: WithdrawPublic }) body: object,
    @Headers() sent: Sent,
    @CurrentSession() session: Session,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await passCommand(this.to(session, reply), sent, `/reports/${document.toLowerCase()}/withdrawals`, body);
  }

  @HttpCode(200)
  @Post(':document/ratifications')
  @ApiResponse({ status: 200, standardSchema: ReportSubmitted })
  async ratify(
    @Param('document', { schema: UuidField }) document: string,
    @Body({ schema: RatifyPublic }) body: object,
    @Headers() sent: Sent,
    @CurrentSession() session: Session,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await passCommand(this.to(session, reply), sent, `/reports/${document.toLowerCase()}/ratifications`, body);
  }

  private to(session: Session, reply: FastifyReply): PassContext {
    return { door: this.door, service: 'drafting', session, reply };
  }
}
