import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Refusal } from '#domain/decision';
import type { ReportReading } from '#report/readers/read-report-document';
import type { ReadOptions } from '#report-files/read-report-file';
import { ReportFileReader } from '#report-files/report-file-reader';
import { PORTS, type ServicePorts } from '#service-runtime/ports';

/** The gateway waits 15 seconds for an answer. */
const SECONDS = 10;

/** Reads uploaded files in a thread with limits, one after another, so that none can stop or starve the service. */
@Injectable()
export class FileReader implements OnApplicationShutdown {
  readonly #reader: ReportFileReader;

  constructor(@Inject(PORTS) { log }: ServicePorts) {
    const onGiveUp = (error: Error, sizeBytes: number): void => log.fault('file_reader_gave_up', error, { sizeBytes });
    this.#reader = new ReportFileReader({ seconds: SECONDS, onGiveUp });
  }

  /** Refuses unreadable_file (seconds, megabytes) when a file needs more, and whatever its reader refuses. */
  read(bytes: Uint8Array, options: ReadOptions): Promise<ReportReading | Refusal> {
    return this.#reader.read(bytes, options);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#reader.close();
  }
}
