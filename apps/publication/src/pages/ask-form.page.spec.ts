import { describe, expect, it } from '@jest/globals';
import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { yearField } from './ask-form.page.js';
import { LIST_WORDS } from './list-words.js';

describe('the choice of a year', () => {
  it.each([
    [null, '全部年度', ['', '2021', '2019']],
    [2019, '2019年', ['', '2021', '2019']],
    [2020, '2020年', ['', '2021', '2020', '2019']],
    [2011, '2011年', ['', '2021', '2019', '2011']],
  ])('keeps %s chosen, whether it has a report or not', (year, chosen, values) => {
    const html = renderToString(h('form', null, yearField(year, [2021, 2019], LIST_WORDS.zh)));
    expect([...html.matchAll(/<option[^>]* value(?:="(\d*)")?/g)].map(([, value = '']) => value)).toEqual(values);
    expect(html).toMatch(new RegExp(`<option[^>]* selected[^>]*>${chosen}`));
  });
});
