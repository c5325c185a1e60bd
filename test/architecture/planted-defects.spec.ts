import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { planted } from '../../scripts/mutants/planted.mjs';

it.each(planted.map((one) => [one.id, one] as const))(
  'the defect %s fits the source it is planted in, and its test is there',
  (_id, { file, from, to, test }) => {
    expect(readFileSync(file, 'utf8').split(from)).toHaveLength(2);
    expect(to).not.toBe(from);
    expect(existsSync(test.file)).toBe(true);
  },
);

it('every defect has a name of its own', () => {
  expect(new Set(planted.map(({ id }) => id)).size).toBe(planted.length);
});
