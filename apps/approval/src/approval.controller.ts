import { Body, Controller, Get, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { Link, OpinionByLink } from '#contracts/http/leg.api';
import { sendAnswer, toAnswer } from '#service-runtime/answer';
import type { Caller } from '#service-runtime/caller.guard';
import { CurrentCaller } from '#service-runtime/caller.decorator';
import { runCommand } from '#service-runtime/command';
import { PORTS, type ServicePorts } from '#service-runtime/ports';
import { parseBody } from '#service-runtime/parse-body';
import { RefusalError } from '#service-runtime/refusal-error';
import { approvalActs } from '#signoff/leg-acts';
import { giveOpinionByLink } from '#signoff/use-cases/beside-the-case.use-case';
import { viewDifference } from '#signoff/use-cases/view-difference.use-case';
import { viewEdition } from '#signoff/use-cases/view-edition.use-case';
import { viewLeg } from '#signoff/use-cases/view-leg.use-case';
import { viewQuestion } from '#signoff/use-cases/view-question.use-case';
import { sealCase } from './use-cases/seal-case.use-case.js';

/** The approval leg of a case: what a person may see of it and do with it. */
@Controller('approval-cases')
export class ApprovalController {
  constructor(@Inject(PORTS) private readonly ports: ServicePorts) {}

  @Get(':case')
  async view(
    @Param('case') caseId: string,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendAnswer(reply, toAnswer(await viewLeg(this.ports.db, caseId, caller.person, this.ports.crypto)));
  }

  @Get(':case/difference')
  async difference(
    @Param('case') caseId: string,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendAnswer(reply, toAnswer(await viewDifference(this.ports.db, caseId, caller.person)));
  }

  @Get(':case/edition')
  async edition(
    @Param('case') caseId: string,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendAnswer(reply, toAnswer(await viewEdition(this.ports.db, caseId, caller.person)));
  }

  @Post('by-link/questions')
  @HttpCode(200)
  async question(@Body({ schema: Link }) { link }: z.infer<typeof Link>, @Res() reply: FastifyReply): Promise<void> {
    await sendAnswer(reply, toAnswer(await viewQuestion(this.ports.db, link, this.ports.crypto)));
  }

  @Post('by-link/opinions')
  async opinion(
    @Body({ schema: OpinionByLink }) body: z.infer<typeof OpinionByLink>,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendAnswer(
      reply,
      runCommand(this.ports, caller, (tx) => giveOpinionByLink(tx, body, caller, this.ports)),
    );
  }

  @Post(':case/:act')
  async act(
    @Param('case') caseId: string,
    @Param('act') name: string,
    @Body() sent: unknown,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const act = Object.hasOwn(approvalActs, name) ? approvalActs[name] : undefined;
    if (act === undefined) throw new RefusalError('not_found');
    const body = parseBody(act.schema, sent);
    const context = { case: caseId, by: caller, ports: this.ports, complete: sealCase };
    await sendAnswer(
      reply,
      runCommand(this.ports, caller, (tx) => act.run(tx, body, context)),
    );
  }
}
