import { notesController } from '#leg-door/notes.controller';
import { startService } from '#service-runtime/start-service';
import { migrations, tables } from './data-source.js';
import { inbound } from './inbound.js';
import { ReviewController } from './review.controller.js';
import { legSweeps } from '#signoff/leg-sweeps';

await startService({
  service: 'review',
  tables,
  migrations,
  controllers: [ReviewController, notesController('review')],
  inbound,
  sweeps: legSweeps,
});
