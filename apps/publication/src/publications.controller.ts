import { Body, Controller, Get, Inject, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { UuidField } from '#contracts/fields';
import { ChannelName, ConfirmPosting, RetryDelivery } from '#contracts/http/publication.api';
import { digest } from '#domain/identifiers';
import { sendAnswer, toAnswer } from '#service-runtime/answer';
import type { Caller } from '#service-runtime/caller.guard';
import { CurrentCaller } from '#service-runtime/caller.decorator';
import { PORTS, type ServicePorts } from '#service-runtime/ports';
import { PUBLISHING, type Publishing } from './publishing.js';
import { runDeliveryCommand } from './recorded-command.js';
import { confirmPosting } from './use-cases/confirm-posting.use-case.js';
import { retryNow } from './use-cases/retry-delivery.use-case.js';
import { viewDraft } from './use-cases/view-draft.use-case.js';
import { viewPublication } from './use-cases/view-publication.use-case.js';

const Document = z.strictObject({ document: UuidField });
const OfDraft = z.strictObject({
  document: UuidField,
  channel: ChannelName,
  case: UuidField,
  round: z.coerce.number().int().positive(),
});

/** How publication stands for one document, and what people may do about its channels. */
@Controller('publications')
export class PublicationsController {
  constructor(
    @Inject(PORTS) private readonly ports: ServicePorts,
    @Inject(PUBLISHING) private readonly publishing: Publishing,
  ) {}

  @Get(':document')
  async view(
    @Param({ schema: Document }) { document }: z.infer<typeof Document>,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const site = this.ports.trust.site;
    const found = await viewPublication(this.ports.db, {
      document,
      person: caller.person,
      site,
      opened: this.publishing.opened,
    });
    await sendAnswer(reply, toAnswer(found));
  }

  @Post(':document/retries')
  async retry(
    @Param({ schema: Document }) { document }: z.infer<typeof Document>,
    @Body({ schema: RetryDelivery }) body: z.infer<typeof RetryDelivery>,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { channel, case: caseId, round } = body;
    const command = { action: 'publication.retry', document, case: caseId, about: { channel, round } } as const;
    await sendAnswer(
      reply,
      runDeliveryCommand(this.ports, caller, command, (tx) =>
        retryNow(tx, { ...body, document, person: caller.person }),
      ),
    );
  }

  @Get(':document/drafts/:channel/:case/:round')
  async draft(
    @Param({ schema: OfDraft }) of: z.infer<typeof OfDraft>,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { ports, writer: covers } = this.publishing;
    await sendAnswer(reply, toAnswer(await viewDraft({ ...ports, covers }, { ...of, person: caller.person })));
  }

  @Post(':document/postings')
  async post(
    @Param({ schema: Document }) { document }: z.infer<typeof Document>,
    @Body({ schema: ConfirmPosting }) body: z.infer<typeof ConfirmPosting>,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { channel, case: caseId, round, address } = body;
    const about = { channel, round, address };
    const digests = { delivered: digest(body.digest) };
    const command = { action: 'publication.confirm-posting', document, case: caseId, about, digests } as const;
    await sendAnswer(
      reply,
      runDeliveryCommand(this.ports, caller, command, (tx) =>
        confirmPosting(tx, { ...body, document, person: caller.person }),
      ),
    );
  }
}
