import { describe, expect, it } from '@jest/globals';
import type { CauseText } from './cause-text.js';
import { causeText, channelCauses } from './channel-causes.js';

const blanks = (text: string): readonly string[] => (text.match(/\{\w+\}/g) ?? []).toSorted();

describe('the causes of failed deliveries', () => {
  it.each(Object.entries<CauseText>(channelCauses))(
    '%s is said whole in both languages, with a way to mend it',
    (_, text) => {
      const { zh, en, mendZh, mendEn } = text;
      expect(Object.values(text).filter((said) => said.trim() === '')).toEqual([]);
      expect(blanks(zh)).toEqual(blanks(en));
      // What is to be done never depends on data.
      expect([...blanks(mendZh), ...blanks(mendEn)]).toEqual([]);
      expect(`${zh}${mendZh}`).not.toMatch(/抱歉|非法|无效|失败！|系统异常|操作有误|出错了|！/);
      expect(`${en}${mendEn}`).not.toMatch(/\p{Script=Han}/u);
    },
  );

  it('are filled from their data, and only from text and numbers', () => {
    expect(causeText('target_failed', { status: 503 })).toMatchObject({
      zh: '对方服务出错（状态 503）',
      en: 'the target failed (status 503)',
    });
    expect(causeText('target_failed', { status: { toString: () => 'x' } }).en).toBe(
      'the target failed (status {status})',
    );
  });

  it('of another release stand for themselves', () => {
    expect(causeText('moon_in_the_way').zh).toBe('moon_in_the_way');
  });
});
