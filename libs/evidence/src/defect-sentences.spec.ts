import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { defectSentence } from './defect-sentences.js';

const folder = new URL('./', import.meta.url);
const verifier = readdirSync(folder)
  .filter((name) => /^(?:bundle|files-manifest|inclusion|verify-.*)\.ts$/.test(name))
  .map((name) => readFileSync(new URL(name, folder), 'utf8'))
  .join('\n');
const written = [...verifier.matchAll(/(?:defect|mismatch|repeated)\((?:seats, '\w+', )?'(\w+)'/g)].map(
  ([, code]) => code!,
);
const composed = [
  'submission_signature',
  'dossier_signature',
  'seal_signature',
  'directory_not_agreed',
  'route_not_agreed',
];

describe('defect sentences', () => {
  it.each([...new Set([...written, ...composed])])('say what %s means, in both languages', (code) => {
    const { zh, en } = defectSentence(code);
    expect([zh, en]).not.toContain(code);
    expect(zh).toMatch(/[\u4e00-\u9fff]/);
  });

  it('cover the whole verifier', () => {
    expect(new Set([...written, ...composed]).size).toBeGreaterThan(30);
  });

  it('leave an unknown code as it is', () => {
    expect(defectSentence('unheard_of')).toEqual({ zh: 'unheard_of', en: 'unheard_of' });
  });
});
