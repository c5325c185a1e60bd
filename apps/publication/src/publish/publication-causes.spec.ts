import { describe, expect, it } from '@jest/globals';
import { publicationCause, publicationCodes } from './publication-causes.js';

describe('the causes of failed attempts to publish', () => {
  it.each(publicationCodes)('%s is said whole in both languages, with a way to mend it', (code) => {
    const blanks = { url: 'u', status: 500, where: 'w', detail: 'd', expected: 'e', found: 'f', code: 'c' };
    const said = Object.values(publicationCause(code, blanks));
    expect(said.map((text) => text.trim() !== '' && !text.includes('{'))).toEqual([true, true, true, true]);
  });

  it('says where a figure differs, and both figures', () => {
    const { zh, en } = publicationCause('figure_differs', { where: '表二 行政许可', expected: '812', found: '821' });
    expect(zh).toBe('公开页面的数字与签批的不同：表二 行政许可应为“812”，读到“821”');
    expect(en).toContain('should say “812” and says “821”');
  });

  it('calls chapters as people do', () => {
    const { zh, en } = publicationCause('text_differs', { where: 'chapter-2', expected: 'a', found: 'b' });
    expect([zh.includes('第 2 章应为'), en.includes('chapter 2 should')]).toEqual([true, true]);
  });

  it('takes a SQLSTATE for the database’s, and leaves the evidence’s to the verifier', () => {
    expect(publicationCause('57p01', {}).zh).toBe('数据库没有答复或出错（57p01）');
    expect(publicationCause('seal_signature', {}).zh).toBe('封签的签名无效');
    expect(publicationCause('type_error', {}).en).toBe('publication failed (type_error)');
  });
});
