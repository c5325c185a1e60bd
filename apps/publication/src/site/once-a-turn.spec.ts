import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { onceATurn } from './once-a-turn.js';

it('finds once what is asked in one turn, and anew in the next', async () => {
  let truth = 'v1';
  const asked: string[] = [];
  const find = onceATurn((key) => {
    asked.push(key);
    return `${key} ${truth}`;
  });
  expect([find('a'), find('a'), find('b')]).toEqual(['a v1', 'a v1', 'b v1']);
  expect(asked).toEqual(['a', 'b']);
  truth = 'v2';
  await nextTurn();
  expect([find('a'), find('a')]).toEqual(['a v2', 'a v2']);
  truth = 'v3';
  await nextTurn();
  expect(find('a')).toBe('a v3');
});

it('forgets nothing of a turn in which finding failed', async () => {
  let fails = true;
  const find = onceATurn(() => {
    if (fails) throw new Error('no disk');
    return 'v1';
  });
  expect(() => find('a')).toThrow('no disk');
  fails = false;
  expect(find('a')).toBe('v1');
  await nextTurn();
  fails = true;
  expect(() => find('a')).toThrow('no disk');
});
