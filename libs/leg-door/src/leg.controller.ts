import { Body, Controller, Get, HttpCode, Inject, Param, Post, Res, type Type } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import type { Leg } from '#contracts/fields';
import { Link, OpinionByLink } from '#contracts/http/leg.api';
import { sendAnswer, toAnswer } from '#service-runtime/answer';
import type { Caller } from '#service-runtime/caller.guard';
import { CurrentCaller } from '#service-runtime/caller.decorator';
import { runCommand } from '#service-runtime/command';
import { PORTS, type ServicePorts } from '#service-runtime/ports';
import type { LegAct } from '#signoff/leg-acts';
import type { CompleteLeg, LegPorts } from '#signoff/leg-ports';
import { giveOpinionByLink } from '#signoff/use-cases/beside-the-case.use-case';
import { viewDifference } from '#signoff/use-cases/view-difference.use-case';
import { viewEdition } from '#signoff/use-cases/view-edition.use-case';
import { viewLeg } from '#signoff/use-cases/view-leg.use-case';
import { viewQuestion } from '#signoff/use-cases/view-question.use-case';

/** What makes a leg's door this one's. `complete`: what its last signature makes. */
export interface DoorOfLeg {
  readonly leg: Leg;
  readonly acts: Readonly<Record<string, LegAct>>;
  readonly complete: CompleteLeg;
}

/** One leg of a case: what a person may see of it and do with it. One definition, so that both legs have the same door. */
export function legController({ leg, acts, complete }: DoorOfLeg): Type {
  @Controller(`${leg}-cases`)
  class LegController {
    constructor(@Inject(PORTS) readonly ports: ServicePorts & LegPorts) {}

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
  }
  for (const [name, act] of Object.entries(acts)) addAct(LegController, name, act, complete);
  return LegController;
}

/** Gives the controller the route of one act, with the schema that validates what is sent. */
function addAct(controller: Type, name: string, act: LegAct, complete: CompleteLeg): void {
  const prototype = controller.prototype as Record<string, unknown>;
  const method = `act:${name}`;
  prototype[method] = async function run(
    this: { readonly ports: ServicePorts & LegPorts },
    caseId: string,
    body: unknown,
    caller: Caller,
    reply: FastifyReply,
  ): Promise<void> {
    const context = { case: caseId, by: caller, ports: this.ports, complete };
    await sendAnswer(
      reply,
      runCommand(this.ports, caller, (tx) => act.run(tx, body, context)),
    );
  };
  Reflect.defineMetadata('design:paramtypes', [String, Object, Object, Object], prototype, method);
  const parameters = [Param('case'), Body({ schema: act.schema }), CurrentCaller(), Res()];
  for (const [index, decorate] of parameters.entries()) decorate(prototype, method, index);
  Post(`:case/${name}`)(prototype, method, Object.getOwnPropertyDescriptor(prototype, method)!);
}
