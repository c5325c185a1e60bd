import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { PlainText } from './fields.js';
import { fieldName } from './field-names.js';
import { SignIn } from './http/gateway.api.js';
import { issueSentences, type SchemaIssue } from './issue-sentences.js';

const said = (schema: z.ZodType, value: unknown): string[] =>
  (schema.safeParse(value).error?.issues ?? []).map((issue) => issueSentences(issue as SchemaIssue).zh);

describe('what a schema finds wrong', () => {
  it.each<[string, z.ZodType, unknown, string]>([
    ['is missing', SignIn.pick({ login: true }), {}, '没有填写'],
    ['is empty', z.string().min(1), '', '没有填写'],
    ['is of another kind', z.string(), 7, '须是文字'],
    ['is no number', z.int(), 'x', '须是数字'],
    ['is too short', z.string().min(12), 'x', '至少 12 个字符'],
    ['is too long', z.array(z.string()).max(1), ['a', 'b'], '最多 1 项'],
    ['is too small', z.int().min(2019), 1, '至少 2019'],
    ['is a field more', z.strictObject({}), { a: 1 }, '多出的字段：a'],
    ['is none of the values', z.enum(['a', 'b']), 'c', '只能是：a、b'],
    ['has another form', z.uuid(), 'x', '格式不对'],
    ['is said in the schema’s own words', PlainText(2, 40), ' ', '至少 2 个字'],
    ['has no words of its own', z.union([z.string(), z.int()]), true, '不合要求'],
  ])('%s: said in Chinese', (_what, schema, value, sentence) => {
    expect(said(schema, value)).toContain(sentence);
  });

  it('is said in English in the schema’s words', () => {
    const [issue] = PlainText(2, 40).safeParse('').error!.issues;
    expect(issueSentences(issue as SchemaIssue).en).toBe('at least 2 characters');
  });

  it('has Chinese for every sentence a schema has of its own', () => {
    const folder = new URL('.', import.meta.url);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /(?<!\.spec)\.ts$/.test(name),
    );
    const source = files.map((name) => readFileSync(new URL(name, folder), 'utf8')).join('\n');
    const own = [...source.matchAll(/\.(?:regex|refine)\((?:.*), ['`](.+)['`]\)/g)].map(([, message]) => message!);
    expect(own.length).toBeGreaterThan(8);
    for (const message of own) {
      const made = message.replace(/\$\{\w+\}/, '3');
      expect([made, issueSentences({ code: 'custom', message: made }).zh]).not.toEqual([made, '不合要求']);
    }
  });
});

describe('a field', () => {
  it('is called as people call it, wherever it stands', () => {
    expect(fieldName('changes.0.reason')).toEqual({ zh: '理由', en: 'Reason' });
  });

  it('that only programs send keeps its name', () => {
    expect(fieldName('baseRevision')).toEqual({ zh: 'baseRevision', en: 'baseRevision' });
  });
});
