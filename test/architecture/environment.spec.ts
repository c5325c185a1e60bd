import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

/** Set by the machine or by tools, not by whoever runs Sunward. */
const FOREIGN = new Set([
  'PATH',
  'HOME',
  'CI',
  'NODE_OPTIONS',
  'NODE_COMPILE_CACHE',
  'DEBIAN_FRONTEND',
  'RUNLEVEL',
  'LC_ALL',
  'TZ',
]);

function sourcesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|mjs)$/.test(name) && !name.endsWith('.spec.ts'))
    .map((name) => join(folder, name));
}

/** Names read as process.env.X, process.env['X'] or setting('X'), and the variables the services' schema lists. */
function namesReadIn(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const read = [
    ...text.matchAll(
      /\benv\??\.([A-Z][A-Z0-9_]+)\b|\benv\['([A-Z][A-Z0-9_]+)'\]|\b(?:setting|choosePort)\('([A-Z_]+)'/g,
    ),
  ];
  const listed = file.endsWith('environment-variables.ts') ? [...text.matchAll(/^ {2}([A-Z][A-Z0-9_]+): /gm)] : [];
  return [...read, ...listed].flatMap((match) => match.slice(1).filter((name) => name !== undefined));
}

const documented = [...readFileSync('.env.example', 'utf8').matchAll(/^#?([A-Z][A-Z0-9_]*)=/gm)].map(
  ([, name = '']) => name,
);
const read = new Set(
  ['apps', 'libs', 'scripts', 'test/support', 'docker']
    .flatMap((folder) => sourcesBelow(folder))
    .flatMap((file) => namesReadIn(file))
    .filter((name) => !FOREIGN.has(name)),
);

describe('.env.example', () => {
  it('names every variable that is read, and none that is not', () => {
    expect(documented.toSorted()).toEqual([...read].toSorted());
  });

  it('names each of them once', () => {
    expect(documented).toHaveLength(new Set(documented).size);
  });
});

describe('process.env', () => {
  it('is read by the environments of processes, the command line and scripts only', () => {
    const readers = ['apps', 'libs']
      .flatMap((folder) => sourcesBelow(folder))
      .filter((file) => /\bprocess\.env\b|\benv\b[^;]*\} = process;/.test(readFileSync(file, 'utf8')));
    expect(readers.toSorted()).toEqual([
      'apps/cli/src/main.ts',
      'libs/service-runtime/src/environment.ts',
      'libs/service-runtime/src/monitor-environment.ts',
      'libs/service-runtime/src/reader-environment.ts',
    ]);
  });
});
