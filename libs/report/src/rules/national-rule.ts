import { ALL_FORMATS, type Rule } from './rule.js';

/** A rule of the whole country for every format that nobody may override, unless `differing` says otherwise. */
export function nationalRule(
  id: string,
  severity: Rule['severity'],
  source: string,
  check: Rule['check'],
  differing: Partial<Pick<Rule, 'overridable' | 'formats' | 'version' | 'scope' | 'years'>> = {},
): Rule {
  return {
    id,
    severity,
    overridable: false,
    formats: ALL_FORMATS,
    version: 1,
    scope: 'national',
    ...differing,
    source,
    check,
  };
}
