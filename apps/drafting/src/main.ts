import { startService } from '#service-runtime/start-service';
import { migrations, tables } from './data-source.js';
import { FileReader } from './imports/file-reader.js';
import { inbound } from './inbound.js';
import { ReportsController } from './reports.controller.js';

await startService({
  service: 'drafting',
  tables,
  migrations,
  controllers: [ReportsController],
  providers: [FileReader],
  inbound,
});
