import { describe, expect, it } from '@jest/globals';
import { digest } from '#domain/identifiers';
import { instant } from '#domain/instant';
import type { DirectoryDocument } from '#evidence/statements';
import { readDirectory, routeFor } from './directory.js';
import { mayRead } from './reading-rights.js';

const FROM = instant('2026-01-01T00:00:00.000Z');
const UNTIL = instant('2026-06-01T00:00:00.000Z');
const before = instant('2025-12-31T23:59:59.999Z');
const during = instant('2026-03-01T00:00:00.000Z');
const listed = (letter: string, appliesTo: '*' | string[]) => ({
  digest: digest(letter.repeat(64)),
  envelope: digest(letter.repeat(64)),
  kind: 'publish' as const,
  appliesTo,
});
const document: DirectoryDocument = {
  schema: 'sunward.directory/1',
  version: 1,
  at: FROM,
  organs: [{ code: 'a', name: '甲', level: 'county', parent: null }],
  persons: [
    { id: 'zhang', active: true },
    { id: 'left', active: false },
  ],
  grants: [
    { person: 'zhang', role: 'principal', organ: 'a', from: FROM, until: UNTIL },
    { person: 'left', role: 'principal', organ: 'a', from: FROM, until: null },
    { person: 'nobody', role: 'principal', organ: 'a', from: FROM, until: null },
    { person: 'zhang', role: 'drafter', organ: 'b', from: FROM, until: null },
    { person: 'zhang', role: 'disclosure-head', organ: 'd', from: FROM, until: null },
  ],
  routes: [listed('1', '*'), listed('2', ['b', 'c'])],
};
const directory = readDirectory(document);

describe('an office', () => {
  it.each([
    ['before the grant', false, 'zhang', before],
    ['from its first instant', true, 'zhang', FROM],
    ['within it', true, 'zhang', during],
    ['at its end', false, 'zhang', UNTIL],
    ['by somebody who left', false, 'left', during],
    ['by somebody the directory does not know', false, 'nobody', during],
  ])('is held %s: %s', (_when, held, person, at) => {
    expect(directory.holds(person, 'principal', 'a', at)).toBe(held);
    expect(directory.holders('principal', 'a', at).includes(person)).toBe(held);
  });

  it('is not held at another organ, nor by acting for its holder', () => {
    expect(directory.holds('zhang', 'principal', 'b', during)).toBe(false);
    expect(directory.actsFor('left', 'zhang', 'principal', 'a', during)).toBe(false);
  });
});

describe('a route', () => {
  it('that names the organ goes before one for everybody', () => {
    expect(['a', 'b'].map((organ) => routeFor(document, organ, 'publish')?.digest[0])).toEqual(['1', '2']);
    expect(routeFor({ ...document, routes: [] }, 'a', 'publish')).toBeUndefined();
  });
});

describe('a case can be read', () => {
  const slots = [{ role: 'principal', organ: 'self' }];
  const readable = (organ: string, people: string[] = []) => ({
    organ,
    people,
    stages: [{ id: 's', leg: 'review', name: 's', meaning: 's', need: 'all', ordered: false, grade: 'attested', dueWorkingDays: 0, slots }] as const,
  }); // prettier-ignore
  const escalating = (organ: string, above: string) => {
    const [stage] = readable(organ).stages;
    return { ...readable(organ), stages: [{ ...stage, escalation: { role: 'principal', organ: above } }] };
  };
  it.each([
    ['not by a stranger', false, readable('a'), 'wang'],
    ['not by the holder of the office elsewhere', false, readable('c'), 'zhang'],
    ['by the holder of an office of its route', true, readable('a'), 'zhang'],
    ['by a drafter of its organ', true, readable('b'), 'zhang'],
    ['by the superior its route names for a stage that is late', true, escalating('c', 'a'), 'zhang'],
    ['not by the superior of another route', false, escalating('c', 'b'), 'zhang'],
    ['by the head of disclosure of its organ', true, readable('d'), 'zhang'],
    ['by the people behind it', true, readable('c', ['wang']), 'wang'],
  ])('%s', (_who, allowed, of, person) => {
    expect(mayRead(of, person, directory, during)).toBe(allowed);
  });
});
