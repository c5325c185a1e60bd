import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { en } from './en.js';
import { zh } from './zh.js';

const SOURCES = join(dirname(fileURLToPath(import.meta.url)), '..');
const PLURAL = /_(?:one|other)$/;
const HAN = /\p{Script=Han}/u;

/** Every sentence by its dotted path. */
function sentences(tree: object, path: readonly string[] = []): [path: string, text: string][] {
  return Object.entries(tree).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'string'
      ? [[[...path, name].join('.'), value] as [string, string]]
      : sentences(value as object, [...path, name]),
  );
}

const bases = (tree: object): string[] => [...new Set(sentences(tree).map(([path]) => path.replace(PLURAL, '')))];
const blanks = (text: string): string[] => (text.match(/\{\{\w+\}\}/g) ?? []).toSorted();

const files = (readdirSync(SOURCES, { recursive: true }) as string[]).filter((name) => /\.tsx?$/.test(name));
const code = files.filter((name) => !/^words\/(?:zh|en|dates|pinyin)\.ts$/.test(name) && !name.endsWith('.spec.ts'));
const textOf = (name: string): string => readFileSync(join(SOURCES, name), 'utf8');
/** What is left of a source without its comments. */
const withoutComments = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$|\s\/\/ .*$/gm, '');

describe('the words of the console', () => {
  it('says everything in both languages', () => {
    expect(bases(en)).toEqual(bases(zh));
  });

  it('has the plurals each language needs', () => {
    const endings = (tree: object, base: string): string[] =>
      sentences(tree).flatMap(([path]) => (path.startsWith(`${base}_`) ? [path.slice(base.length + 1)] : []));
    const plural = bases(zh).filter((base) => endings(zh, base).length > 0);
    expect(plural.length).toBeGreaterThan(0);
    for (const base of plural)
      expect([base, endings(zh, base), endings(en, base)]).toEqual([base, ['other'], ['one', 'other']]);
  });

  it('fills the same blanks in both languages', () => {
    const english = new Map(sentences(en));
    for (const [path, text] of sentences(zh))
      expect([path, blanks(english.get(path) ?? '')]).toEqual([path, blanks(text)]);
  });

  it('leaves no sentence empty, and no Chinese in the English ones but the language’s own name', () => {
    for (const [path, text] of [...sentences(zh), ...sentences(en)])
      expect([path, text.trim()]).not.toEqual([path, '']);
    const mixed = sentences(en).filter(([, text]) => HAN.test(text));
    expect(mixed).toEqual([['look.zh', '中文']]);
  });

  it('uses none of the words an office avoids', () => {
    const avoided = /抱歉|非法|无效|失败！|系统异常|操作有误|出错了|驳回|打回|！/;
    expect(sentences(zh).filter(([, text]) => avoided.test(text))).toEqual([]);
  });

  it('uses every sentence somewhere', () => {
    const all = code.map(textOf).join('\n');
    // A path made of parts is used by its beginning: say(`live.${state}`).
    const begun = new Set([...all.matchAll(/[`']([\w-]+(?:\.[\w-]+)*)\.\$\{/g)].map(([, path]) => path));
    const unused = bases(zh).filter((path) => {
      const parent = path.slice(0, path.lastIndexOf('.'));
      return !all.includes(`'${path}'`) && !begun.has(parent);
    });
    expect(unused).toEqual([]);
  });
});

describe('the code of the console', () => {
  it.each(code)('%s holds no Chinese of its own', (name) => {
    expect(
      withoutComments(textOf(name))
        .split('\n')
        .filter((line) => HAN.test(line)),
    ).toEqual([]);
  });
});
