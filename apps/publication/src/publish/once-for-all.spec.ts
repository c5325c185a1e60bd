import { describe, expect, it } from '@jest/globals';
import { onceForAll } from './once-for-all.js';

describe('work that is done once for all who ask', () => {
  it('is begun once for the same, and anew when it has ended', async () => {
    const begun: string[] = [];
    const open: (() => void)[] = [];
    const ask = onceForAll((key: string) => {
      begun.push(key);
      return new Promise<string>((resolve) => open.push(() => resolve(key)));
    });
    const [one, same, other] = [ask('a'), ask('a'), ask('b')];
    expect(begun).toEqual(['a', 'b']);
    open.forEach((end) => end());
    expect(await Promise.all([one, same, other])).toEqual(['a', 'a', 'b']);
    void ask('a');
    expect(begun).toEqual(['a', 'b', 'a']);
  });

  it('fails for all who waited, and is tried again by the next', async () => {
    let tries = 0;
    const ask = onceForAll(async (_key: string, what: string) => {
      tries += 1;
      await Promise.resolve();
      if (tries === 1) throw new Error('disk');
      return what;
    });
    const asked = [ask('a', 'x'), ask('a', 'x')];
    await Promise.all(asked.map((one) => expect(one).rejects.toThrow('disk')));
    expect(await ask('a', 'y')).toBe('y');
    expect(tries).toBe(2);
  });
});
