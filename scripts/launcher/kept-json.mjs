import fs from 'node:fs';
import { Problem } from './problem.mjs';

/**
 * The JSON of a file of the installation, which only Sunward writes. Throws Problem where somebody or something damaged it: what stood in it cannot be
 * made anew.
 */
export function keptJson(file) {
  const text = fs.readFileSync(file, 'utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Problem(
      `${file} is not JSON (${error.message}; ${text.length} characters). Put the copy from your backup of this folder back, then start again.`,
      { cause: error },
    );
  }
}
