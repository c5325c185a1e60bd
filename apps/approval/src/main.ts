import { notesController } from '#leg-door/notes.controller';
import { startService } from '#service-runtime/start-service';
import { ApprovalController } from './approval.controller.js';
import { migrations, tables } from './data-source.js';
import { inbound } from './inbound.js';
import { sweeps } from './sweeps.js';

await startService({
  service: 'approval',
  tables,
  migrations,
  controllers: [ApprovalController, notesController('approval')],
  inbound,
  sweeps,
});
