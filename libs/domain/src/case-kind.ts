/**
 * What a case asks for: 公开 a first edition, 更正 by the next one, 撤回 of the public one, 应急 publication by two named
 * persons, and 追认 of that afterwards.
 */
export const CASE_KINDS = ['publish', 'correct', 'withdraw', 'emergency', 'ratify'] as const;
export type CaseKind = (typeof CASE_KINDS)[number];
