import { EventEmitter } from 'node:events';

/** Within one process, from the transaction that took a release in to the publisher. */
const emitter = new EventEmitter();

/** An edition was submitted and may be rendered while it is signed off. */
export function signalSubmitted(content: string): void {
  emitter.emit('submitted', content);
}

/** Calls `prepare` with the digest of every submitted edition; answers how to stop that. */
export function onSubmitted(prepare: (content: string) => void): () => void {
  emitter.on('submitted', prepare);
  return () => emitter.off('submitted', prepare);
}

/** A release was committed; publishers of other processes find it by their poll. */
export function signalDue(): void {
  emitter.emit('due');
}

/** Calls `wake` at every release; answers how to stop that. */
export function onDue(wake: () => void): () => void {
  emitter.on('due', wake);
  return () => emitter.off('due', wake);
}

/** A proof of inclusion that was taken in, of the bundle with this digest. */
export interface ProvedInclusion {
  readonly bundle: string;
  readonly bytes: Uint8Array;
}

/** A bundle's proof of inclusion was committed. */
export function signalInclusion(inclusion: ProvedInclusion): void {
  emitter.emit('inclusion', inclusion);
}

/** Calls `write` with every proof of inclusion; answers how to stop that. */
export function onInclusion(write: (inclusion: ProvedInclusion) => void): () => void {
  emitter.on('inclusion', write);
  return () => emitter.off('inclusion', write);
}

/** Something for the channels became due; workers of other processes find it by their poll. */
export function signalDelivery(): void {
  emitter.emit('delivery');
}

/** Calls `wake` whenever something for the channels became due; answers how to stop that. */
export function onDelivery(wake: () => void): () => void {
  emitter.on('delivery', wake);
  return () => emitter.off('delivery', wake);
}

/** A newer head of the log was committed. */
export function signalCheckpoint(): void {
  emitter.emit('checkpoint');
}

/** Calls `write` at every newer head; answers how to stop that. */
export function onCheckpoint(write: () => void): () => void {
  emitter.on('checkpoint', write);
  return () => emitter.off('checkpoint', write);
}
