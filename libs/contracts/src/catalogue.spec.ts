import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { catalogue, type MessageType } from './catalogue.js';

/** Shapes a message field may have. Anything else could carry text, a name or an address. */
const BOUNDED = [/uuid/, /date-time/, /\^\[0-9a-f\]\{64\}\$/, /\^(\\\/)?\[a-z[a-z0-9_/-]*\]/];

function textFields(schema: unknown, path: string): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const node = schema as Record<string, unknown>;
  if ([node['type']].flat().includes('string') && !('enum' in node) && !('const' in node)) {
    const { format = '', pattern = '' } = node as { format?: string; pattern?: string };
    const shape = `${format} ${pattern}`;
    return BOUNDED.some((one) => one.test(shape)) ? [] : [path];
  }
  return Object.entries(node).flatMap(([key, value]) => textFields(value, `${path}/${key}`));
}

describe('message bodies', () => {
  it('carry ids, digests, codes and times only: no field could hold text or a name', () => {
    const free = (Object.keys(catalogue) as MessageType[]).flatMap((type) =>
      textFields(z.toJSONSchema(catalogue[type]), type).map((path) =>
        path.replace(/\/(properties|items|anyOf\/\d+)/g, ''),
      ),
    );
    expect(free).toEqual([]);
  });

  it('would show a free string field', () => {
    expect(textFields(z.toJSONSchema(z.object({ note: z.string().nullable() })), 'x')).not.toEqual([]);
  });

  it.each(Object.keys(catalogue) as MessageType[])('%s refuses an unknown field', (type) => {
    const result = catalogue[type].safeParse({ text: '正文' });
    expect(result.error?.issues.some((issue) => issue.code === 'unrecognized_keys')).toBe(true);
  });
});
