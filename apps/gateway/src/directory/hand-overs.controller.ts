import { Body, Controller, Get, HttpCode, Inject, Post, Query, type RawBodyRequest, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { InstantField } from '#contracts/fields';
import { HandOver, HandOverPreview, ProposalOutcome } from '#contracts/http/directory.api';
import { Login } from '#contracts/http/district.api';
import { isRefusal } from '#domain/decision';
import { instant } from '#domain/instant';
import { sendAnswer } from '#service-runtime/answer';
import { PORTS, type ServicePorts } from '#service-runtime/ports';
import { administratorsOnly } from '../access/administrators-only.js';
import { ownCommand } from '../access/own-command.js';
import { CurrentSession } from '../access/session.guard.js';
import type { Session } from '../access/session.repository.js';
import { refusing } from '../access/refusing.js';
import { tell } from '../notices/tell.js';
import { ownAdministrator } from './administrator-keys.js';
import { handOverChanges } from './hand-over.js';
import { previewHandOver } from './hand-over-preview.js';
import { proposeChange } from './propose-change.use-case.js';

const PreviewQuery = z.strictObject({ login: Login, at: InstantField });

/** 离职转办: looked at first, proposed as one change, carried out when the second administrator agrees. */
@ApiTags('directory')
@ApiHeader({ name: 'idempotency-key', required: false, description: 'Required on every command: any unique text.' })
@Controller('api/v1/directory/hand-overs')
export class HandOversController {
  constructor(@Inject(PORTS) private readonly ports: ServicePorts) {}

  @Get()
  @ApiResponse({ status: 200, standardSchema: HandOverPreview })
  async preview(
    @CurrentSession() session: Session,
    @Query({ schema: PreviewQuery }) { login, at }: z.infer<typeof PreviewQuery>,
  ): Promise<z.infer<typeof HandOverPreview>> {
    administratorsOnly(session);
    return refusing(await previewHandOver(this.ports.db, { login, at: instant(at) }, this.ports));
  }

  @Post()
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: ProposalOutcome })
  async propose(
    @Body({ schema: HandOver }) { login, at, successors, changes, reason }: HandOver,
    @CurrentSession() session: Session,
    @Req() request: RawBodyRequest<FastifyRequest>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const by = await ownAdministrator(session, this.ports);
    const all = [...handOverChanges({ login, at: instant(at) }, successors), ...changes];
    const wanted = { changes: all, effectiveAt: at, reason };
    const answer = ownCommand(this.ports, { session, request }, 'gateway.propose-hand-over', async (tx) => {
      const outcome = await proposeChange(tx, wanted, by, this.ports);
      if (!isRefusal(outcome)) tell(tx, 'directory');
      return outcome;
    });
    await sendAnswer(reply, answer);
  }
}
