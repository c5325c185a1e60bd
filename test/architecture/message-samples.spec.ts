import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { catalogue, type MessageType } from '#contracts/catalogue';

interface Sample {
  readonly type: MessageType;
  readonly body: unknown;
}

/** Messages as they were released. A line is never changed: what was once sent must parse for ever. */
const samples = JSON.parse(readFileSync(new URL('./message-samples.json', import.meta.url), 'utf8')) as Sample[];

it.each(samples.map(({ type, body }) => [type, body] as const))('%s still parses', (type, body) => {
  expect(catalogue[type].parse(body)).toEqual(body);
});

it('there is a sample of every message', () => {
  expect([...new Set(samples.map(({ type }) => type))].toSorted()).toEqual(Object.keys(catalogue).toSorted());
});
