import { PORTS, type ServicePorts } from '#service-runtime/ports';
import { startService } from '#service-runtime/start-service';
import { channelWarnings } from './channels/channel-warnings.js';
import { migrations, tables } from './data-source.js';
import { inbound } from './inbound.js';
import { MetricsController } from './metrics.controller.js';
import { openSite, PUBLISHING, type Publishing, publishingOf, publishingSweeps } from './publishing.js';
import { PublicationsController } from './publications.controller.js';

let made: Publishing | undefined;
const publishing = (ports: ServicePorts): Publishing => (made ??= publishingOf(ports));

await startService({
  service: 'publication',
  tables,
  migrations,
  controllers: [PublicationsController, MetricsController],
  providers: [{ provide: PUBLISHING, useFactory: publishing, inject: [PORTS] }],
  inbound,
  sweeps: (ports) => publishingSweeps(publishing(ports), ports),
  warnings: (ports) => channelWarnings(ports.db, publishing(ports).opened.channels),
  onReady: (ports) => openSite(publishing(ports), ports),
});
