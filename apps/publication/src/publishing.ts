import { EnvironmentUnusable } from '#service-runtime/environment';
import type { ServicePorts } from '#service-runtime/ports';
import { DueListener } from './publish/due-listener.js';
import type { PublishPorts } from './publish/publish-job.js';
import { Publisher } from './publish/publisher.js';
import { SiteFolder } from './site/site-folder.js';
import { buildSiteServer } from './site/site-server.js';

/** What publishing needs, from what the runtime gives a service. Throws EnvironmentUnusable without a folder for the site. */
export function publishPorts({ db, signer, trust, crypto, environment }: ServicePorts): PublishPorts {
  if (environment.siteDir === null) throw new EnvironmentUnusable(['SUNWARD_SITE_DIR: needed by publication']);
  const folder = new SiteFolder(environment.siteDir);
  return { db, signer, trust, crypto, folder, origin: environment.siteOrigin };
}

/**
 * Opens the public site and begins to publish. The site answers first: what is published is read back from it.
 * Answers how to stop: publisher, then listener, then the site.
 */
export async function openSite(ports: ServicePorts): Promise<() => Promise<void>> {
  const publishing = publishPorts(ports);
  const { log, environment } = ports;
  const site = buildSiteServer({
    ...publishing,
    onFault: (error) => log.fault('site_fault', error),
  });
  await site.listen({ host: environment.host, port: environment.sitePort });
  const publisher = new Publisher(publishing, log);
  const listener = new DueListener(environment.databaseUrl, () => publisher.wake());
  publisher.start();
  listener.start();
  return async () => {
    await publisher.stop();
    await listener.stop();
    await site.close();
  };
}
