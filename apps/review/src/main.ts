import { startService } from '#service-runtime/start-service';
import { migrations, tables } from './data-source.js';
import { inbound } from './inbound.js';
import { NotesController } from './notes.controller.js';
import { ReviewController } from './review.controller.js';
import { legSweeps } from '#signoff/leg-sweeps';

await startService({
  service: 'review',
  tables,
  migrations,
  controllers: [ReviewController, NotesController],
  inbound,
  sweeps: legSweeps,
});
