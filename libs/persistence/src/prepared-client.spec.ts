import { expect, it } from '@jest/globals';
import { statementName } from './prepared-client.js';

it('gives one name to one text, and another to any other', () => {
  const [one, two] = ['select a from t where id = $1', 'select a from t where id = $2'];
  expect(statementName(one)).toBe(statementName(one));
  expect(statementName(one)).not.toBe(statementName(two));
});

it.each([
  'select * from t',
  'select a, * from t',
  'update t set a = 1 returning *',
  'select t.* from t',
  'begin',
  'lock table t',
  'create table t (a int)',
  'notify wake',
])('keeps nothing of %j', (text) => {
  expect(statementName(text)).toBeUndefined();
});

it.each(['select count(*) from t', 'with a as (select 1) select b from c', ' insert into t (a) values ($1)'])(
  'keeps %j',
  (text) => {
    expect(statementName(text)).toMatch(/^s\d+$/);
  },
);
