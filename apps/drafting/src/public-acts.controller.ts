import { Body, Controller, Inject, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { UuidField } from '#contracts/fields';
import { OpenNextEdition, OpenPlace, RatifyPublic, WithdrawPublic } from '#contracts/http/drafting.api';
import { sendAnswer } from '#service-runtime/answer';
import type { Caller } from '#service-runtime/caller.guard';
import { CurrentCaller } from '#service-runtime/caller.decorator';
import { PORTS, type ServicePorts } from '#service-runtime/ports';
import { runDraftingCommand } from './recorded.js';
import { openNextEdition } from './use-cases/open-next-edition.use-case.js';
import { openPlace } from './use-cases/open-place.use-case.js';
import { ratifyPublic } from './use-cases/ratification.use-case.js';
import { withdrawPublic } from './use-cases/withdraw-public.use-case.js';

const Document = z.strictObject({ document: UuidField });
type Document = z.infer<typeof Document>;

/** What is done to a report that is public already: corrected, taken back, ratified. */
@Controller('reports')
export class PublicActsController {
  constructor(@Inject(PORTS) private readonly ports: ServicePorts) {}

  @Post(':document/corrections')
  async correct(
    @Param({ schema: Document }) { document }: Document,
    @Body({ schema: OpenNextEdition }) body: z.infer<typeof OpenNextEdition>,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendAnswer(
      reply,
      runDraftingCommand(this.ports, caller, { action: 'drafting.correct', document }, (tx) =>
        openNextEdition(tx, { document, ...body }, caller),
      ),
    );
  }

  @Post(':document/corrections/places')
  async openPlace(
    @Param({ schema: Document }) { document }: Document,
    @Body({ schema: OpenPlace }) body: z.infer<typeof OpenPlace>,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendAnswer(
      reply,
      runDraftingCommand(this.ports, caller, { action: 'drafting.open-place', document }, (tx) =>
        openPlace(tx, { document, ...body }, caller),
      ),
    );
  }

  @Post(':document/withdrawals')
  async withdraw(
    @Param({ schema: Document }) { document }: Document,
    @Body({ schema: WithdrawPublic }) body: z.infer<typeof WithdrawPublic>,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendAnswer(
      reply,
      runDraftingCommand(this.ports, caller, { action: 'drafting.withdraw', document }, (tx) =>
        withdrawPublic(tx, { document, ...body }, caller, this.ports),
      ),
    );
  }

  @Post(':document/ratifications')
  async ratify(
    @Param({ schema: Document }) { document }: Document,
    @Body({ schema: RatifyPublic }) body: z.infer<typeof RatifyPublic>,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendAnswer(
      reply,
      runDraftingCommand(this.ports, caller, { action: 'drafting.ratify', document }, (tx) =>
        ratifyPublic(tx, { document, ...body }, caller, this.ports),
      ),
    );
  }
}
