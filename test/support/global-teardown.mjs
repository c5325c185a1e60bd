/** Stops what global-setup.mjs started, servers before their folders. */
export default async function globalTeardown() {
  const stops = globalThis.sunwardTestServers ?? [];
  globalThis.sunwardTestServers = undefined;
  for (const stop of stops) await stop();
}
