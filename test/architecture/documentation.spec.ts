import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
const documents = readdirSync('.').filter((name) => /^(README.*|ARCHITECTURE|CONTRIBUTING)\.md$/.test(name));
const FOLDERS = 'apps|libs|scripts|docker|test|samples|\\.ci';

/** Paths of the project a text names; what it makes only when it runs (var, dist) is left out. */
function pathsIn(text: string): string[] {
  const found = text.matchAll(new RegExp(`(?<![\\w/.@-])((?:${FOLDERS})/[\\w./*{},<>-]*[\\w/*}>])`, 'g'));
  return [...found].map(([, path = '']) => path).filter((path) => !/[*<{]/.test(path));
}

const npmScriptsIn = (text: string): string[] =>
  [...text.matchAll(/\bnpm (?:run (?:-s )?)?(\S+)/g)]
    .map(([whole, name = '']) => (whole.includes('npm run') || ['start', 'test'].includes(name) ? name : ''))
    .map((name) => name.replace(/[^a-z0-9:-].*$/i, ''))
    .filter((name) => name !== '');

describe.each(documents)('%s', (document) => {
  const text = readFileSync(document, 'utf8');

  it('names no path that does not exist', () => {
    expect(pathsIn(text).filter((path) => !existsSync(path))).toEqual([]);
  });

  it('names no npm script that does not exist', () => {
    expect(npmScriptsIn(text).filter((name) => !(name in scripts))).toEqual([]);
  });
});

describe('the documents', () => {
  it('are there, and name paths and scripts at all', () => {
    expect(documents.toSorted()).toEqual(['ARCHITECTURE.md', 'CONTRIBUTING.md', 'README.md', 'README.zh-CN.md']);
    const text = documents.map((document) => readFileSync(document, 'utf8')).join('\n');
    expect(pathsIn(text).length).toBeGreaterThan(10);
    expect(npmScriptsIn(text)).toEqual(expect.arrayContaining(['start', 'test']));
  });
});
