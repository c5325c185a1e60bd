import { startService } from '#service-runtime/start-service';
import { migrations, tables } from './data-source.js';
import { inbound } from './inbound.js';
import { openSite, publishPorts } from './publishing.js';
import { PublicationsController } from './publications.controller.js';
import { sweepOverdue, sweepPublicPages } from './publish/proof-sweep.js';

await startService({
  service: 'publication',
  tables,
  migrations,
  controllers: [PublicationsController],
  inbound,
  sweeps: (ports) => {
    const everyMs = ports.environment.sweepMs;
    const publishing = publishPorts(ports);
    return [
      { name: 'released-not-live', everyMs, run: () => sweepOverdue(publishing) },
      { name: 'public-pages', everyMs, run: () => sweepPublicPages(publishing) },
    ];
  },
  onReady: (ports) => openSite(ports),
});
