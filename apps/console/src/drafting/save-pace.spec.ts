import { describe, expect, it } from '@jest/globals';
import { untilSaveMs } from './save-pace.js';

describe('the pace of saving', () => {
  it('saves the first words once typing pauses', () => {
    expect(untilSaveMs(null)).toBe(800);
  });

  it('makes no two revisions within three seconds, and waits no longer than a pause after that', () => {
    expect(untilSaveMs(0)).toBe(3000);
    expect(untilSaveMs(1000)).toBe(2000);
    expect(untilSaveMs(2900)).toBe(800);
    expect(untilSaveMs(600_000)).toBe(800);
  });
});
