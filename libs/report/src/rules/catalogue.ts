import { disclosureRules } from './disclosure-rules.js';
import { identityRules } from './identity-rules.js';
import { periodRules } from './period-rules.js';
import { proseRules } from './prose-rules.js';
import type { Rule } from './rule.js';
import { structureRules } from './structure-rules.js';
import { valueRules } from './value-rules.js';

/** Every rule, in the order of the catalogue. A new rule is a new entry in one of these lists. */
export const RULES: readonly Rule[] = [
  ...structureRules,
  ...periodRules,
  ...valueRules,
  ...disclosureRules,
  ...identityRules,
  ...proseRules,
];
