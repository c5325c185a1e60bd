import { LRUCache } from 'lru-cache';
import type { Body } from './site-answers.js';

/** Answers kept of one thing: what readers ask for again and again, not whatever somebody types. */
const KEPT = 200;

/**
 * Answers laid out of things that never change, such as a listing, a proven page or the anchors of trust, kept for as long as the thing is: each is
 * laid out, hashed and packed once, however many ask.
 */
export class KeptBodies<T extends object> {
  readonly #kept = new WeakMap<T, LRUCache<string, Body>>();

  /** The answer of this name, of this thing. `layOut`: makes it of the thing and of nothing the name does not say. */
  of(thing: T, name: string, layOut: () => Body): Body {
    const bodies = this.#kept.get(thing) ?? new LRUCache<string, Body>({ max: KEPT });
    this.#kept.set(thing, bodies);
    const known = bodies.get(name);
    if (known !== undefined) return known;
    const body = layOut();
    bodies.set(name, body);
    return body;
  }
}
