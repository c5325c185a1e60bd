import { describe, expect, it } from '@jest/globals';
import { caseAddress, routeOf } from './addresses.js';

const CASE = '876683d2-01f8-4a4f-b140-545cc06b6898';

describe('an address of the phone', () => {
  it.each([
    ['/m', { screen: 'inbox' }],
    ['/m/', { screen: 'inbox' }],
    ['/m/done', { screen: 'done' }],
    ['/m/together', { screen: 'together' }],
    [`/m/r/${CASE}`, { screen: 'case', case: CASE }],
    [`/m/r/${CASE}/`, { screen: 'case', case: CASE }],
    [caseAddress(CASE, 'sign'), { screen: 'sign', case: CASE }],
    [caseAddress(CASE, 'return'), { screen: 'return', case: CASE }],
    [`/m/r/${CASE}/delete`, { screen: 'missing' }],
    ['/m/r/../secrets', { screen: 'missing' }],
    ['/mail', { screen: 'missing' }],
  ])('%s shows %o', (path, route) => {
    expect(routeOf(path)).toEqual(route);
  });
});
