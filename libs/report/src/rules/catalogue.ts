import { applicationRules } from './application-rules.js';
import { carryOverRules, litigationRules, stockRules } from './carry-over-rules.js';
import { dateRules } from './date-rules.js';
import { disclosureRules } from './disclosure-rules.js';
import { identityRules } from './identity-rules.js';
import { likenessRules } from './likeness-rules.js';
import { magnitudeRules } from './magnitude-rules.js';
import { normalisedTextRules } from './normalised-text-rules.js';
import { periodRules } from './period-rules.js';
import { inForceRules, powerListRules } from './power-list-rules.js';
import { privacyRules } from './privacy-rules.js';
import { proseAgreementRules } from './prose-agreement-rules.js';
import { proseClaimRules } from './prose-claim-rules.js';
import { prosePartsRules } from './prose-parts-rules.js';
import { proseTableRules } from './prose-table-rules.js';
import { publicationRules } from './publication-rules.js';
import { rollUpRules } from './roll-up-rules.js';
import type { Rule } from './rule.js';
import { structureRules } from './structure-rules.js';
import { textQualityRules, typoRules } from './text-quality-rules.js';
import { valueRules } from './value-rules.js';

/** Every rule, in the order of the catalogue. A new rule is a new entry in one of these lists. */
export const RULES: readonly Rule[] = [
  ...structureRules,
  ...periodRules,
  ...dateRules,
  ...valueRules,
  ...magnitudeRules,
  ...normalisedTextRules,
  ...disclosureRules,
  ...inForceRules,
  ...stockRules,
  ...powerListRules,
  ...identityRules,
  ...carryOverRules,
  ...applicationRules,
  ...litigationRules,
  ...proseTableRules,
  ...proseClaimRules,
  ...prosePartsRules,
  ...proseAgreementRules,
  ...rollUpRules,
  ...privacyRules,
  ...typoRules,
  ...likenessRules,
  ...textQualityRules,
  ...publicationRules,
];
