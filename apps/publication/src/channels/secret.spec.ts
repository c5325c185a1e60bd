import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { Secret } from './secret.js';

describe('a secret', () => {
  it('is not said by any way of printing it', () => {
    const secret = new Secret('whsec_c2VjcmV0');
    const said = [
      String(secret),
      JSON.stringify({ secret }),
      inspect(secret),
      inspect({ secret }, { showHidden: true }),
    ];
    expect(said.join(' ')).not.toContain('c2VjcmV0');
    expect(secret.reveal()).toBe('whsec_c2VjcmV0');
  });
});
