import { isRealDate } from '../real-date.js';
import { rangesOf, type TextRange } from './report-passages.js';

/** A number that may belong to one person. `text` as it stands, `digits` without separators, half width. */
export interface PersonalNumber extends TextRange {
  readonly text: string;
  readonly digits: string;
}

const PROVINCES = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[123])/;
const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const ID_CHECKS = '10X98765432';
// Digits in one piece, or in the groups people write: 138 1234 5678, 110105 19491231 002X, 6222 0200 0000 0000 000.
const DIGIT_RUN =
  /(?<![0-9A-Za-z.])(?:\d{11,25}[Xx]?|1\d{2}[ -]\d{4}[ -]\d{4}|\d{6}[ -]\d{8}[ -]\d{3}[\dXx]|\d{4}(?:[ -]\d{4}){3}(?:[ -]?\d{1,3})?)(?![0-9A-Za-z])/g;

/** The text with full-width digits and X made half-width, character for character, so that places stay. */
function halfWidth(text: string): string {
  return text.replace(/[０-９Ｘｘ]/gu, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0));
}

/** Every run of 11 to 26 digits in a text, in one piece or in groups. */
export function numbersIn(text: string): readonly PersonalNumber[] {
  return rangesOf(halfWidth(text), DIGIT_RUN).map(({ from, to, match }) => ({
    from,
    to,
    text: text.slice(from, to),
    digits: match[0].replace(/[ -]/g, '').toUpperCase(),
  }));
}

/** Whether digits are a citizen's number: by its check digit, by its date alone (a slip of the pen), or in the old form of 15 digits. */
export function citizenNumber(digits: string): 'valid' | 'wrong-check' | 'old' | null {
  if (!PROVINCES.test(digits)) return null;
  if (/^\d{15}$/.test(digits)) return isRealDate(dateOf(`19${digits.slice(6, 12)}`)) ? 'old' : null;
  if (!/^\d{17}[\dX]$/.test(digits)) return null;
  const year = Number(digits.slice(6, 10));
  if (year < 1880 || year > 2100 || !isRealDate(dateOf(digits.slice(6, 14)))) return null;
  const sum = ID_WEIGHTS.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
  return ID_CHECKS[sum % 11] === digits[17] ? 'valid' : 'wrong-check';
}

const dateOf = (compact: string): string => `${compact.slice(0, 4)}-${compact.slice(4, 6)}-${compact.slice(6, 8)}`;

/** True for a mobile number of the mainland, with or without the prefix 86. */
export function isMobile(digits: string): boolean {
  return /^(?:86)?1[3-9]\d{9}$/.test(digits);
}

/** True for 16 to 19 digits that pass the Luhn test of ISO/IEC 7812; a row of one digit passes it too and is none. */
export function isCardNumber(digits: string): boolean {
  if (!/^\d{16,19}$/.test(digits) || /^(\d)\1+$/.test(digits)) return false;
  const sum = Array.from(digits)
    .toReversed()
    .reduce((total, digit, at) => total + luhnValue(Number(digit), at % 2 === 1), 0);
  return sum % 10 === 0;
}

function luhnValue(digit: number, doubled: boolean): number {
  const value = doubled ? digit * 2 : digit;
  return value > 9 ? value - 9 : value;
}

/** A private datum that may be shown: `head` characters in front, `tail` behind, stars between. */
export function masked(text: string, head: number, tail: number): string {
  const characters = Array.from(text);
  if (characters.length <= head + tail) return '*'.repeat(characters.length);
  const hidden = '*'.repeat(characters.length - head - tail);
  return `${characters.slice(0, head).join('')}${hidden}${tail === 0 ? '' : characters.slice(-tail).join('')}`;
}
