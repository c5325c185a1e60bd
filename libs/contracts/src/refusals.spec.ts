import { describe, expect, it } from '@jest/globals';
import { Problem, problemOf } from './http/problem.api.js';
import { type RefusalCode, refusals, refusalSentence } from './refusals.js';

const codes = Object.keys(refusals) as RefusalCode[];

describe('the refusals', () => {
  it.each(codes)('%s has a client-error or unavailable status and a sentence in both languages', (code) => {
    const { status, zh, en } = refusals[code];
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(504);
    expect(zh).toMatch(/\p{Script=Han}/u);
    expect(en).toMatch(/^[A-Z{].*[.!]$/s);
    expect(en).not.toMatch(/\p{Script=Han}/u);
  });

  it.each(codes)('%s makes a valid problem document', (code) => {
    expect(Problem.parse(problemOf(code, { limitBytes: 5 })).code).toBe(code);
  });

  it('fills in the numbers, and shows a missing one as an ellipsis instead of hiding it', () => {
    expect(refusalSentence('revision_not_latest', 'zh', { latest: 4 })).toBe(
      '内容已有更新：最新为第 4 稿，提交的是第 … 稿。请核对后再办。',
    );
  });

  it('enumerates what is missing in the manner of the language', () => {
    const data = { missing: ['表二', '表三'] };
    expect(refusalSentence('truncated_report', 'zh', data)).toContain('缺：表二、表三。');
    expect(refusalSentence('truncated_report', 'en', data)).toContain('missing: 表二, 表三.');
  });

  it('refuses an unknown code: a code without a sentence is a defect', () => {
    expect(() => problemOf('no_such_code')).toThrow('no refusal text');
  });
});
