import { EventEmitter } from 'node:events';

/** Within one process, from the transaction that took a release in to the publisher. */
const emitter = new EventEmitter();

/** A release was committed; publishers of other processes find it by their poll. */
export function signalDue(): void {
  emitter.emit('due');
}

/** Calls `wake` at every release; answers how to stop that. */
export function onDue(wake: () => void): () => void {
  emitter.on('due', wake);
  return () => emitter.off('due', wake);
}
