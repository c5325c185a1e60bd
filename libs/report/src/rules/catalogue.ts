import { applicationRules } from './application-rules.js';
import { carryOverRules, litigationRules, stockRules } from './carry-over-rules.js';
import { disclosureRules } from './disclosure-rules.js';
import { identityRules } from './identity-rules.js';
import { magnitudeRules } from './magnitude-rules.js';
import { periodRules } from './period-rules.js';
import { inForceRules, powerListRules } from './power-list-rules.js';
import { proseRules } from './prose-rules.js';
import { publicationRules } from './publication-rules.js';
import { rollUpRules } from './roll-up-rules.js';
import type { Rule } from './rule.js';
import { structureRules } from './structure-rules.js';
import { valueRules } from './value-rules.js';

/** Every rule, in the order of the catalogue. A new rule is a new entry in one of these lists. */
export const RULES: readonly Rule[] = [
  ...structureRules,
  ...periodRules,
  ...valueRules,
  ...magnitudeRules,
  ...disclosureRules,
  ...inForceRules,
  ...stockRules,
  ...powerListRules,
  ...identityRules,
  ...carryOverRules,
  ...applicationRules,
  ...litigationRules,
  ...proseRules,
  ...rollUpRules,
  ...publicationRules,
];
