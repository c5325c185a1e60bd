import { Body, Controller, Get, Inject, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { UuidField } from '#contracts/fields';
import { KeepLastYear, WritingKind } from '#contracts/http/drafting.api';
import { isRefusal } from '#domain/decision';
import { sendAnswer, toAnswer } from '#service-runtime/answer';
import type { Caller } from '#service-runtime/caller.guard';
import { CurrentCaller } from '#service-runtime/caller.decorator';
import { PORTS, type ServicePorts } from '#service-runtime/ports';
import { reportToWrite } from './drafting-rights.js';
import { FileReader } from './imports/file-reader.js';
import { findReport } from './persistence/report.repository.js';
import { runDraftingCommand } from './recorded.js';
import { keepLastYear } from './use-cases/keep-last-year.use-case.js';
import { previewRoute } from './use-cases/preview-route.use-case.js';
import { viewContext } from './use-cases/view-context.use-case.js';
import { viewRevision, viewRevisions } from './use-cases/view-revisions.use-case.js';

const Document = z.strictObject({ document: UuidField });
type Document = z.infer<typeof Document>;
const OneRevision = z.strictObject({ document: UuidField, revision: z.coerce.number().pipe(z.int().positive()) });
const OneRoute = z.strictObject({ document: UuidField, kind: WritingKind });

/** What a drafter has beside the text while it is written. */
@Controller('reports/:document')
export class WritingController {
  constructor(
    @Inject(PORTS) private readonly ports: ServicePorts,
    private readonly files: FileReader,
  ) {}

  /** Whether this person may write the report: asked by the gateway before it says who else does. */
  @Get('writer')
  async writer(
    @Param({ schema: Document }) { document }: Document,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const report = await reportToWrite(this.ports.db, await findReport(this.ports.db, document), caller.person);
    await sendAnswer(reply, toAnswer(isRefusal(report) ? report : { document }));
  }

  @Get('context')
  async context(
    @Param({ schema: Document }) { document }: Document,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendAnswer(reply, toAnswer(await viewContext(this.ports.db, document, caller.person)));
  }

  @Get('revisions')
  async revisions(
    @Param({ schema: Document }) { document }: Document,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendAnswer(reply, toAnswer(await viewRevisions(this.ports.db, document, caller.person)));
  }

  @Get('revisions/:revision')
  async revision(
    @Param({ schema: OneRevision }) wanted: z.infer<typeof OneRevision>,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendAnswer(reply, toAnswer(await viewRevision(this.ports.db, wanted, caller.person)));
  }

  @Get('routes/:kind')
  async route(
    @Param({ schema: OneRoute }) wanted: z.infer<typeof OneRoute>,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = await previewRoute(this.ports.db, wanted, caller.person, this.ports);
    await sendAnswer(reply, toAnswer(found));
  }

  @Post('last-year')
  async lastYear(
    @Param({ schema: Document }) { document }: Document,
    @Body({ schema: KeepLastYear }) { fileName, bytes: sent, changes }: z.infer<typeof KeepLastYear>,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { db } = this.ports;
    const bytes = new Uint8Array(Buffer.from(sent, 'base64'));
    // No file is read for somebody who may not write here; and no lock waits for the reading.
    const report = await reportToWrite(db, await findReport(db, document), caller.person);
    const reading = isRefusal(report) ? report : await this.files.read(bytes, { changes });
    await sendAnswer(
      reply,
      runDraftingCommand(this.ports, caller, { action: 'drafting.keep-last-year', document }, (tx) =>
        keepLastYear(tx, { document, fileName, bytes, reading }, caller),
      ),
    );
  }
}
