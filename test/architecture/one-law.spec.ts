import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

/** Every source file of the services and libraries, without specs and migrations. */
const sources = ['apps', 'libs'].flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => join(root, name))
    .filter((name) => name.endsWith('.ts') && !/\.(spec|migration)\.ts$/.test(name))
    .map((name) => ({ name, text: readFileSync(name, 'utf8') })),
);

/** Which files match, as a list that reads well in a failing test. */
const filesWith = (pattern: RegExp, among = sources): string[] =>
  among.filter(({ text }) => pattern.test(text)).map(({ name }) => name);
const writes = (table: string): RegExp => new RegExp(`(?:UPDATE|INSERT INTO|DELETE FROM)\\s+${table}\\b`, 'i');
const calls = (name: string): RegExp => new RegExp(`(?<!function )\\b${name}(?:<[^>]*>)?\\(`);

describe('what decides over a case and over the public has one door', () => {
  it.each([
    ['leg_case', ['libs/signoff/src/due-cases.queries.ts', 'libs/signoff/src/leg-case.repository.ts']],
    ['leg_seat', ['libs/signoff/src/leg-case.repository.ts']],
    ['leg_decision', ['libs/signoff/src/leg-decision.repository.ts']],
    [
      'publication_job',
      [
        'apps/publication/src/persistence/log-proofs.repository.ts',
        'apps/publication/src/persistence/publication-job.repository.ts',
      ],
    ],
    [
      'live_pointer',
      [
        'apps/publication/src/persistence/live-pointer.repository.ts',
        'apps/publication/src/persistence/publication-job.repository.ts',
      ],
    ],
    ['public_act', ['apps/drafting/src/persistence/public-act.repository.ts']],
  ])('rows of %s are written in one place', (table, expected) => {
    expect(filesWith(writes(table)).toSorted()).toEqual(expected);
  });

  it('nothing beside the repository writes the state of a case', () => {
    const beside = sources.find(({ name }) => name === 'libs/signoff/src/due-cases.queries.ts');
    expect(beside?.text).not.toMatch(/SET\s+(?:(?!WHERE)[^`])*\bstate\s*=/);
  });

  it.each([
    // events become rows only where they were decided: for people, for the services themselves, and at the opening
    ['saveLegEvents', ['libs/signoff/src/settle-leg.ts']],
    ['settleLeg', ['libs/signoff/src/act-on-leg.ts', 'libs/signoff/src/system-act.ts']],
    ['settleOpening', ['libs/signoff/src/use-cases/open-leg.use-case.ts']],
    ['movePointer', ['apps/publication/src/publish/move-address.ts']],
    ['actOn', ['apps/publication/src/publish/move-address.ts']],
    ['endJob', ['apps/publication/src/publish/record-effect.ts']],
  ])('%s is called where the law has judged, and nowhere else', (name, expected) => {
    expect(filesWith(calls(name)).toSorted()).toEqual(expected);
  });

  it.each([
    'libs/signoff/src/act-on-leg.ts',
    'libs/signoff/src/system-act.ts',
    'libs/signoff/src/use-cases/open-leg.use-case.ts',
  ])('%s asks the law before it settles anything', (name) => {
    const text = sources.find((source) => source.name === name)?.text ?? '';
    expect(text.search(calls('decide'))).toBeGreaterThan(0);
    expect(text.search(calls('decide'))).toBeLessThan(text.search(/\bsettle(?:Leg|Opening)\(/));
  });

  it('a planted second writer would be found', () => {
    const planted = [{ name: 'apps/gateway/src/force.ts', text: "rows(tx, `UPDATE leg_case SET state = 'approved'`)" }];
    expect(filesWith(writes('leg_case'), planted)).toEqual(['apps/gateway/src/force.ts']);
    expect(filesWith(calls('movePointer'), [{ name: 'x', text: 'await movePointer(tx, to)' }])).toEqual(['x']);
  });
});
