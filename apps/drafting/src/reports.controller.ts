import { Body, Controller, Get, Inject, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { UuidField } from '#contracts/fields';
import { ImportReport, ReadReport, SaveReport, StartReport, SubmitReport } from '#contracts/http/drafting.api';
import { isRefusal, type Refusal } from '#domain/decision';
import type { ReportReading } from '#report/readers/read-report-document';
import { sendAnswer, toAnswer } from '#service-runtime/answer';
import type { Caller } from '#service-runtime/caller.guard';
import { CurrentCaller } from '#service-runtime/caller.decorator';
import { PORTS, type ServicePorts } from '#service-runtime/ports';
import { reportToWrite } from './drafting-rights.js';
import { FileReader } from './imports/file-reader.js';
import { runDraftingCommand } from './recorded.js';
import { findReport } from './persistence/report.repository.js';
import { importReport } from './use-cases/import-report.use-case.js';
import { lookAtFile } from './use-cases/look-at-file.use-case.js';
import { saveReport } from './use-cases/save-report.use-case.js';
import { startReport } from './use-cases/start-report.use-case.js';
import { submitReport } from './use-cases/submit-report.use-case.js';
import { viewReport } from './use-cases/view-report.use-case.js';

const Document = z.strictObject({ document: UuidField });
type Document = z.infer<typeof Document>;
type SentFile = Pick<z.infer<typeof ReadReport>, 'bytes' | 'changes'>;

/** Reports: started, imported, written, submitted and shown. */
@Controller('reports')
export class ReportsController {
  constructor(
    @Inject(PORTS) private readonly ports: ServicePorts,
    private readonly files: FileReader,
  ) {}

  @Post()
  async start(
    @Body({ schema: StartReport }) body: z.infer<typeof StartReport>,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendAnswer(
      reply,
      runDraftingCommand(this.ports, caller, { action: 'drafting.start', document: null }, (tx) =>
        startReport(tx, body, caller),
      ),
    );
  }

  @Post(':document/imports')
  async import(
    @Param({ schema: Document }) { document }: Document,
    @Body({ schema: ImportReport }) { bytes, ...file }: z.infer<typeof ImportReport>,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const reading = await this.readFor(caller.person, document, { bytes, changes: 'refuse' });
    await sendAnswer(
      reply,
      runDraftingCommand(this.ports, caller, { action: 'drafting.import', document }, (tx) =>
        importReport(tx, { document, ...file }, reading, caller, this.ports),
      ),
    );
  }

  @Post(':document/readings')
  async look(
    @Param({ schema: Document }) { document }: Document,
    @Body({ schema: ReadReport }) { use, ...file }: z.infer<typeof ReadReport>,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { db } = this.ports;
    const report = await reportToWrite(db, await findReport(db, document), caller.person);
    const looked = isRefusal(report) ? report : await lookAtFile(db, report, await this.read(file), use);
    await sendAnswer(reply, toAnswer(looked));
  }

  @Post(':document/revisions')
  async save(
    @Param({ schema: Document }) { document }: Document,
    @Body({ schema: SaveReport }) body: z.infer<typeof SaveReport>,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendAnswer(
      reply,
      runDraftingCommand(this.ports, caller, { action: 'drafting.save', document }, (tx) =>
        saveReport(tx, { document, ...body }, caller, this.ports),
      ),
    );
  }

  @Post(':document/submissions')
  async submit(
    @Param({ schema: Document }) { document }: Document,
    @Body({ schema: SubmitReport }) body: z.infer<typeof SubmitReport>,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendAnswer(
      reply,
      runDraftingCommand(this.ports, caller, { action: 'drafting.submit', document }, (tx) =>
        submitReport(tx, { document, ...body }, caller, this.ports),
      ),
    );
  }

  @Get(':document')
  async view(
    @Param({ schema: Document }) { document }: Document,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = await viewReport(this.ports.db, document, caller.person, this.ports);
    await sendAnswer(reply, toAnswer(found));
  }

  /** Reads a file for somebody who may import it here; for everybody else no work is done. */
  private async readFor(person: string, document: string, file: SentFile): Promise<ReportReading | Refusal> {
    const { db } = this.ports;
    const report = await reportToWrite(db, await findReport(db, document), person);
    return isRefusal(report) ? report : this.read(file);
  }

  private read({ bytes, changes }: SentFile): Promise<ReportReading | Refusal> {
    return this.files.read(new Uint8Array(Buffer.from(bytes, 'base64')), { changes });
  }
}
