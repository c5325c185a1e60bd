import type { ServicePorts } from '#service-runtime/ports';
import { startService } from '#service-runtime/start-service';
import { migrations, tables } from './data-source.js';
import { inbound } from './inbound.js';
import { openSite, type Publishing, publishingOf, publishingSweeps } from './publishing.js';
import { PublicationsController } from './publications.controller.js';

let made: Publishing | undefined;
const publishing = (ports: ServicePorts): Publishing => (made ??= publishingOf(ports));

await startService({
  service: 'publication',
  tables,
  migrations,
  controllers: [PublicationsController],
  inbound,
  sweeps: (ports) => publishingSweeps(publishing(ports), ports.environment.sweepMs),
  onReady: (ports) => openSite(publishing(ports), ports),
});
