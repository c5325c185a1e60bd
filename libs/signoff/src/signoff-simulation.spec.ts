import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { brokenRules } from '../../../test/support/simulation/broken-rules.js';
import { histories } from '../../../test/support/simulation/history.js';
import { Broken } from '../../../test/support/simulation/promise.js';
import { runHistory } from '../../../test/support/simulation/run-history.js';
import { type LegRules, legRules } from './leg-rules.js';

// Random histories of both legs, of drafting and publication beside them: every verb, deputies, people leaving and coming, forgeries,
// crashes, lost, repeated and reordered messages. After each step the promises I1 to I21 and I23 are held against it by a second
// opinion (test/support/simulation/reference-*.ts) and what is sealed goes through the verifier. I22 is tested with the evidence.

/** So many in each run of the tests; `npm run simulate` takes more. `SEED` of a failure replays it, `UNSHRUNK` leaves it as long as it is. */
const HISTORIES = Number(process.env['HISTORIES'] ?? 5000);
const SEED = process.env['SEED'] === undefined ? Date.now() % 0x7fffffff : Number(process.env['SEED']);
/** A broken rule that so many histories do not notice is not noticed. */
const ENOUGH = 4000;

const property = (rules: LegRules, note: (reached: ReadonlySet<string>) => void = () => undefined) =>
  fc.property(histories, ([setting, steps]) => note(runHistory(setting, steps, rules)));

describe('random histories over both legs', () => {
  it(`keep every promise, ${HISTORIES} of them (SEED=${SEED})`, () => {
    fc.assert(property(legRules), {
      numRuns: HISTORIES,
      seed: SEED,
      endOnFailure: process.env['UNSHRUNK'] !== undefined,
    });
  }, 1_800_000);

  it('reach every event and every refusal there is, so that the promises are put to the test', () => {
    const reached = new Set<string>();
    fc.assert(
      property(legRules, (found) => found.forEach((one) => reached.add(one))),
      { numRuns: 1500, seed: 1 },
    );
    expect([...reached].toSorted()).toEqual([...everyEvent(), ...everyRefusal()].toSorted());
  }, 300_000);

  it('break every rule of the law once at least', () => {
    const broken = Object.values(brokenRules).flatMap((change) => Object.keys(change));
    expect([...new Set(broken)].toSorted()).toEqual(Object.keys(legRules).toSorted());
  });

  it.each(Object.keys(brokenRules))(
    'notice that %s',
    (name) => {
      const parameters = { numRuns: ENOUGH, seed: 1, endOnFailure: true };
      const outcome = fc.check(property({ ...legRules, ...brokenRules[name] }), parameters);
      expect(outcome.errorInstance).toBeInstanceOf(Broken);
    },
    300_000,
  );
});

const source = (file: string): string => readFileSync(`libs/signoff/src/${file}.ts`, 'utf8');

/** From the text of the core, so that a new one cannot be forgotten here. */
function everyRefusal(): ReadonlySet<string> {
  const core = ['signing', 'seat-acts', 'closing-case', 'closing-leg', 'opening-leg', 'leg-case']
    .map(source)
    .join('\n');
  return new Set([...core.matchAll(/refuse\((.*?)[,)]/gs)].flatMap(([, said]) => [...said!.matchAll(/'([a-z_]+)'/g)].map(([, code]) => code!)).filter((code) => code.includes('_'))); // prettier-ignore
}

function everyEvent(): ReadonlySet<string> {
  const union = /export type LegEvent =([\s\S]*?);\n\n/.exec(source('leg'))?.[1] ?? '';
  return new Set([...union.matchAll(/readonly type: ((?:'[a-z-]+'(?: \| )?)+)/g)].flatMap(([, types]) => types!.split(' | ')).map((type) => type.slice(1, -1))); // prettier-ignore
}
