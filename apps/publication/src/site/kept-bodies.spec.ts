import { describe, expect, it } from '@jest/globals';
import { KeptBodies } from './kept-bodies.js';

const body = (text: string) => ({ bytes: new TextEncoder().encode(text), type: 'text/plain' });

describe('kept bodies', () => {
  it('are laid out once for each thing and name', () => {
    const kept = new KeptBodies();
    const [listing, later] = [{}, {}];
    const made: string[] = [];
    const ask = (thing: object, name: string, text: string) =>
      kept.of(thing, name, () => {
        made.push(text);
        return body(text);
      });
    const first = ask(listing, '/xxgk/ndbg/', 'one');
    expect(ask(listing, '/xxgk/ndbg/', 'one again')).toBe(first);
    expect(ask(listing, '/corrections/', 'two')).not.toBe(first);
    expect(ask(later, '/xxgk/ndbg/', 'three')).not.toBe(first);
    expect(made).toEqual(['one', 'two', 'three']);
  });

  it('that could not be laid out are tried again', () => {
    const kept = new KeptBodies();
    const thing = {};
    const fail = () => {
      throw new Error('not now');
    };
    expect(() => kept.of(thing, '/', fail)).toThrow('not now');
    expect(kept.of(thing, '/', () => body('now')).type).toBe('text/plain');
  });
});
