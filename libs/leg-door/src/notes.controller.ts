import { Body, Controller, Get, Inject, Param, Post, Res, type Type } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import type { Leg } from '#contracts/fields';
import { CloseNote, MakeNote, ReplyToNote } from '#contracts/http/notes.api';
import { sendAnswer, toAnswer } from '#service-runtime/answer';
import type { Caller } from '#service-runtime/caller.guard';
import { CurrentCaller } from '#service-runtime/caller.decorator';
import { runCommand } from '#service-runtime/command';
import { PORTS, type ServicePorts } from '#service-runtime/ports';
import { answerNote } from '#signoff/notes/answer-note.use-case';
import { makeNote } from '#signoff/notes/make-note.use-case';
import { viewNotes } from '#signoff/notes/view-notes.use-case';

interface NoteAddress {
  readonly case: string;
  readonly note: string;
}

/** Notes (批注) of one leg of a case: made, answered, closed and read. */
export function notesController(leg: Leg): Type {
  @Controller(`${leg}-cases/:case/notes`)
  class NotesController {
    constructor(@Inject(PORTS) readonly ports: ServicePorts) {}

    @Get()
    async view(
      @Param('case') caseId: string,
      @CurrentCaller() caller: Caller,
      @Res() reply: FastifyReply,
    ): Promise<void> {
      await sendAnswer(reply, toAnswer(await viewNotes(this.ports.db, caseId, caller.person)));
    }

    @Post()
    async make(
      @Param('case') caseId: string,
      @Body({ schema: MakeNote }) { onBehalfOf, ...body }: z.infer<typeof MakeNote>,
      @CurrentCaller() caller: Caller,
      @Res() reply: FastifyReply,
    ): Promise<void> {
      const answer = runCommand(this.ports, caller, (tx) =>
        makeNote(tx, { case: caseId, ...body }, { ...caller, onBehalfOf }, this.ports),
      );
      await sendAnswer(reply, answer);
    }

    @Post(':note/replies')
    async reply(
      @Param() address: NoteAddress,
      @Body({ schema: ReplyToNote }) { text, onBehalfOf }: z.infer<typeof ReplyToNote>,
      @CurrentCaller() caller: Caller,
      @Res() reply: FastifyReply,
    ): Promise<void> {
      const command = { ...address, type: 'reply', text } as const;
      await sendAnswer(
        reply,
        runCommand(this.ports, caller, (tx) => answerNote(tx, command, { ...caller, onBehalfOf }, this.ports)),
      );
    }

    @Post(':note/resolution')
    async resolve(
      @Param() address: NoteAddress,
      @Body({ schema: CloseNote }) { text, onBehalfOf }: z.infer<typeof CloseNote>,
      @CurrentCaller() caller: Caller,
      @Res() reply: FastifyReply,
    ): Promise<void> {
      const command = { ...address, type: 'resolve', text } as const;
      await sendAnswer(
        reply,
        runCommand(this.ports, caller, (tx) => answerNote(tx, command, { ...caller, onBehalfOf }, this.ports)),
      );
    }

    @Post(':note/withdrawal')
    async withdraw(
      @Param() address: NoteAddress,
      @Body({ schema: CloseNote }) { text, onBehalfOf }: z.infer<typeof CloseNote>,
      @CurrentCaller() caller: Caller,
      @Res() reply: FastifyReply,
    ): Promise<void> {
      const command = { ...address, type: 'withdraw', text } as const;
      await sendAnswer(
        reply,
        runCommand(this.ports, caller, (tx) => answerNote(tx, command, { ...caller, onBehalfOf }, this.ports)),
      );
    }
  }
  return NotesController;
}
