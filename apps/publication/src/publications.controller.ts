import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { UuidField } from '#contracts/fields';
import { sendAnswer, toAnswer } from '#service-runtime/answer';
import type { Caller } from '#service-runtime/caller.guard';
import { CurrentCaller } from '#service-runtime/caller.decorator';
import { PORTS, type ServicePorts } from '#service-runtime/ports';
import { viewPublication } from './use-cases/view-publication.use-case.js';

const Document = z.strictObject({ document: UuidField });

/** How publication stands for one document. */
@Controller('publications')
export class PublicationsController {
  constructor(@Inject(PORTS) private readonly ports: ServicePorts) {}

  @Get(':document')
  async view(
    @Param({ schema: Document }) { document }: z.infer<typeof Document>,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const site = this.ports.trust.site;
    const found = await viewPublication(this.ports.db, { document, person: caller.person, site });
    await sendAnswer(reply, toAnswer(found));
  }
}
