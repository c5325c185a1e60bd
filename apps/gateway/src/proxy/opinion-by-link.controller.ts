import { Body, Controller, Headers, HttpCode, Post, Res } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { AskedByLink, BesideOutcome, LinkOfLeg, OpinionByLinkOfLeg } from '#contracts/http/leg.api';
import { OpenToAll } from '../access/session.guard.js';
import { passCommand, passQuestion } from './pass-on.js';
import { ServiceDoor, type Visitor } from './service-door.js';

/** Somebody without an account: the nil UUID is nobody's id, so nothing he sends is ever a person's. */
const NOBODY: Visitor = { id: 'link', person: '00000000-0000-0000-0000-000000000000', stepUpAt: null };

/** 征求意见 by link: whoever holds the secret sees what he is asked about and gives an opinion, which is never a signature. */
@ApiTags('opinions by link')
@OpenToAll()
@Controller('api/v1/opinions-by-link')
export class OpinionByLinkController {
  constructor(private readonly door: ServiceDoor) {}

  /** The secret travels in the body: addresses are logged. */
  @Post('questions')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: AskedByLink })
  async read(
    @Body({ schema: LinkOfLeg }) { leg, ...body }: z.infer<typeof LinkOfLeg>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await passQuestion(
      { door: this.door, service: leg, session: NOBODY, reply },
      `/${leg}-cases/by-link/questions`,
      body,
    );
  }

  @Post()
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: BesideOutcome })
  async answer(
    @Body({ schema: OpinionByLinkOfLeg }) { leg, ...body }: z.infer<typeof OpinionByLinkOfLeg>,
    @Headers() sent: FastifyRequest['headers'],
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const context = { door: this.door, service: leg, session: NOBODY, reply };
    await passCommand(context, sent, `/${leg}-cases/by-link/opinions`, body);
  }
}
