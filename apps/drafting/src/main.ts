import { startService } from '#service-runtime/start-service';
import { migrations, tables } from './data-source.js';
import { FileReader } from './imports/file-reader.js';
import { inbound } from './inbound.js';
import { PublicActsController } from './public-acts.controller.js';
import { ReportsController } from './reports.controller.js';
import { sweeps } from './sweeps.js';
import { SuggestionsController } from './suggestions.controller.js';
import { WritingController } from './writing.controller.js';

await startService({
  service: 'drafting',
  tables,
  migrations,
  controllers: [ReportsController, PublicActsController, SuggestionsController, WritingController],
  providers: [FileReader],
  inbound,
  sweeps,
});
