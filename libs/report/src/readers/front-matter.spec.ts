import { describe, expect, it } from '@jest/globals';
import { contactOf, hasStatutoryTitle, periodOf, readFrontMatter, scopeOf } from './front-matter.js';
import { linesOf } from './text-line.js';

const front = (text: string) => readFrontMatter(linesOf(text));

describe('the title', () => {
  it.each([
    ['in one line', '向阳区2020年政府信息公开工作年度报告\n\n前言', '向阳区', 2020],
    ['over two lines', '向阳区人民政府\n2020年政府信息公开工作年度报告\n前言', '向阳区人民政府', 2020],
    ['in full-width digits', '某局２０２１年政府信息公开工作年度报告\n前言', '某局', 2021],
    ['in an older wording', '某局2019年度政府信息公开年度报告\n前言', '某局', 2019],
  ])('is found %s', (_how, text, organName, year) => {
    const found = front(text);
    expect(found).toMatchObject({ organName, year, ignored: [] });
    expect(found.preface.map((line) => line.text)).toEqual(['前言']);
    expect(hasStatutoryTitle(found)).toBe(true);
  });

  it('is found below an index block, which is handed back', () => {
    const found = front('索引号：0001\n发布机构：某局\n某局2020年政府信息公开工作年度报告\n前言');
    expect(found).toMatchObject({ organName: '某局', titleLine: 3 });
    expect(found.ignored.map(({ no }) => no)).toEqual([1, 2]);
  });

  it('is the first line when there is none, with the year of the period', () => {
    const found = front('政务公开情况\n数据自2020年1月1日至2020年12月31日。');
    expect(found).toMatchObject({ title: '政务公开情况', year: 2020 });
    expect(hasStatutoryTitle(found)).toBe(false);
  });
});

describe('the period', () => {
  it.each([
    ['自2020年1月1日起至2020年12月31日止', { from: '2020-01-01', to: '2020-12-31' }],
    ['2021年1月1日至12月31日', { from: '2021-01-01', to: '2021-12-31' }],
    ['２０２１年１月１日—１２月３１日', { from: '2021-01-01', to: '2021-12-31' }],
    ['2020年1月1日至2020年2月30日', null],
    ['2020年全年', null],
  ])('%s', (text, period) => {
    expect(periodOf(linesOf(text))).toEqual(period);
  });
});

describe('the contact', () => {
  it('is taken from the preface', () => {
    const preface =
      '如有疑问请联系（地址：向阳区长安路1号；邮编：154002；电话：0454-8621234；邮箱：xyqzf@jms.gov.cn）。';
    expect(contactOf(preface)).toEqual({
      address: '向阳区长安路1号',
      postcode: '154002',
      phone: '0454-8621234',
      email: 'xyqzf@jms.gov.cn',
    });
  });

  it('is undefined when there is none', () => {
    expect(contactOf('现将2020年政府信息公开工作报告公布如下。')).toBeUndefined();
  });
});

describe('the scope', () => {
  it.each([
    ['向阳区', '我区不断完善公开制度', 'region'],
    ['向阳区司法局', '我区不断完善公开制度', 'organ'],
    ['向阳区', '我办不断完善公开制度', 'organ'],
  ])('%s: %s', (organ, prose, scope) => {
    expect(scopeOf(organ, prose)).toBe(scope);
  });
});
