import { startService } from '#service-runtime/start-service';
import { ApprovalController } from './approval.controller.js';
import { migrations, tables } from './data-source.js';
import { inbound } from './inbound.js';
import { NotesController } from './notes.controller.js';
import { sweeps } from './sweeps.js';

await startService({
  service: 'approval',
  tables,
  migrations,
  controllers: [ApprovalController, NotesController],
  inbound,
  sweeps,
});
