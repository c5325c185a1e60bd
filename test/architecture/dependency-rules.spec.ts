import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const rulesFile = resolve('test/architecture/dependency-rules.cjs');
const { forbidden } = createRequire(import.meta.url)(rulesFile) as { forbidden: { name: string }[] };

/** For each rule a file that breaks it: [path, what it imports]. */
const VIOLATIONS: Record<string, readonly [string, string]> = {
  'domain-is-pure': ['apps/alpha/src/domain/impure.ts', 'node:fs'],
  'domain-lib-is-a-leaf': ['libs/domain/src/impure.ts', 'node:fs'],
  'contracts-know-only-zod': ['libs/contracts/src/impure.ts', 'node:fs'],
  'report-is-pure': ['libs/report/src/impure.ts', 'node:fs'],
  'evidence-is-pure': ['libs/evidence/src/impure.ts', 'node:crypto'],
  'signoff-rules-are-pure': ['libs/signoff/src/fillability.ts', './stored.js'],
  'console-runs-in-browsers': ['apps/console/src/impure.ts', 'node:fs'],
  'apps-do-not-meet': ['apps/alpha/src/neighbour.ts', '../../beta/src/target.js'],
  'libs-do-not-know-apps': ['libs/outbox/src/upwards.ts', '../../../apps/alpha/src/target.js'],
  'lib-order-domain': ['libs/domain/src/upwards.ts', '#evidence/target'],
  'lib-order-report': ['libs/evidence/src/upwards.ts', '#persistence/target'],
  'lib-order-persistence': ['libs/messaging/src/upwards.ts', '#outbox/target'],
  'lib-order-outbox': ['libs/outbox/src/higher.ts', '#signoff/target'],
  'lib-order-ledger': ['libs/ledger/src/upwards.ts', '#signoff/target'],
  'lib-order-signoff': ['libs/signoff/src/upwards.ts', '#service-runtime/target'],
  'lib-order-service-runtime': ['libs/service-runtime/src/upwards.ts', '#leg-door/target'],
  'postgres-and-queues-meet-in-outbox': ['libs/messaging/src/both.ts', '#persistence/target'],
  'typeorm-has-one-door': ['apps/alpha/src/door.ts', 'typeorm'],
  'bullmq-has-one-door': ['libs/outbox/src/door.ts', 'bullmq'],
  'use-cases-do-not-know-nest': ['apps/alpha/src/use-cases/act.use-case.ts', '@nestjs/common'],
  'no-barrels': ['apps/alpha/src/barrel.ts', '#contracts/index'],
  'no-internal': ['apps/alpha/src/inside.ts', '#outbox/internal/secret'],
  'no-circular': ['apps/alpha/src/one.ts', './two.js'],
  'no-import-of-tests': ['apps/alpha/src/tested.ts', './thing.spec.js'],
  'no-dev-packages': ['apps/alpha/src/tool.ts', 'fast-check'],
  'no-orphans': ['apps/alpha/src/orphan.ts', ''],
  'no-unresolved': ['apps/alpha/src/lost.ts', './nowhere.js'],
};

/** Files the violations lead to. */
const TARGETS = [
  'apps/alpha/src/target.ts',
  'apps/beta/src/target.ts',
  ...['evidence', 'persistence', 'outbox', 'signoff', 'service-runtime', 'leg-door'].map(
    (lib) => `libs/${lib}/src/target.ts`,
  ),
  'libs/signoff/src/stored.ts',
  'libs/contracts/src/index.ts',
  'libs/outbox/src/internal/secret.ts',
  'apps/alpha/src/thing.spec.ts',
];

interface Violation {
  readonly rule: { readonly name: string };
  readonly from: string;
}

let tree = '';
let found: readonly Violation[] = [];

function plant(path: string, imported: string): void {
  const file = join(tree, path);
  mkdirSync(dirname(file), { recursive: true });
  const lines = imported
    ? `import * as used from '${imported}';\nexport const here = used;\n`
    : 'export const here = 1;\n';
  writeFileSync(file, lines);
}

beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'sunward-rules-'));
  for (const file of ['package.json', 'tsconfig.json']) writeFileSync(join(tree, file), readFileSync(file));
  symlinkSync(resolve('node_modules'), join(tree, 'node_modules'));
  mkdirSync(join(tree, 'test'));
  for (const target of TARGETS) plant(target, '');
  for (const [path, imported] of Object.values(VIOLATIONS)) plant(path, imported);
  plant('apps/alpha/src/two.ts', './one.js');
  const bin = resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [bin, 'apps', 'libs', 'test', '--config', rulesFile, '--output-type', 'json'];
  const run = spawnSync(process.execPath, args, {
    cwd: tree,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
    maxBuffer: 1e8,
  });
  found = (JSON.parse(run.stdout) as { summary: { violations: Violation[] } }).summary.violations;
}, 30_000);

afterAll(() => rmSync(tree, { recursive: true, force: true }));

describe('every import rule fires on a planted violation', () => {
  it.each(forbidden.map(({ name }) => name))('%s', (name) => {
    const planted = VIOLATIONS[name];
    if (!planted) throw new Error(`the rule ${name} has no planted violation here`);
    expect(found.filter(({ rule }) => rule.name === name).map(({ from }) => from)).toContain(planted[0]);
  });

  it('and none is planted for a rule that is gone', () => {
    expect(Object.keys(VIOLATIONS).toSorted()).toEqual(forbidden.map(({ name }) => name).toSorted());
  });
});
