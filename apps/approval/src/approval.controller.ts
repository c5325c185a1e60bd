import { Body, Controller, Get, Inject, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { EndCase, PostponeRelease, ReturnCase, SignSeat, TakeBack } from '#contracts/http/leg.api';
import { sendAnswer, toAnswer } from '#service-runtime/answer';
import type { Caller } from '#service-runtime/caller.guard';
import { CurrentCaller } from '#service-runtime/caller.decorator';
import { runCommand } from '#service-runtime/command';
import { PORTS, type ServicePorts } from '#service-runtime/ports';
import { legOutcome } from '#signoff/leg-outcome';
import { endCase } from '#signoff/use-cases/end-case.use-case';
import { postponeRelease } from '#signoff/use-cases/postpone-release.use-case';
import { returnCase } from '#signoff/use-cases/return-case.use-case';
import { signSeat } from '#signoff/use-cases/sign-seat.use-case';
import { takeBack } from '#signoff/use-cases/take-back.use-case';
import { viewLeg } from '#signoff/use-cases/view-leg.use-case';
import { sealCase } from './use-cases/seal-case.use-case.js';

/** The approval leg of a case: what a person may see of it, sign, return, withdraw and, until the release, recall. */
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

  @Post(':case/signatures')
  async sign(
    @Param('case') caseId: string,
    @Body({ schema: SignSeat }) body: z.infer<typeof SignSeat>,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const answer = runCommand(this.ports, caller, async (tx) =>
      legOutcome(await signSeat(tx, { case: caseId, ...body }, caller, this.ports, sealCase)),
    );
    await sendAnswer(reply, answer);
  }

  @Post(':case/returns')
  async return(
    @Param('case') caseId: string,
    @Body({ schema: ReturnCase }) body: z.infer<typeof ReturnCase>,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const answer = runCommand(this.ports, caller, async (tx) =>
      legOutcome(await returnCase(tx, { case: caseId, ...body }, caller, this.ports)),
    );
    await sendAnswer(reply, answer);
  }

  @Post(':case/take-backs')
  async takeBack(
    @Param('case') caseId: string,
    @Body({ schema: TakeBack }) body: z.infer<typeof TakeBack>,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const answer = runCommand(this.ports, caller, async (tx) =>
      legOutcome(await takeBack(tx, { case: caseId, ...body }, caller, this.ports)),
    );
    await sendAnswer(reply, answer);
  }

  @Post(':case/withdrawal')
  async withdraw(
    @Param('case') caseId: string,
    @Body({ schema: EndCase }) body: z.infer<typeof EndCase>,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const answer = runCommand(this.ports, caller, async (tx) =>
      legOutcome(await endCase(tx, { type: 'withdraw', case: caseId, ...body }, caller, this.ports)),
    );
    await sendAnswer(reply, answer);
  }

  @Post(':case/postponement')
  async postpone(
    @Param('case') caseId: string,
    @Body({ schema: PostponeRelease }) body: z.infer<typeof PostponeRelease>,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const answer = runCommand(this.ports, caller, async (tx) =>
      legOutcome(await postponeRelease(tx, { case: caseId, ...body }, caller, this.ports)),
    );
    await sendAnswer(reply, answer);
  }

  @Post(':case/recall')
  async recall(
    @Param('case') caseId: string,
    @Body({ schema: EndCase }) body: z.infer<typeof EndCase>,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const answer = runCommand(this.ports, caller, async (tx) =>
      legOutcome(await endCase(tx, { type: 'recall', case: caseId, ...body }, caller, this.ports)),
    );
    await sendAnswer(reply, answer);
  }
}
