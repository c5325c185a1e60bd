import { Body, Controller, Get, Inject, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { UuidField } from '#contracts/fields';
import { AcceptSuggestion } from '#contracts/http/notes.api';
import { sendAnswer, toAnswer } from '#service-runtime/answer';
import type { Caller } from '#service-runtime/caller.guard';
import { CurrentCaller } from '#service-runtime/caller.decorator';
import { PORTS, type ServicePorts } from '#service-runtime/ports';
import { runDraftingCommand } from './recorded.js';
import { acceptSuggestion } from './use-cases/accept-suggestion.use-case.js';
import { viewSuggestions } from './use-cases/view-suggestions.use-case.js';

const Document = z.strictObject({ document: UuidField });
type Document = z.infer<typeof Document>;

/** Suggestions of notes that wait for a report's drafter. */
@Controller('reports/:document')
export class SuggestionsController {
  constructor(@Inject(PORTS) private readonly ports: ServicePorts) {}

  @Get('suggestions')
  async view(
    @Param({ schema: Document }) { document }: Document,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendAnswer(reply, toAnswer(await viewSuggestions(this.ports.db, document, caller.person)));
  }

  @Post('accepted-suggestions')
  async accept(
    @Param({ schema: Document }) { document }: Document,
    @Body({ schema: AcceptSuggestion }) body: z.infer<typeof AcceptSuggestion>,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendAnswer(
      reply,
      runDraftingCommand(this.ports, caller, { action: 'drafting.accept-suggestion', document }, (tx) =>
        acceptSuggestion(tx, { document, ...body }, caller, this.ports),
      ),
    );
  }
}
