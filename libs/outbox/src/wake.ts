import { EventEmitter } from 'node:events';
import type { ServiceName } from '#contracts/services';

/** Within one process, from the transaction that announced to the relay that sends. */
const emitter = new EventEmitter().setMaxListeners(0);

/** Wakes the relays of a service in this process: there is something for these subscribers. */
export function wakeRelays(service: ServiceName, subscribers: readonly ServiceName[]): void {
  emitter.emit(service, subscribers);
}

/** Calls `wake` at every announcement of the service; answers how to stop that. */
export function onAnnounced(service: ServiceName, wake: (subscribers: readonly ServiceName[]) => void): () => void {
  emitter.on(service, wake);
  return () => emitter.off(service, wake);
}
